#include "server/connections/networker.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/http/forwarding.h"
#include "server/http/httpconnection.h"
#include "server/tcp/bytestream.h"
#include "server/tcp/nativetransport.h"
#include "server/tcp/streamsender.h"
#include "server/tls/tlssender.h"
#include "server/tls/tlsstream.h"
#include "server/websocket/deflateoffer.h"
#include "server/websocket/guestwebsocket.h"
#include "server/websocket/websocketconnection.h"
#include "server/websocket/websockethandshake.h"

#include <utility>

namespace dialogue {

/** Either a descriptor fresh from the listener, or a stream, of a connection that another worker had maybe.
 */
struct NetWorker::Arrival
{
    Arrival(qintptr fd, Place &&itsPlace, tls::TlsEntryPtr entry)
        : descriptor(fd)
        , place(std::move(itsPlace))
        , tlsEntry(std::move(entry))
    { }
    Arrival(std::unique_ptr<ByteStream> itsStream, tls::TlsEntryPtr entry)
        : stream(std::move(itsStream))
        , tlsEntry(std::move(entry))
    { }
    Arrival(std::unique_ptr<ByteStream> itsStream, const QByteArray &bytes)
        : stream(std::move(itsStream))
        , received(bytes)
        , moved(true)
    { }
    Arrival(Arrival &&other) noexcept
        : descriptor(std::exchange(other.descriptor, -1))
        , place(std::move(other.place))
        , stream(std::move(other.stream))
        , tlsEntry(std::move(other.tlsEntry))
        , received(std::move(other.received))
        , moved(other.moved)
    { }
    Arrival &operator=(Arrival &&) = delete;
    ~Arrival()
    {
        place.release(); // First: see ClientSocket::abort().
        closeDescriptor(descriptor);
    }

