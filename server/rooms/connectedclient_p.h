#pragma once

#include "server/auth/identity.h"
#include "server/budgets/budgets.h"
#include "server/budgets/insistence.h"
#include "server/gateway/gateway.h"
#include "server/memory/memoryshare.h"
#include "server/rooms/clientreplays.h"
#include "server/rooms/clientsnapshot.h"
#include "server/rooms/connectedclient.h"
#include "server/rooms/joinedrooms.h"

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
    [[nodiscard]] static ClientSnapshot snapshotOf(const ConnectedClient &client);
    /** LimitReached where what it says of itself is too much to be kept. */
    Result<void> keepItself();
    [[nodiscard]] qint64 bytesOfItself() const;

    static ConnectedClientPrivate &of(ConnectedClient &client) { return *client.d; }
    static const ConnectedClientPrivate &of(const ConnectedClient &client) { return *client.d; }

    const SocketId socket;
    const QString id;
    Identity identity;
    QByteArray
        auth; ///< JSON: as a tree it would take several times as much, for as long as the client is here.
    const HandshakeInfo handshake;
    const QString origin; ///< Where it comes from, which it cannot make up: a verified user, or an address.
    RoomManager &manager;
    const MemorySharePtr share; ///< Its user's.
    MemoryCharge kept; ///< Of what it says of itself, and of its subscriptions.
    qint64 keptOfItself = 0; ///< Bytes of it.
    Budgets::Holder budget; ///< Its user's, or its address'.
    Insistence insistence;
    std::chrono::milliseconds refusedBy{
        0}; ///< The window of the limit that refused its request; 0: none did.
    std::unique_ptr<ClientReplays> replays; ///< Since it came back to a room.
    JoinedRooms rooms; ///< Those that are being deleted too.
    std::list<ConnectedClient *>::iterator placeOfUser; ///< In the registry.
    bool waits = false; ///< Some request of it does for its turn; see RequestOrder.
    bool gone = false; ///< Its socket is; nothing can be joined or sent any more.
};

} // namespace dialogue
