#pragma once

#include "core/base/seldom.h"
#include "server/connections/connectionhandler.h"
#include "server/eventstream/eventstream.h"
#include "server/fanout/frameflusher.h"
#include "server/fanout/sendqueuecounters.h"
#include "server/http/httpconnectionowner.h"
#include "server/loop/mailbox.h"
#include "server/tcp/places.h"
#include "server/tcp/workerparts.h"
#include "server/tls/tlsentry.h"
#include "server/tls/tlsworker.h"
#include "server/websocket/deflater.h"
#include "server/websocket/websocketconnectionowner.h"

#include <QObject>

#include <functional>
#include <memory>
#include <unordered_set>
#include <vector>

namespace dialogue {

class ByteStream;
class GuestWebSocket;
class HttpConnection;
class WebSocketConnection;

/**
 * The connections of one io thread, its deadlines and its end of turn.
 *
 * Composition, one per worker (the bridge's WorkerPool does this):
 *
 *     IoThread thread(u"io-0"_s); // or IoThread::local()
 *     thread.start();
 *     thread.run([&] { // a NetWorker is made in its own thread
 *         worker = std::make_unique<NetWorker>(0, config);
 *         handler = std::make_unique<engineio::EngineServer>(worker.get(), ...);
 *         worker->setHandler(handler.get());
 *     });
 *     // Once all workers are made, and before any adopts a connection:
 *     thread.run([&] { worker->setPeers(all); });
 *     Listener listener(places, proxies, [&](qintptr descriptor, Place &&place) {
 *         worker->adopt(descriptor, std::move(place)); // each in turn
 *     });
 *     ...
 *     listener.close();
 *     thread.run([&] { worker->shutDown(whenEmpty); });
 *     // Once each worker has said that it is empty; the worker first: it tells the handler of what it drops.
 *     thread.run([&] {
 *         worker.reset();
 *         handler.reset();
 *     });
 *     thread.stop();
 *
 * All of it is used in the worker's thread only, but adopt().
 */
class NetWorker : public QObject,
                  private HttpConnectionOwner,
                  private WebSocketConnectionOwner,
                  private EventStreamOwner
{
    Q_OBJECT

public:
    NetWorker(int index, const NetConfig &config);
    ~NetWorker() override; ///< Aborts what is still connected; the handler and the listeners are told.

    void setHandler(ConnectionHandler *handler) { m_handler = handler; }
    /** Every worker by index, this one too; where homeOf() may send a connection. */
    void setPeers(const std::vector<NetWorker *> &peers) { m_peers = peers; }

    /** Any thread: a connection of this worker from now on, in TLS where \a entry says how; of all of its
     * connections or of none, as NetConfig::tls says. The descriptor is owned. */
    void adopt(qintptr descriptor, Place &&place, tls::TlsEntryPtr entry = {});
    /** The same of one that has been moved to this worker's thread. */
    void adopt(std::unique_ptr<ByteStream> stream, tls::TlsEntryPtr entry = {});
    /** A WebSocket that was accepted elsewhere, in this thread: one of this worker's connections from now on,
     * until it is removed. */
    void adopt(std::unique_ptr<GuestWebSocket> webSocket);
    void remove(GuestWebSocket *webSocket);
    // HttpConnectionOwner
    void describeClient(HttpRequest &request, const Peer &peer) override;

    /**
     * Ends all connections: idle ones now, pending requests once answered, WebSockets once their owner closes
     * them (the layer above says goodbye in its own words first); after closeTimeout what is left is aborted.
     * \a whenEmpty is called once, in this thread, when no connection is left.
     */
    void shutDown(std::function<void()> whenEmpty);

    [[nodiscard]] int index() const override { return m_index; }
    [[nodiscard]] const NetConfig &config() const { return m_parts.config; }
    [[nodiscard]] ConnectionHandler *handler() const { return m_handler; }
    [[nodiscard]] DeadlineQueue &deadlines() { return m_parts.deadlines; }
    [[nodiscard]] TurnEnd &turnEnd() { return m_parts.turnEnd; }
    [[nodiscard]] NextTurn &nextTurn() { return m_parts.nextTurn; }
    /** To be told what leavers leave behind. */
    [[nodiscard]] MemoryReturn &memoryReturn() { return m_parts.memoryReturn; }
    /** HTTP connections, WebSockets and event streams alike. */
    [[nodiscard]] std::size_t connectionCount() const
    {
        return m_https.size() + m_webSockets.size() + m_streams.size() + m_guests.size();
    }
    /** Its WebSockets and the layers above count here. */
    [[nodiscard]] SendQueueCounters &sendQueueCounters() override { return m_sendQueueCounters; }
    /** Requests of which a trusted proxy said what cannot be read. */
    [[nodiscard]] qint64 malformedForwardings() const { return m_malformedForwardings; }
    /** Connections closed because a trusted proxy began them without a header of the PROXY protocol. */
    [[nodiscard]] qint64 missingProxyHeaders() const { return m_missingProxyHeaders; }
    [[nodiscard]] const DeflateCounters &deflateCounters() const { return m_deflater.counters(); }
    [[nodiscard]] const TlsCounters &tlsCounters() const { return m_tls.counters(); }

private:
    struct Arrival; ///< A connection on its way to this worker.

    void arrived(Arrival &&arrival);
    // HttpConnectionOwner
    HttpHandler &httpHandler() override { return *m_handler; }
    void moveAway(std::unique_ptr<ByteStream> stream, const QByteArray &received, int worker) override;
    std::optional<HttpResponse> openWebSocket(std::unique_ptr<ByteStream> &stream, const QByteArray &received,
                                              const HttpRequest &head, qint64 maxMessageSize) override;
    EventStream *openEventStream(std::unique_ptr<ByteStream> stream, const QByteArray &head) override;
    void remove(HttpConnection *connection) override;
    bool becomeOf(ByteStream &stream, const Peer &client) override;
    void proxyHeaderMissing(const Peer &peer, const QByteArray &reason) override;
    // WebSocketConnectionOwner
    void remove(WebSocketConnection *connection) override;
    [[nodiscard]] Deflater &deflater() override { return m_deflater; }
    // EventStreamOwner
    void remove(EventStream *stream) override;

    /** Takes from \a request's headers what a trusted \a peer says of its client. */
    void readForwarding(HttpRequest &request, const Peer &peer);
    void removed(QObject *connection); ///< From its set; deleted once the event loop is back.
    void abortAll();
    void reportWhenEmpty();

    int m_index;
    WorkerParts m_parts;
    ConnectionHandler *m_handler = nullptr;
    std::vector<NetWorker *> m_peers;
    tls::TlsWorker m_tls{&m_parts.turnEnd};
    std::unique_ptr<Sender> m_sender;
    FrameFlusher m_flusher;
    Deflater m_deflater;
    std::unordered_set<HttpConnection *> m_https;
    std::unordered_set<WebSocketConnection *> m_webSockets;
    std::unordered_set<EventStream *> m_streams;
    std::unordered_set<GuestWebSocket *> m_guests; ///< Owned, as the others are.
    /** Parent of the removed until the event loop deletes them: they use what is ours up to then. */
    std::unique_ptr<QObject> m_removed = std::make_unique<QObject>();
    MemberDeadline<&NetWorker::abortAll, NetWorker> m_shutDownDeadline{this};
    qint64 m_malformedForwardings = 0;
    qint64 m_missingProxyHeaders = 0;
    Seldom m_malformedWarnings;
    SendQueueCounters m_sendQueueCounters;
    Seldom m_missingWarnings;
    Seldom m_refusals;
    std::function<void()> m_whenEmpty;
    std::unique_ptr<Mailbox<Arrival>> m_arrivals;
};

} // namespace dialogue
