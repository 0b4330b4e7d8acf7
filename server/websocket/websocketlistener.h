#pragma once

#include <QByteArray>

namespace dialogue {

/** Told what arrives on one WebSocket. */
class WebSocketListener
{
public:
    virtual ~WebSocketListener() = default;
    virtual void textReceived(QByteArray utf8) = 0;
    virtual void binaryReceived(const QByteArray &data) = 0;
    /** Last call. \a code as in RFC 6455, section 7.4.1: 1009 for a message over the limit, 1006 for a lost
     * peer. */
    virtual void webSocketClosed(int code) = 0;
    /** The send queue is over its bound and the frame's policy is Disconnect; the frame was not queued. */
    virtual void sendQueueOverflowed() = 0;
    /** WebSocket::tellWhenDrained(): no more waits than was asked for. */
    virtual void drained() { }
};

} // namespace dialogue
