#pragma once

#include "server/net/httpmessage.h"

#include <QObject>

namespace dialogue {

/**
 * One TCP connection while it speaks HTTP/1.1: one request at a time goes up to the ConnectionHandler;
 * further (pipelined) requests wait, unread, until its answer is out. Lives in its worker's thread and is
 * owned by the worker.
 */
class HttpConnection : public QObject
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
     * handshake fails (it was answered 400, or the peer is gone). The HttpConnection is deleted after this
     * call. \a maxMessageSize 0: the worker's.
     */
    void acceptWebSocket(qint64 maxMessageSize = 0);

    /** Resets the connection without an answer; requestAborted() is not called. */
    void abort();

    [[nodiscard]] QHostAddress peerAddress() const;
    [[nodiscard]] quint16 peerPort() const;

    /** The handler's own mark for the request in hand; null again with each new request. */
    void setContext(void *context) { m_context = context; }
    [[nodiscard]] void *context() const { return m_context; }

private:
    void *m_context = nullptr;
};

} // namespace dialogue
