#pragma once

#include "server/net/connectionhandler.h"

namespace dialogue::engineio {

/** One HTTP request of a session that waits for its answer. Destroyed unanswered it was aborted. */
class Exchange
{
public:
    virtual ~Exchange() = default;
    /** Once; the exchange may be destroyed afterwards. */
    virtual void respond(HttpResponse &&response) = 0;
};

/** One WebSocket of a session; see WebSocketConnection, which it is in a running server. */
class WebSocketLink
{
public:
    virtual ~WebSocketLink() = default;
    virtual void setListener(WebSocketListener *listener) = 0;
    virtual SendResult send(const FramePtr &frame) = 0;
    virtual void close(int code) = 0;
    virtual void setReadPaused(bool paused) = 0;
    [[nodiscard]] virtual qint64 queuedBytes() const = 0;
};

} // namespace dialogue::engineio
