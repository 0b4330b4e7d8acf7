// How clients leave rooms, one or all of them, and how rooms are left when they are deleted.
#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/rooms/announce.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roommanager.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace dialogue {

/** A room that is deleted, while there is still somebody in it. */
class RoomManager::Emptying final : public SlicedWork::Task
{
public:
    Emptying(RoomManager *manager, Room *room)
        : m_manager(manager)
        , m_room(room)
        , m_id(room->id())
        , m_kept(RoomPrivate::of(*room).log().bytes())
        , m_waiting(RoomPrivate::of(*room).size())
    {
        manager->m_untold.insert(m_id, this);
    }
    ~Emptying() override
    {
        if (!m_told)
            m_manager->m_untold.remove(m_id);
    }
    Q_DISABLE_COPY_MOVE(Emptying)

    int step() override
    {
        RoomPrivate &room = RoomPrivate::of(*m_room);
        if (m_waiting > 0)
            return endSomeReplays(room);
        announce();
        if (const int forgotten = room.forgetSome())
            return forgotten;
        if (room.size() > 0)
            return m_manager->depart(*room.activityIfAny()->participants.back(), m_room.get());
        tell();
        m_manager->m_memoryReturn.freed(m_kept);
        // It may be on the call stack; and it is not to outlive the memory that it gives back.
        m_room->setParent(m_manager);
        m_room.release()->deleteLater();
        return 0;
    }

    /** Now, where it has not been told: a room of the same id is going to be created. */
    void tell()
    {
        if (std::exchange(m_told, true))
            return;
        announce();
        m_manager->m_untold.remove(m_id);
        const CallDepth::Scope scope(m_manager->m_services.calls);
        Q_EMIT m_manager->roomDeleted(m_id);
    }

private:
    /** Who still waits for what it missed gets its ack before it hears that the room is gone. */
    int endSomeReplays(RoomPrivate &room)
    {
        constexpr qsizetype atOnce = 64;
        if (room.size() == 0) { // They left before it was their turn.
            m_waiting = 0;
            return 1;
        }
        Participants &participants = room.activityIfAny()->participants;
        const qsizetype count = std::min(m_waiting, atOnce);
        for (qsizetype i = 0; i < count; ++i) {
            participants.splice(participants.end(), participants, participants.begin());
            if (const auto &replays = ConnectedClientPrivate::of(*participants.back()).replays)
                replays->end(m_room.get());
        }
        m_waiting -= count;
        return 1;
    }
    /** Tells everybody. */
    void announce()
    {
        if (!std::exchange(m_announced, true))
            m_manager->tellOf(*m_room, announce::roomDeleted(m_id));
    }

    RoomManager *m_manager;
    std::unique_ptr<Room> m_room;
    QString m_id;
    const qint64 m_kept; ///< Bytes of its events, before any was told to be evicted.
    qsizetype m_waiting; ///< Participants that may yet wait for what they missed.
    bool m_announced = false;
    bool m_told = false; ///< That it is deleted.
};

/** A client that is gone, while it is still in some rooms. */
class RoomManager::Leaving final : public SlicedWork::Task
{
public:
    Leaving(RoomManager *manager, std::unique_ptr<ConnectedClient> client)
        : m_manager(manager)
        , m_client(std::move(client))
    {
        ConnectedClientPrivate::of(*m_client).replays.reset(); // Nobody reads on.
    }

    int step() override
    {
        const JoinedRooms &rooms = ConnectedClientPrivate::of(*m_client).rooms;
        if (!rooms.isEmpty())
            return m_manager->depart(*m_client, rooms.last());
        if (!m_manager->m_clients.isConnected(m_client->userId()))
            m_manager->m_lifetimes.userGone(m_client->userId());
        m_manager->m_memoryReturn.freed(ConnectedClientPrivate::of(*m_client).kept.bytes());
        return 0;
    }

private:
    RoomManager *m_manager;
    std::unique_ptr<ConnectedClient> m_client;
};

qsizetype RoomManager::roomsOf(const ConnectedClient &client)
{
    const JoinedRooms &rooms = ConnectedClientPrivate::of(client).rooms;
    return std::ranges::count_if(
        rooms, [&client](const JoinedRooms::Place &joined) { return joined.room->contains(&client); });
}

Result<void> RoomManager::remove(const QString &roomId)
{
    const Result<Room *> found = existing(roomId);
    if (!found)
        return found.error();
    Room *const room = *found;
    qCDebug(lcRooms).noquote() << "Room" << quoted(roomId) << "is deleted";
    if (!room->config().createdById.isEmpty()) {
        if (const int times = m_deletions.count())
            qCInfo(lcRooms).noquote()
                << "Rooms of clients deleted:" << times << "- the last" << quoted(roomId);
    }
    m_index.remove(room);
    m_lifetimes.forget(room);
    RoomPrivate::of(*room).close();
    if (m_observer)
        m_observer->closed(*room);
    m_work.add(std::make_unique<Emptying>(this, room));
    return {};
}

void RoomManager::tellDeleted(const QString &roomId)
{
    if (Emptying *const untold = m_untold.value(roomId))
        untold->tell();
}

int RoomManager::depart(ConnectedClient &client, Room *room)
{
    const CallDepth::Scope scope(m_services.calls);
    const auto names
        = RoomPrivate::of(*room).activity().subscriptions.count(ConnectedClientPrivate::of(client).socket);
    m_memoryReturn.freed(RoomPrivate::of(*room).leave(&client));
    if (m_observer)
        m_observer->left(*room, client);
    m_services.clientTap.tell(&ClientObserver::left, *room, client);
    if (room->size() == 0)
        m_lifetimes.emptied(room);
    qCDebug(lcRooms).noquote() << "User" << quoted(client.userId()) << "left" << quoted(room->id());
    const QPointer<Room> alive(room);
    const QPointer<ConnectedClient> aliveClient(&client);
    Q_EMIT room->sizeChanged(room->size());
    if (alive && aliveClient)
        Q_EMIT room->participantLeft(&client);
    if (alive && aliveClient)
        Q_EMIT clientLeft(&client, room);
    return 1 + static_cast<int>(names);
}

Result<void> RoomManager::leave(ConnectedClient &client, const QString &roomId)
{
    const Result<Room *> room = roomOf(client, roomId);
    if (!room)
        return room.error();
    m_services.sockets.send(ConnectedClientPrivate::of(client).socket, announce::left(roomId));
    depart(client, *room);
    return {};
}

void RoomManager::dismiss(std::unique_ptr<ConnectedClient> client)
{
    m_work.add(std::make_unique<Leaving>(this, std::move(client)));
}

void RoomManager::dismissNow(std::unique_ptr<ConnectedClient> client)
{
    Leaving leaving(this, std::move(client));
    while (leaving.step() > 0) { }
}

} // namespace dialogue
