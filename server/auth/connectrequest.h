#pragma once

#include "server/net/httpmessage.h"

#include <QByteArray>
#include <QHostAddress>
#include <QJsonObject>

namespace dialogue {

/** How a client came in. */
struct HandshakeInfo
{
    QHostAddress address = noAddress();
    HttpHeaders headers;
    HttpQuery query;
    bool secure = false;
    QByteArray transport; ///< "polling" or "websocket", at the time of CONNECT.
    QByteArray sessionId; ///< The Engine.IO sid.
};

/** A client's wish to come in, as Hooks::authenticate gets it. */
struct ConnectRequest
{
    QByteArray nsp; ///< The namespace, such as "/"; those that nobody has opened never come this far.
    QJsonObject auth; ///< What the client sent with CONNECT: its own word.
    HandshakeInfo handshake;
};

} // namespace dialogue
