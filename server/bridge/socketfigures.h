#pragma once

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
    QByteArray transport = {}; ///< "polling" or "websocket".
    qint64 queuedBytes = 0; ///< That wait for it, whatever its namespaces.
    /** From the last ping of Engine.IO to its pong; nothing: there has been none yet. */
    std::optional<std::chrono::microseconds> roundTrip = {};
};

} // namespace dialogue