    qintptr descriptor = -1;
    Place place;
    std::unique_ptr<ByteStream> stream;
    tls::TlsEntryPtr tlsEntry; ///< Null: it speaks none, or does already.
    QByteArray received;
    bool moved = false;
};

namespace {

std::unique_ptr<Sender> senderFor(const NetConfig &config)
{
    std::unique_ptr<Sender> sender = config.transport == ServerTransport::Native
        ? nativeSender(config.ioUring)
        : std::make_unique<StreamSender>();
    if (!config.tls)
        return sender;
    return std::make_unique<tls::TlsSender>(std::move(sender));
}

} // namespace

NetWorker::NetWorker(int index, const NetConfig &config)
    : WebSocketConnectionOwner(m_parts, m_flusher)
    , m_index(index)
    , m_parts(config)
    , m_sender(senderFor(config))
    , m_flusher(&m_parts.turnEnd, m_sender.get(), config.connectionsPerFlush)
    , m_deflater(config.deflate)
    , m_arrivals(
          std::make_unique<Mailbox<Arrival>>([this](Arrival &&arrival) { arrived(std::move(arrival)); }))
{ }

NetWorker::~NetWorker()
{
    m_arrivals.reset();
    m_whenEmpty = nullptr;
    // The end of one request may be the answer of another, which takes no further one.
    m_parts.isShuttingDown = true;
    abortAll();
    for (WebSocketConnection *connection : std::exchange(m_webSockets, {})) {
        connection->reportNow();
        delete connection;
    }
    for (EventStream *stream : std::exchange(m_streams, {}))
        delete stream;
    for (HttpConnection *connection : std::exchange(m_https, {}))
        delete connection;
    for (GuestWebSocket *webSocket : std::exchange(m_guests, {}))
        delete webSocket;
    m_removed.reset();
}

void NetWorker::adopt(qintptr descriptor, Place &&place, tls::TlsEntryPtr entry)
{
    m_arrivals->post(Arrival(descriptor, std::move(place), std::move(entry)));
}

void NetWorker::adopt(std::unique_ptr<ByteStream> stream, tls::TlsEntryPtr entry)
{
    m_arrivals->post(Arrival(std::move(stream), std::move(entry)));
}

void NetWorker::adopt(std::unique_ptr<GuestWebSocket> webSocket) { m_guests.insert(webSocket.release()); }

void NetWorker::arrived(Arrival &&arrival)
{
    if (m_parts.isShuttingDown)
        return; // Closed by its destruction.
    if (!arrival.stream)
        arrival.stream = nativeStream(std::exchange(arrival.descriptor, -1), std::move(arrival.place));
    if (arrival.tlsEntry)
        arrival.stream
            = std::make_unique<tls::TlsStream>(std::move(arrival.stream), std::move(arrival.tlsEntry), m_tls);
    auto *connection
        = new HttpConnection(m_parts, *this, std::move(arrival.stream), arrival.received, arrival.moved);
    m_https.insert(connection);
    connection->start();
}

void NetWorker::moveAway(std::unique_ptr<ByteStream> stream, const QByteArray &received, int worker)
{
    if (worker < 0 || std::size_t(worker) >= m_peers.size())
        return;
    NetWorker *peer = m_peers[std::size_t(worker)];
    stream->moveTo(peer->thread());
    peer->m_arrivals->post(Arrival(std::move(stream), received));
}

std::optional<HttpResponse> NetWorker::openWebSocket(std::unique_ptr<ByteStream> &stream,
                                                     const QByteArray &received, const HttpRequest &head,
                                                     qint64 maxMessageSize)
{
    if (auto refusal = refusalOfUpgrade(head))
        return refusal;
    const bool deflates = m_parts.config.deflate.enabled && offersDeflate(head.headers);
    auto *connection = new WebSocketConnection(
        *this, std::move(stream), received, upgradeResponse(head.headers, deflates),
        maxMessageSize > 0 ? maxMessageSize : m_parts.config.maxMessageSize, deflates);
    m_webSockets.insert(connection);
    m_handler->webSocketOpened(connection, head);
    connection->start();
    return std::nullopt;
}

EventStream *NetWorker::openEventStream(std::unique_ptr<ByteStream> stream, const QByteArray &head)
{
    auto *const opened = new EventStream(*this, m_parts, m_flusher, m_sendQueueCounters, std::move(stream));
    m_streams.insert(opened);
    (void)opened->send(Frame::raw(head));
    return opened;
}

void NetWorker::describeClient(HttpRequest &request, const Peer &peer)
{
    request.peerAddress = peer.address;
    request.secure = peer.isSecure;
    if (m_parts.config.trustedProxies.contains(peer))
        readForwarding(request, peer);
    else
        request.certificate = peer.certificate; // A proxy shows its own.
}

void NetWorker::readForwarding(HttpRequest &request, const Peer &peer)
{
    Forwarding forwarding = dialogue::readForwarding(request.headers, peer, m_parts.config.trustedProxies);
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

bool NetWorker::becomeOf(ByteStream &stream, const Peer &client)
{
    using Share = Place::Share;
    if (stream.becomeOf(client,
                        m_parts.config.trustedProxies.contains(client) ? Share::OfAll : Share::OfItsAddress))
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

void NetWorker::remove(EventStream *stream)
{
    if (m_streams.erase(stream) == 0)
        return;
    removed(stream);
}

void NetWorker::remove(GuestWebSocket *webSocket)
{
    if (m_guests.erase(webSocket) == 0)
        return;
    removed(webSocket);
}

void NetWorker::removed(QObject *connection)
{
    connection->setParent(m_removed.get());
    connection->deleteLater();
    m_parts.memoryReturn.freed(MemoryReturn::PerConnection);
    reportWhenEmpty();
}

void NetWorker::shutDown(std::function<void()> whenEmpty)
{
    m_whenEmpty = std::move(whenEmpty);
    if (!std::exchange(m_parts.isShuttingDown, true)) {
        m_shutDownDeadline.schedule(&m_parts.deadlines, m_parts.config.closeTimeout);
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
    const std::vector<EventStream *> streams(m_streams.begin(), m_streams.end());
    for (EventStream *stream : streams)
        stream->abort();
    const std::vector<GuestWebSocket *> guests(m_guests.begin(), m_guests.end());
    for (GuestWebSocket *webSocket : guests)
        webSocket->abort();
    const std::vector<HttpConnection *> connections(m_https.begin(), m_https.end());
    for (HttpConnection *connection : connections)
        connection->reset();
}

void NetWorker::reportWhenEmpty()
{
    if (m_parts.isShuttingDown && m_whenEmpty && connectionCount() == 0)
        std::exchange(m_whenEmpty, nullptr)();
}

} // namespace dialogue
