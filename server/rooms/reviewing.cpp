// What clients may no longer do that have become somebody else, or whose room has other rules.
#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/rooms/announce.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/permissions.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roommanager.h"

#include <QPointer>

#include <utility>

namespace dialogue {

/** All who are in a room whose rules are others now. */
class RoomManager::Reviewing final : public SlicedWork::Task
{
public:
    Reviewing(RoomManager *manager, Room *room)
        : m_manager(manager)
        , m_room(room)
    {
        for (const ConnectedClient *const each : room->participants())
            m_sockets.push_back(ConnectedClientPrivate::of(*each).socket);
    }

    int step() override
    {
        if (!m_room || m_next == m_sockets.size())
            return 0;
        ConnectedClient *const client = m_manager->client(m_sockets[m_next++]);
        if (client && m_room->contains(client))
            m_manager->review(*client, *m_room);
        return 1;
    }

private:
    RoomManager *const m_manager;
    const QPointer<Room> m_room;
    std::vector<SocketId> m_sockets;
    std::size_t m_next = 0;
};

void RoomManager::review(ConnectedClient &client)
{
    QList<QPointer<Room>> rooms;
    for (const JoinedRooms::Place &joined : std::as_const(ConnectedClientPrivate::of(client).rooms))
        rooms.append(joined.room);
    const QPointer<ConnectedClient> alive(&client);
    for (const QPointer<Room> &room : std::as_const(rooms)) {
        // Slots run when it leaves one.
        if (!alive || ConnectedClientPrivate::of(*alive).gone)
            return;
        if (room && room->contains(&client))
            review(client, *room);
    }
}

void RoomManager::reviewAll(Room &room) { m_work.add(std::make_unique<Reviewing>(this, &room)); }

void RoomManager::review(ConnectedClient &client, Room &room)
{
    if (!RoomPrivate::of(room).declaration->rules && !RoomPrivate::of(room).isLimited(client))
        return;
    const SocketId socket = ConnectedClientPrivate::of(client).socket;
    const auto tell = [&](const QString &message) {
        m_services.sockets.send(socket, announce::error({ErrorCode::PermissionDenied, message}, room.id()));
    };
    if (!permissions::allows(client, room, RoomAction::Join)) {
        ++m_services.rules.roomsLeft;
        qCDebug(lcRooms).noquote() << "User" << quoted(client.userId()) << "may no longer be in"
                                   << quoted(room.id());
        tell(QStringLiteral("You may no longer be in room '%1'").arg(room.id()));
        (void)leave(client, room.id());
        return;
    }
    RoomPrivate &priv = RoomPrivate::of(room);
    QStringList ended;
    const QStringList names = priv.activity().subscriptions.names(socket);
    for (const QString &event : names) {
        if (!permissions::allows(client, room, RoomAction::Subscribe, event))
            ended.append(event);
    }
    if (!ended.isEmpty())
        tell(QStringLiteral("You may no longer subscribe to '%1' in room '%2'")
                 .arg(ended.join(QStringLiteral("', '")), room.id()));
    for (const QString &event : std::as_const(ended)) {
        ++m_services.rules.subscriptionsEnded;
        m_memoryReturn.freed(priv.unsubscribe(client, event));
        m_services.sockets.send(socket, announce::unsubscribed(room.id(), event));
    }
    if (priv.activity().subscriptions.has(socket, Everything))
        priv.limit(client);
}

} // namespace dialogue
