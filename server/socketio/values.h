#pragma once

#include "core/json/jsondata.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace dialogue {

/** One Socket.IO socket: a session's connection to one namespace. Never reused; the upper 16 bits are its
 * worker. */
using SocketId = quint64;

/** An event a client sent. */
struct IncomingEvent
{
    QString name;
    JsonData args; ///< An array, without the name; binary values are placeholders.
    QList<QByteArray> attachments;
    std::optional<quint64> ackId;
    QString fault = {}; ///< Why its arguments cannot be taken, which are none then; see socketio::Packet.
};

enum class DisconnectReason {
    ClientDisconnect, ///< `41` from the client.
    TransportClosed, ///< In good order.
    ConnectionLost, ///< Without a word: nobody waits for what it asked for.
    PingTimeout,
    ProtocolError,
    PayloadTooLarge,
    SlowReader,
    RateLimited, ///< It went on for too long though it was told to wait.
    TokenExpired,
    ServerDisconnect,
    ServerShutdown,
};

/** The name socket.io uses for it: "client namespace disconnect", "transport close", "ping timeout" ... */
QByteArray reasonName(DisconnectReason reason);

} // namespace dialogue
