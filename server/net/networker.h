#pragma once

#include "core/base/seldom.h"
#include "server/net/connectionhandler.h"
#include "server/net/deadlines.h"
#include "server/net/frameflusher.h"
#include "server/net/mailbox.h"
#include "server/net/memoryreturn.h"
#include "server/net/nextturn.h"
#include "server/net/places.h"
#include "server/net/sendqueuecounters.h"
#include "server/net/trustedproxies.h"
#include "server/net/turnend.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <unordered_set>
#include <vector>

namespace dialogue {

class ClientSocket;
class HttpConnection;
class WebSocketConnection;

/** What net is told; the server's config in net's words. */
struct NetConfig
{
    int maxHeaderSize = 16384; ///< Bytes; a longer head is answered 431.
    qint64 maxMessageSize = 1000000; ///< Bytes of one WebSocket message; over it: close 1009.
    qint64 sendQueue = 4194304; ///< Bytes waiting for one slow reader.
    std::chrono::milliseconds headerTimeout{10000}; ///< To a complete head; also an idle keep-alive.
    std::chrono::milliseconds bodyTimeout{20000}; ///< From the head to the complete body.
    std::chrono::milliseconds closeTimeout{5000}; ///< For a closing connection to take what is left.
    bool ioUring = true; ///< Where it is to be had.
    TrustedProxies trustedProxies = {}; ///< Believed in what they say of their clients.
    std::size_t connectionsPerFlush = 2048; ///< Sent to before others have their turn.
    bool proxyProtocol = false; ///< What trusted proxies say comes first, in a header of the PROXY protocol.
};

/**
 * All of net that belongs to one io thread: its connections, deadlines and end of turn.
 *
 * Composition, one per worker (gateway's WorkerPool does this):
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
class NetWorker : public QObject
{
    Q_OBJECT

public:
    NetWorker(int index, const NetConfig &config);
    ~NetWorker() override; ///< Aborts what is still connected; the handler and the listeners are told.

    void setHandler(ConnectionHandler *handler) { m_handler = handler; }
    /** Every worker by index, this one too; where homeOf() may send a connection. */
    void setPeers(const std::vector<NetWorker *> &peers) { m_peers = peers; }

    /** Any thread: a connection of this worker from now on. The descriptor is owned. */
    void adopt(qintptr descriptor, Place &&place);

    /**
     * Ends all connections: idle ones now, pending requests once answered, WebSockets once their owner closes
     * them (the layer above says goodbye in its own words first); after closeTimeout what is left is aborted.
     * \a whenEmpty is called once, in this thread, when no connection is left.
     */
    void shutDown(std::function<void()> whenEmpty);

    [[nodiscard]] int index() const { return m_index; }
    [[nodiscard]] const NetConfig &config() const { return m_config; }
    [[nodiscard]] ConnectionHandler *handler() const { return m_handler; }
    [[nodiscard]] DeadlineQueue &deadlines() { return m_deadlines; }
    [[nodiscard]] TurnEnd &turnEnd() { return m_turnEnd; }
    [[nodiscard]] NextTurn &nextTurn() { return m_nextTurn; }
    /** To be told what leavers leave behind. */
    [[nodiscard]] MemoryReturn &memoryReturn() { return m_memoryReturn; }
    /** HTTP connections and WebSockets alike. */
    [[nodiscard]] std::size_t connectionCount() const { return m_https.size() + m_webSockets.size(); }
    /** Its WebSockets and the layers above count here. */
    [[nodiscard]] SendQueueCounters &sendQueueCounters() { return m_sendQueueCounters; }
    /** Requests of which a trusted proxy said what cannot be read. */
    [[nodiscard]] qint64 malformedForwardings() const { return m_malformedForwardings; }
    /** Connections closed because a trusted proxy began them without a header of the PROXY protocol. */
    [[nodiscard]] qint64 missingProxyHeaders() const { return m_missingProxyHeaders; }
    [[nodiscard]] bool isShuttingDown() const { return m_shuttingDown; }

private:
    friend class HttpConnection;
    friend class WebSocketConnection;
    struct Arrival; ///< A connection on its way to this worker.

    void arrived(Arrival &&arrival);
    void moveAway(std::unique_ptr<ClientSocket> socket, const QByteArray &received, int worker);
    void openWebSocket(std::unique_ptr<ClientSocket> socket, const QByteArray &received,
                       const HttpRequest &head, const QByteArray &handshake, qint64 maxMessageSize);
    void remove(HttpConnection *connection);
    void remove(WebSocketConnection *connection);
    /** Takes from \a request's headers what a trusted \a peer says of its client. */
    void readForwarding(HttpRequest &request, const Peer &peer);
    /** \a socket is \a client's, says the proxy it came from. False: there are too many of that one's. */
    bool becomeOf(ClientSocket &socket, const Peer &client);
    void proxyHeaderMissing(const Peer &peer, const QByteArray &reason);
    void removed(QObject *connection); ///< From its set; deleted once the event loop is back.
    void abortAll();
    void reportWhenEmpty();
    [[nodiscard]] FrameFlusher &flusher() { return m_flusher; }

    int m_index;
    NetConfig m_config;
    ConnectionHandler *m_handler = nullptr;
    std::vector<NetWorker *> m_peers;
    TurnEnd m_turnEnd;
    DeadlineQueue m_deadlines;
    NextTurn m_nextTurn{&m_deadlines};
    MemoryReturn m_memoryReturn{&m_deadlines};
    std::unique_ptr<Sender> m_sender;
    FrameFlusher m_flusher;
    std::unordered_set<HttpConnection *> m_https;
    std::unordered_set<WebSocketConnection *> m_webSockets;
    /** Parent of the removed until the event loop deletes them: they use what is ours up to then. */
    std::unique_ptr<QObject> m_removed = std::make_unique<QObject>();
    MemberDeadline<&NetWorker::abortAll, NetWorker> m_shutDownDeadline{this};
    bool m_shuttingDown = false;
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
