#include "server/net/networker.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/net/forwarding.h"
#include "server/net/httpconnection.h"
#include "server/net/websocketconnection.h"

#include <utility>

#include <unistd.h>

namespace dialogue {

/** Either a descriptor fresh from the listener, or the socket of a connection that another worker had. */
struct NetWorker::Arrival
{
    Arrival(qintptr fd, Place &&itsPlace)
        : descriptor(fd)
        , place(std::move(itsPlace))
    { }
    Arrival(std::unique_ptr<ClientSocket> moved, const QByteArray &bytes)
        : socket(std::move(moved))
        , received(bytes)
    { }
    Arrival(Arrival &&other) noexcept
        : descriptor(std::exchange(other.descriptor, -1))
        , place(std::move(other.place))
        , socket(std::move(other.socket))
        , received(std::move(other.received))
    { }
    Arrival &operator=(Arrival &&) = delete;
    ~Arrival()
    {
        place.release(); // First: see ClientSocket::abort().
        if (descriptor >= 0)
            ::close(int(descriptor));
    }

    qintptr descriptor = -1;
    Place place;
    std::unique_ptr<ClientSocket> socket;
    QByteArray received;
};

NetWorker::NetWorker(int index, const NetConfig &config)
    : m_index(index)
    , m_config(config)
    , m_sender(createSender(config.ioUring))
    , m_flusher(&m_turnEnd, m_sender.get(), config.connectionsPerFlush)
    , m_arrivals(
          std::make_unique<Mailbox<Arrival>>([this](Arrival &&arrival) { arrived(std::move(arrival)); }))
{ }

NetWorker::~NetWorker()
{
    m_arrivals.reset();
    m_whenEmpty = nullptr;
    m_shuttingDown = true; // The end of one request may be the answer of another, which takes no further one.
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

void NetWorker::adopt(qintptr descriptor, Place &&place)
{
    m_arrivals->post(Arrival(descriptor, std::move(place)));
}

void NetWorker::arrived(Arrival &&arrival)
{
    if (m_shuttingDown)
        return; // Closed by its destruction.
    const bool moved = arrival.socket != nullptr;
    if (!moved)
        arrival.socket = std::make_unique<ClientSocket>(int(std::exchange(arrival.descriptor, -1)),
                                                        std::move(arrival.place));
    auto *connection = new HttpConnection(this, std::move(arrival.socket), arrival.received, moved);
    m_https.insert(connection);
    connection->start();
}

void NetWorker::moveAway(std::unique_ptr<ClientSocket> socket, const QByteArray &received, int worker)
{
    if (worker < 0 || std::size_t(worker) >= m_peers.size())
        return;
    NetWorker *peer = m_peers[std::size_t(worker)];
    socket->moveTo(peer->thread());
    peer->m_arrivals->post(Arrival(std::move(socket), received));
}

void NetWorker::openWebSocket(std::unique_ptr<ClientSocket> socket, const QByteArray &received,
                              const HttpRequest &head, const QByteArray &handshake, qint64 maxMessageSize)
{
    auto *connection = new WebSocketConnection(this, std::move(socket), received, handshake,
                                               maxMessageSize > 0 ? maxMessageSize : m_config.maxMessageSize);
    m_webSockets.insert(connection);
    m_handler->webSocketOpened(connection, head);
    connection->start();
}

void NetWorker::readForwarding(HttpRequest &request, const Peer &peer)
{
    Forwarding forwarding = dialogue::readForwarding(request.headers, peer, m_config.trustedProxies);
    request.peerAddress = forwarding.address;
    request.secure = forwarding.secure;
    request.unnamedPort = forwarding.port != 0 ? forwarding.port
        : forwarding.host.isEmpty()            ? HttpRequest::AnyPort
                                               : 0;
    if (!forwarding.host.isEmpty())
        request.authority = std::move(forwarding.host);
    if (!forwarding.malformed)
        return;
    ++m_malformedForwardings;
    if (const int times = m_malformedWarnings.count()) {
        qCWarning(lcNet).noquote() << "Requests with a malformed X-Forwarded-For, -Proto, -Host or Forwarded:"
                                   << times << "- the last through" << nameOf(peer)
                                   << "- what cannot be read is not believed";
    }
}

bool NetWorker::becomeOf(ClientSocket &socket, const Peer &client)
{
    using Share = Place::Share;
    if (socket.becomeOf(client,
                        m_config.trustedProxies.contains(client) ? Share::OfAll : Share::OfItsAddress))
        return true;
    if (const int times = m_refusals.count()) {
        qCWarning(lcNet).noquote() << "Proxied connections closed at once:" << times << "- the last of"
                                   << nameOf(client)
                                   << "- there are as many of its address as limits.maxConnectionsPerIp or "
                                      "waitingConnectionsPerIp allow";
    }
    return false;
}

void NetWorker::proxyHeaderMissing(const Peer &peer, const QByteArray &reason)
{
    ++m_missingProxyHeaders;
    if (const int times = m_missingWarnings.count()) {
        qCWarning(lcNet).noquote() << "Connections of trusted proxies closed:" << times << "- the last from"
                                   << nameOf(peer) << "came with" << printable(QString::fromUtf8(reason))
                                   << "- as proxyProtocol is on, let the proxy send one";
    }
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
    m_memoryReturn.freed(MemoryReturn::PerConnection);
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
