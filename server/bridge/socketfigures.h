#pragma once

#include "server/fanout/sendjournal.h"
#include "server/socketio/values.h"

#include <QByteArray>
#include <QtGlobal>

#include <chrono>
#include <optional>

namespace dialogue {

/** How a socket's client takes what it is sent, as it is now. */
struct SocketFigures
{
    SocketId socket = 0;
    QByteArray transport = {}; ///< "polling" or "websocket"; empty: another channel, as it came in.
    qint64 queuedBytes = 0; ///< That wait for it, whatever its namespaces.
    /** From the last ping of Engine.IO to its pong; nothing: there has been none yet. */
    std::optional<std::chrono::microseconds> roundTrip = {};
};

/** How it is with one event for one socket. */
struct SentState
{
    SocketFigures figures = {};
    bool isThere = false; ///< The socket is.
    std::optional<EventFate> fate = {}; ///< Nothing: it is none of those of which something is known.
    SendRecordPtr record = {}; ///< Of all that was lost; null: nothing was.
    bool isTraced = false;
};

} // namespace dialogue
