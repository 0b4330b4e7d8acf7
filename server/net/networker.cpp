#include "server/net/networker.h"

#include "server/net/httpconnection.h"
#include "server/net/websocketconnection.h"

#include <utility>

#include <unistd.h>

namespace dialogue {

/** Either a descriptor fresh from the listener, or the socket of a connection that another worker had. */
struct NetWorker::Arrival
{
    Arrival(qintptr fd, ConnectionSlot &&place)
        : descriptor(fd)
        , slot(std::move(place))
    { }
    explicit Arrival(std::unique_ptr<ClientSocket> moved)
        : socket(std::move(moved))
    { }
    Arrival(Arrival &&other) noexcept
        : descriptor(std::exchange(other.descriptor, -1))
        , slot(std::move(other.slot))
        , socket(std::move(other.socket))
    { }
    Arrival &operator=(Arrival &&) = delete;
    ~Arrival()
    {
        if (descriptor >= 0)
            ::close(int(descriptor));
    }

    qintptr descriptor = -1;
    ConnectionSlot slot;
    std::unique_ptr<ClientSocket> socket;
};

NetWorker::NetWorker(int index, const NetConfig &config)
    : m_index(index)
    , m_config(config)
    , m_sender(createSender(config.ioUring))
    , m_flusher(&m_turnEnd, m_sender.get())
    , m_arrivals(
          std::make_unique<Mailbox<Arrival>>([this](Arrival &&arrival) { arrived(std::move(arrival)); }))
{ }

NetWorker::~NetWorker()
{
    m_arrivals.reset();
    m_whenEmpty = nullptr;
    abortAll();
    for (WebSocketConnection *connection : std::exchange(m_webSockets, {})) {
        if (connection->m_report != WebSocketConnection::Report::Made)
            connection->report();
        delete connection;
    }
    for (HttpConnection *connection : std::exchange(m_https, {}))
        delete connection;
    m_removed.reset();
}

void NetWorker::adopt(qintptr descriptor, ConnectionSlot &&slot)
{
    m_arrivals->post(Arrival(descriptor, std::move(slot)));
}

void NetWorker::arrived(Arrival &&arrival)
{
    if (m_shuttingDown)
        return; // Closed by its destruction.
    if (arrival.socket)
        take(std::move(arrival.socket), true);
    else if (auto socket
             = ClientSocket::fromDescriptor(std::exchange(arrival.descriptor, -1), std::move(arrival.slot)))
        take(std::move(socket), false);
}

void NetWorker::take(std::unique_ptr<ClientSocket> socket, bool moved)
{
    auto *connection = new HttpConnection(this, std::move(socket), moved);
    m_https.insert(connection);
    connection->start();
}

void NetWorker::moveAway(std::unique_ptr<ClientSocket> socket, int worker)
{
    if (worker < 0 || std::size_t(worker) >= m_peers.size())
        return;
    NetWorker *peer = m_peers[std::size_t(worker)];
    socket->moveToThread(peer->thread());
    peer->m_arrivals->post(Arrival(std::move(socket)));
}

void NetWorker::openWebSocket(std::unique_ptr<ClientSocket> socket, const HttpRequest &head,
                              const QByteArray &handshake, qint64 maxMessageSize)
{
    auto *connection = new WebSocketConnection(this, std::move(socket), handshake,
                                               maxMessageSize > 0 ? maxMessageSize : m_config.maxMessageSize);
    m_webSockets.insert(connection);
    m_handler->webSocketOpened(connection, head);
    connection->start();
}

void NetWorker::remove(HttpConnection *connection)
{
    if (m_https.erase(connection) == 0)
        return;
    removed(connection);
}

void NetWorker::remove(WebSocketConnection *connection)
{
    if (m_webSockets.erase(connection) == 0)
        return;
    removed(connection);
}

void NetWorker::removed(QObject *connection)
{
    connection->setParent(m_removed.get());
    connection->deleteLater();
    m_memoryReturn.connectionGone();
    reportWhenEmpty();
}

void NetWorker::shutDown(std::function<void()> whenEmpty)
{
    m_whenEmpty = std::move(whenEmpty);
    if (!std::exchange(m_shuttingDown, true)) {
        m_shutDownDeadline.schedule(&m_deadlines, m_config.closeTimeout);
        const std::vector<HttpConnection *> connections(m_https.begin(), m_https.end());
        for (HttpConnection *connection : connections)
            connection->shutDown();
    }
    reportWhenEmpty();
}

void NetWorker::abortAll()
{
    // Over copies: connections leave the sets as they end.
    const std::vector<WebSocketConnection *> webSockets(m_webSockets.begin(), m_webSockets.end());
    for (WebSocketConnection *connection : webSockets)
        connection->abort();
    const std::vector<HttpConnection *> connections(m_https.begin(), m_https.end());
    for (HttpConnection *connection : connections)
        connection->reset();
}

void NetWorker::reportWhenEmpty()
{
    if (m_shuttingDown && m_whenEmpty && connectionCount() == 0)
        std::exchange(m_whenEmpty, nullptr)();
}

} // namespace dialogue
