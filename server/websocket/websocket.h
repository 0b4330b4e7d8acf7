#pragma once

#include "server/fanout/frame.h"

#include <QByteArray>

namespace dialogue {

class SendQueue;
class WebSocketListener;

/** What the layers above see of a WebSocket; a WebSocketConnection in a running server, which its worker
 * owns. */
class WebSocket
{
public:
    virtual ~WebSocket() = default;
    /** The listener must live until webSocketClosed(), after which the WebSocket is gone, or until it is
     * replaced; null: what comes is dropped. */
    virtual void setListener(WebSocketListener *listener) = 0;
    virtual SendResult send(const FramePtr &frame) = 0;
    virtual void close(int code = 1000, const QByteArray &reason = {}) = 0;
    virtual void setReadPaused(bool paused) = 0;
    [[nodiscard]] virtual qint64 queuedBytes() const = 0;
    /** Where what waits of ours does. */
    [[nodiscard]] virtual SendQueue *sendQueue() = 0;
    /** The peer takes nothing more for now. */
    [[nodiscard]] virtual bool isStuck() const = 0;
    /** Listener's drained(), once and not from inside any call, when queuedBytes() are no more than \a mark;
     * in place of what was asked for before. */
    virtual void tellWhenDrained(qint64 mark) = 0;
};

} // namespace dialogue
