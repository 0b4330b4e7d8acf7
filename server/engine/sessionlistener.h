#pragma once

#include <QByteArray>

namespace dialogue::engineio {

/** Why a session ended. */
enum class CloseReason {
    ClientClosed, ///< The client said `1`.
    TransportClosed, ///< The connection that carried it was closed, by a close frame.
    ConnectionLost, ///< It ended without one, or in the middle of a request.
    TransportError, ///< It broke the rules of a transport: overlapping polls, a ping of its own ...
    ParseError,
    PingTimeout,
    PayloadTooLarge,
    SlowReader,
    ServerClosed, ///< Session::close() for a reason of the layer above.
    ServerShutdown,
};

/** The layer above a session; owned by it and called in its worker's thread. */
class SessionListener
{
public:
    virtual ~SessionListener() = default;
    virtual void textReceived(QByteArray text) = 0; ///< Without the type digit; valid UTF-8.
    virtual void binaryReceived(const QByteArray &data) = 0;
    virtual void drained() { } ///< Session::tellWhenDrained()
    virtual void heard() { } ///< Session::askWhetherAlive()
    /** Last call; the session takes no more frames. */
    virtual void sessionClosed(CloseReason reason) = 0;
};

} // namespace dialogue::engineio
