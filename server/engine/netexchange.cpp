#include "server/engine/netexchange.h"

#include "server/http/httpconnection.h"

#include <utility>

namespace dialogue::engineio {

NetExchange::NetExchange(HttpConnection *connection, Session *session, const CorsPolicy *cors,
                         const QByteArray &origin)
    : m_connection(connection)
    , m_session(session)
    , m_cors(cors)
    , m_origin(origin)
{
    m_connection->setPending(this);
}

NetExchange::~NetExchange()
{
    if (!m_connection)
        return;
    // Given up without an answer, as at the end of a server: nothing may come back to us.
    m_connection->setPending(nullptr);
    m_connection->abort();
}

void NetExchange::respond(HttpResponse &&response)
{
    HttpConnection *connection = std::exchange(m_connection, nullptr);
    if (!connection)
        return;
    m_cors->apply(m_origin, response);
    connection->setPending(nullptr);
    connection->respond(std::move(response));
}

void NetExchange::aborted()
{
    m_connection = nullptr;
    m_session->aborted(this); // Destroys this.
}

void NetExchange::bodyRefused()
{
    m_connection->setPending(nullptr);
    m_connection = nullptr;
    m_session->forgetPost(); // Destroys this.
}

} // namespace dialogue::engineio
