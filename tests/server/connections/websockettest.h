#pragma once

#include "netserver.h"

namespace dialogue {

/** A client whose WebSocket has opened. */
inline std::unique_ptr<QTcpSocket> openWebSocket(const NetServer &server)
{
    auto client = server.connectedClient();
    client->write(upgradeRequest());
    if (!readUntil(*client, "\r\n\r\n").startsWith("HTTP/1.1 101 "))
        qFatal("no WebSocket");
    return client;
}

/** The server's end of the first that opened. */
inline WebSocketConnection *only(NetServer::Handler &handler) { return handler.listeners.at(0)->webSocket; }

} // namespace dialogue
