#pragma once

#include "server/net/connectionhandler.h"
#include "server/net/frame.h"

#include <QObject>

namespace dialogue {

/**
 * One open WebSocket. QWebSocket reads, answers pings and closes; what we send are ready Frames that go out
 * in one write per turn, around it. Lives in its worker's thread and is owned by the worker; it is deleted
 * (later) after WebSocketListener::webSocketClosed(). Every call is safe from inside a listener's callback.
 */
class WebSocketConnection : public QObject
{
    Q_OBJECT

public:
    /** The listener must live until webSocketClosed() or until it is replaced; null: what comes is dropped.
     */
    void setListener(WebSocketListener *listener) { m_listener = listener; }

    /** Leaves with the flush at the end of this turn. Dropped once close() was called. */
    SendResult send(const FramePtr &frame);
    /** One text message, as a Frame of its own that is never dropped. */
    SendResult sendText(const QByteArray &utf8);

    /** Closes after all that was sent has left; resets when the peer does not take it within closeTimeout. */
    void close(int code = 1000, const QByteArray &reason = {});
    /** Resets at once. webSocketClosed(1006) follows, later. */
    void abort();

    /** Stops reading from the peer, who is held back by TCP. Messages already read may still arrive. */
    void setReadPaused(bool paused);
    [[nodiscard]] bool isReadPaused() const { return m_readPaused; }

    [[nodiscard]] bool isOpen() const { return !m_closing; }
    [[nodiscard]] qint64 queuedBytes() const; ///< Waiting for the peer, in our queue and in Qt's.
    [[nodiscard]] quint64 droppedFrames() const;
    [[nodiscard]] quint64 droppedBytes() const;
    [[nodiscard]] QHostAddress peerAddress() const;
    [[nodiscard]] quint16 peerPort() const;

private:
    WebSocketListener *m_listener = nullptr;
    bool m_readPaused = false;
    bool m_closing = false;
};

} // namespace dialogue
