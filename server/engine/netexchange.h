#pragma once

#include "server/engine/cors.h"
#include "server/engine/engineserver.h"
#include "server/engine/exchange.h"
#include "server/http/pendingrequest.h"

namespace dialogue::engineio {

/** A session's request on an HTTP connection. */
class NetExchange final : public Exchange, public PendingRequest
{
public:
    /** \a session is told when the peer goes before the answer; \a cors lives as long as the server. */
    NetExchange(HttpConnection *connection, Session *session, const CorsPolicy *cors,
                const QByteArray &origin);
    ~NetExchange() override;

    void respond(HttpResponse &&response) override;
    void aborted() override;
    void bodyRefused() override;
    void bodyComplete(const HttpRequest &request) override { m_session->completePost(request); }
    void nextRequestWaits() override { m_session->hurryPoll(this); }

private:
    HttpConnection *m_connection; ///< Null once answered or gone.
    Session *m_session;
    const CorsPolicy *m_cors;
    QByteArray m_origin;
};

} // namespace dialogue::engineio
