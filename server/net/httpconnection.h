#pragma once

#include "server/net/clientsocket.h"
#include "server/net/deadlines.h"
#include "server/net/httpmessage.h"
#include "server/net/httpparser.h"
#include "server/net/nextturn.h"

#include <QObject>

#include <memory>
#include <optional>
#include <variant>

namespace dialogue {

class NetWorker;

/**
 * One TCP connection while it speaks HTTP/1.1, behind a header of the PROXY protocol where one is due: one
 * request at a time goes up to the ConnectionHandler; further (pipelined) requests wait until its answer is
 * out, 64 KiB of them here and the rest with TCP, and the handler hears that they do. Lives in its worker's
 * thread and is owned by the worker.
 */
class HttpConnection : public QObject, private ClientSocketListener
{
    Q_OBJECT

public:
    /**
     * Answers the request in hand, once, now or later. Content-Length, Connection and Date are added; a body
     * for HEAD or 204/304 is not sent. Without a request in hand it does nothing.
     */
    void respond(HttpResponse &&response);

    /**
     * In answer to upgradeRequested(), now or later: completes the WebSocket handshake.
     * handler->webSocketOpened() is called before this returns, or handler->requestAborted() when the
     * handshake fails (it was answered 400 or 426). The HttpConnection is deleted after this
     * call. \a maxMessageSize 0: the worker's.
     */
    void acceptWebSocket(qint64 maxMessageSize = 0);

    /** Resets the connection without an answer; requestAborted() is not called. */
    void abort();

    /** The handler's own mark for the request in hand; null again with each new request. */
    void setContext(void *context) { m_context = context; }
    [[nodiscard]] void *context() const { return m_context; }

private:
    friend class NetWorker;
    enum class State {
        ReadingProxyHeader,
        ReadingHead,
        ReadingBody,
        Answering, ///< The handler has the request.
        Upgrading, ///< The handler decides about a WebSocket.
        Closing, ///< Lingering, or about to move or to be deleted.
    };

    /** \a received: by the worker that it \a moved from, if it did. */
    HttpConnection(NetWorker *worker, std::unique_ptr<ClientSocket> socket, const QByteArray &received,
                   bool moved);
    ~HttpConnection() override;

    void start();
    // ClientSocketListener
    void readyRead() override;
    void bytesWritten() override;
    void disconnected() override;
    void shutDown(); ///< The worker shuts down: closes when there is no request in hand.
    void reset(); ///< Aborts; a request in hand is reported as aborted.
    void process();
    void limitReadAhead();
    bool step();
    bool settle();
    bool readProxyHeader();
    [[nodiscard]] std::variant<NeedMore, HttpHead, HttpRefusal> nextHead() const;
    bool hurryAnswer();
    bool readHead();
    bool readBody();
    void take(qsizetype size);
    bool dispatch(HttpHead &&head);
    void requestComplete();
    void abortRequest();
    void refuse(const HttpRefusal &refusal);
    void write(const HttpResponse &response, bool keepAlive);
    void close();
    void timedOut();
    void moveTo(int worker);
    void finish();

    NetWorker *m_worker;
    std::unique_ptr<ClientSocket> m_socket; ///< Null once it was handed on.
    State m_state = State::ReadingHead;
    bool m_moved; ///< It came from another worker and is not sent on again.
    bool m_keepAlive = false;
    bool m_processing = false;
    QByteArray m_method; ///< Of the request in hand.
    HttpRequest m_request; ///< While its body is read, or its upgrade decided.
    QByteArray m_received; ///< Not yet taken.
    std::optional<HttpBodyParser> m_body;
    MemberResumable<&HttpConnection::process, HttpConnection> m_processOn{this};
    MemberDeadline<&HttpConnection::timedOut, HttpConnection> m_deadline{this};
    void *m_context = nullptr;
};

} // namespace dialogue
