#pragma once

#include "server/http/httpmessage.h"
#include "server/http/httpparser.h"
#include "server/tcp/bytestream.h"
#include "server/tcp/workerparts.h"

#include <QObject>

#include <memory>
#include <optional>
#include <variant>

namespace dialogue {

class EventStream;
class HttpConnectionOwner;
class HttpHandler;
class PendingRequest;

/**
 * One TCP connection while it speaks HTTP/1.1, behind a header of the PROXY protocol where one is due: one
 * request at a time goes up to the HttpHandler; further (pipelined) requests wait until its answer is
 * out, 64 KiB of them here and the rest with TCP, and the handler hears that they do. Lives in its worker's
 * thread and is owned by the worker.
 */
class HttpConnection : public QObject, private ByteStreamListener
{
    Q_OBJECT

public:
    /** \a received: by the worker that it \a moved from, if it did. */
    HttpConnection(WorkerParts &parts, HttpConnectionOwner &owner, std::unique_ptr<ByteStream> socket,
                   const QByteArray &received, bool moved);
    ~HttpConnection() override;
    void start();

    /**
     * Answers the request in hand, once, now or later. Content-Length, Connection and Date are added; a body
     * for HEAD or 204/304 is not sent. Without a request in hand it does nothing.
     */
    void respond(HttpResponse &&response);

    /**
     * Answers the request in hand as respond() does, but with a body that goes on until the connection ends:
     * what is sent by the EventStream. HttpHandler::requestAborted() is not called any more, and the
     * HttpConnection is deleted after this call. Null where there is no request in hand.
     */
    [[nodiscard]] EventStream *respondWithStream(const HttpResponse &head);

    /**
     * In answer to upgradeRequested(), now or later: completes the WebSocket handshake.
     * ConnectionHandler::webSocketOpened() is called before this returns, or requestAborted() when the
     * handshake fails (it was answered 400 or 426). The HttpConnection is deleted after this
     * call. \a maxMessageSize 0: the worker's.
     */
    void acceptWebSocket(qint64 maxMessageSize = 0);

    /** Resets the connection without an answer; requestAborted() is not called. */
    void abort();

    /** What the handler has made of the request in hand; null again with each new request. */
    void setPending(PendingRequest *pending) { m_pending = pending; }
    [[nodiscard]] PendingRequest *pending() const { return m_pending; }

    void shutDown(); ///< The worker shuts down: closes when there is no request in hand.
    void reset(); ///< Aborts; a request in hand is reported as aborted.

private:
    enum class State {
        ReadingProxyHeader,
        ReadingHead,
        ReadingBody,
        Answering, ///< The handler has the request.
        Upgrading, ///< The handler decides about a WebSocket.
        Closing, ///< Lingering, or about to move or to be deleted.
    };

    // ByteStreamListener
    void readyRead() override;
    void bytesWritten() override;
    void disconnected() override;
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

    [[nodiscard]] HttpHandler &handler();

    WorkerParts &m_parts;
    HttpConnectionOwner &m_owner;
    std::unique_ptr<ByteStream> m_socket; ///< Null once it was handed on.
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
    PendingRequest *m_pending = nullptr;
};

} // namespace dialogue
