#pragma once

#include "server/connections/networker.h"
#include "server/http/httpconnection.h"
#include "server/loop/iothread.h"
#include "server/tcp/listener.h"
#include "server/tcp/qtlistener.h"
#include "server/tcp/qtstream.h"
#include "server/websocket/websocketconnection.h"
#include "server/websocket/websocketlistener.h"

#include <QTcpSocket>

#include <atomic>
#include <memory>
#include <vector>

/**
 * A server of net alone for the tests: HTTP requests are answered with what they were, WebSocket messages
 * with themselves; and what a test wants to see is counted.
 */
class NetServer
{
public:
    struct Seen
    {
        std::atomic<int> requests = 0;
        std::atomic<int> aborted = 0;
        std::atomic<int> opened = 0;
        std::atomic<int> closed = 0;
        std::atomic<int> closeCode = 0;
        std::atomic<int> overflows = 0;
        std::atomic<int> drained = 0;
        std::atomic<int> messages = 0;
    };

    class Handler;

    /** Of the servers that are made from here on. */
    static inline dialogue::ServerTransport transport = dialogue::ServerTransport::Native;

    static constexpr dialogue::PlaceLimits Plenty{15000, 15000, 15000, 15000};

    explicit NetServer(int workers = 1, dialogue::NetConfig config = {},
                       const dialogue::PlaceLimits &limits = Plenty);
    ~NetServer();

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] Seen &seen() { return m_seen; }
    [[nodiscard]] const dialogue::Places &places() const { return *m_places; }
    [[nodiscard]] dialogue::NetWorker &worker(int index = 0) { return *m_workers[std::size_t(index)]; }
    /** Runs \a function in a worker's thread, with its handler. */
    void in(int worker, const std::function<void(Handler &)> &function);
    /** As the server's end does it; also from within in(). */
    void destroyWorker(int worker);
    /** TCP connections the workers hold. */
    int connectionCount();

    /** A connected client socket, in the calling thread. */
    std::unique_ptr<QTcpSocket> connectedClient() const;

private:
    void listen(const dialogue::TrustedProxies &proxies);
    void listenWithQt(const dialogue::TrustedProxies &proxies);

    Seen m_seen;
    quint16 m_port = 0;
    std::shared_ptr<dialogue::Places> m_places;
    std::vector<std::unique_ptr<dialogue::IoThread>> m_threads;
    std::vector<std::unique_ptr<dialogue::NetWorker>> m_workers;
    std::vector<std::unique_ptr<Handler>> m_handlers;
    std::size_t m_next = 0;
    dialogue::IoThread m_acceptThread;
    std::unique_ptr<dialogue::Listener> m_listener;
    std::unique_ptr<dialogue::QtListener> m_qtListener;
};

class EchoListener;

/** GET /pending waits for the test; GET /patient for a request behind it; GET /worker tells who answers; GET
 * /large is answered with LargeBody bytes; GET /client tells the client's address, its scheme and the host it
 * asked for; `?home=n` belongs to worker n. */
class NetServer::Handler : public dialogue::ConnectionHandler
{
public:
    Handler(int index, Seen *seen)
        : m_index(index)
        , m_seen(seen)
    { }
    ~Handler() override;

    int homeOf(const dialogue::HttpRequest &head) override;
    qint64 bodyLimit(const dialogue::HttpRequest &) override { return 100000; }
    void requestReceived(dialogue::HttpConnection *connection, dialogue::HttpRequest &&request) override;
    void nextRequestWaits(dialogue::HttpConnection *connection) override;
    void upgradeRequested(dialogue::HttpConnection *connection, const dialogue::HttpRequest &head) override;
    void webSocketOpened(dialogue::WebSocketConnection *webSocket,
                         const dialogue::HttpRequest &head) override;
    void requestAborted(dialogue::HttpConnection *connection) override;

    static constexpr qsizetype LargeBody = 16 * 1024 * 1024; ///< More than the kernel keeps.

    std::vector<dialogue::HttpConnection *> pending;
    std::vector<dialogue::HttpConnection *> patient;
    std::vector<std::unique_ptr<EchoListener>> listeners;
    bool echo = true;
    std::function<void(dialogue::HttpConnection *)> whenAborted;

private:
    int m_index;
    Seen *m_seen;
};

class EchoListener : public dialogue::WebSocketListener
{
public:
    EchoListener(dialogue::WebSocketConnection *connection, NetServer::Handler *handler,
                 NetServer::Seen *seen)
        : webSocket(connection)
        , m_handler(handler)
        , m_seen(seen)
    { }

    void textReceived(QByteArray utf8) override;
    void binaryReceived(const QByteArray &data) override;
    void webSocketClosed(int code) override;
    void sendQueueOverflowed() override;
    void drained() override { ++m_seen->drained; }

    dialogue::WebSocketConnection *webSocket;

private:
    NetServer::Handler *m_handler;
    NetServer::Seen *m_seen;
};

/** The bytes of one WebSocket frame as a client sends it: masked, with a mask of zeros. */
QByteArray clientFrame(int opcode, const QByteArray &payload, bool final = true);

/** The head of an upgrade request for \a path. */
QByteArray upgradeRequest(const QByteArray &path = "/");

/** Reads until \a what stands in what was read, or the peer closes; everything that was read. */
QByteArray readUntil(QTcpSocket &socket, const QByteArray &what);
/** Reads until the peer closes. */
QByteArray readAll(QTcpSocket &socket);
