#pragma once

#include "server/engine/cors.h"
#include "server/http/httpconnection.h"
#include "server/http/pendingrequest.h"

#include <functional>

#include <utility>

namespace dialogue::bridge {

/** A request that waits in its worker for the hub's answer. */
class HubExchange final : public PendingRequest
{
public:
    HubExchange(HttpConnection *connection, const QByteArray &origin, std::function<void()> whenAborted)
        : m_connection(connection)
        , m_origin(origin)
        , m_whenAborted(std::move(whenAborted))
    {
        connection->setPending(this);
    }

    void respond(HttpResponse &&response, const engineio::CorsPolicy &cors)
    {
        if (!response.headers.contains("Access-Control-Allow-Origin"))
            cors.apply(m_origin, response);
        m_connection->setPending(nullptr);
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

} // namespace dialogue::bridge
