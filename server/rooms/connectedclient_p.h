#pragma once

#include "server/auth/identity.h"
#include "server/gateway/gateway.h"
#include "server/rooms/connectedclient.h"
#include "server/rooms/slidingwindow.h"

namespace dialogue {

class Room;
class RoomManager;

class ConnectedClientPrivate
{
public:
    ConnectedClientPrivate(SocketId socketId, QString clientId, Identity who, ConnectRequest how,
                           RoomManager &roomManager);

    static std::unique_ptr<ConnectedClient> create(SocketId socket, QString id, Identity identity,
                                                   ConnectRequest request, RoomManager &manager);
    static ConnectedClientPrivate &of(ConnectedClient &client) { return *client.d; }
    static const ConnectedClientPrivate &of(const ConnectedClient &client) { return *client.d; }

    const SocketId socket;
    const QString id;
    Identity identity;
    ConnectRequest request;
    RoomManager &manager;
    SlidingWindow historyRequests;
    QList<Room *> rooms; ///< In the order they were joined.
    bool gone = false; ///< Its socket is; nothing can be joined or sent any more.
};

} // namespace dialogue
