#pragma once

#include "server/websocket/workerwebsocket.h"

namespace dialogue {

/**
 * A WebSocket that was accepted elsewhere, and is its worker's from NetWorker::adopt() on: counted among its
 * connections, ended with them, and deleted (later) after NetWorker::remove(), which it calls once it is
 * closed and its listener was told. Every call is safe from inside a listener's callback. Destroyed before,
 * it tells its listener (1006).
 */
class GuestWebSocket : public WorkerWebSocket
{
    Q_OBJECT

public:
    /** Resets at once. webSocketClosed() follows, later. */
    virtual void abort() = 0;
};

} // namespace dialogue
