#pragma once

#include "server/tcp/workerparts.h"

namespace dialogue {

class Deflater;
class FrameFlusher;
class WebSocketConnection;
struct SendQueueCounters;

/** What a WebSocketConnection asks of the worker that owns it, and shares with the worker's others. */
class WebSocketConnectionOwner
{
public:
    WebSocketConnectionOwner(WorkerParts &itsParts, FrameFlusher &itsFlusher)
        : parts(itsParts)
        , flusher(itsFlusher)
    { }
    WebSocketConnectionOwner(const WebSocketConnectionOwner &) = delete;
    WebSocketConnectionOwner &operator=(const WebSocketConnectionOwner &) = delete;
    virtual ~WebSocketConnectionOwner() = default;

    /** It has ended: \a connection is deleted, later. */
    virtual void remove(WebSocketConnection *connection) = 0;
    [[nodiscard]] virtual SendQueueCounters &sendQueueCounters() = 0;

    /** Of those of its connections that take compressed messages. */
    [[nodiscard]] virtual Deflater &deflater() = 0;

    WorkerParts &parts;
    FrameFlusher &flusher;
};

} // namespace dialogue
