#pragma once

#include "server/bridge/gateway.h"
#include "server/rooms/clientrecovery.h"
#include "server/rooms/clientreplays.h"
#include "server/rooms/clientsnapshot.h"
#include "server/rooms/connectedclient.h"
#include "server/rooms/joinedrooms.h"
#include "server/rooms/socketclient.h"

namespace dialogue {

class Room;
class RoomManager;

class ConnectedClientPrivate : public SocketClient
{
public:
    ConnectedClientPrivate(SocketId socketId, QString clientId, Identity who, ConnectRequest how,
                           RoomManager &roomManager);

    static std::unique_ptr<ConnectedClient> create(SocketId socket, QString id, Identity identity,
                                                   ConnectRequest request, RoomManager &manager);
    [[nodiscard]] static ClientSnapshot snapshotOf(const ConnectedClient &client);
    static ConnectedClientPrivate &of(ConnectedClient &client) { return *client.d; }
    static const ConnectedClientPrivate &of(const ConnectedClient &client) { return *client.d; }

    RoomManager &manager;
    std::unique_ptr<ClientReplays> replays; ///< Since it came back to a room.
    std::unique_ptr<ClientRecovery> recovery; ///< Null: it cannot come back.
    JoinedRooms rooms; ///< Those that are being deleted too.
    std::list<ConnectedClient *>::iterator placeOfUser; ///< In the registry.
    bool refreshes = false; ///< It has brought a new token, which is being looked at.
    bool isReader = false; ///< See Readers; all that it wants is there.
    bool waits = false; ///< Some request of it does for its turn; see RequestOrder.
};

} // namespace dialogue
