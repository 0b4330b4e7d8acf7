#pragma once

#include "server/engine/engineserver.h"
#include "server/net/httpconnection.h"

#include <utility>

namespace dialogue::gateway {

/** A request that waits in its worker for the hub's answer. */
class HubExchange final : public engineio::PendingRequest
{
public:
    HubExchange(HttpConnection *connection, const QByteArray &origin, std::function<void()> whenAborted)
        : m_connection(connection)
        , m_origin(origin)
        , m_whenAborted(std::move(whenAborted))
    {
        connection->setContext(static_cast<PendingRequest *>(this));
    }

    void respond(HttpResponse &&response, const engineio::CorsPolicy &cors)
    {
        if (!response.headers.contains("Access-Control-Allow-Origin"))
            cors.apply(m_origin, response);
        m_connection->setContext(nullptr);
        m_connection->respond(std::move(response));
    }

    void aborted() override
    {
        const auto whenAborted = std::move(m_whenAborted); // It destroys this.
        whenAborted();
    }

private:
    HttpConnection *m_connection;
    QByteArray m_origin;
    std::function<void()> m_whenAborted;
};

} // namespace dialogue::gateway
