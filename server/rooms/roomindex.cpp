#include "server/rooms/roomindex.h"

#include "server/rooms/room_p.h"

#include <algorithm>

namespace dialogue {

const QString &RoomIndex::idOf(const Room &room) { return RoomPrivate::of(room).id; }

void RoomIndex::add(Room *room)
{
    m_byId.insert(room);
    m_ordered.insert(room);
    if (const QString &creator = RoomPrivate::of(*room).createdById; !creator.isEmpty())
        ++m_createdBy[creator];
}

void RoomIndex::remove(Room *room)
{
    m_ordered.remove(room);
    m_byId.remove(room);
    const auto created = m_createdBy.find(RoomPrivate::of(*room).createdById);
    if (created != m_createdBy.end() && --*created == 0)
        m_createdBy.erase(created);
}

QList<Room *> RoomIndex::all() const
{
    QList<Room *> rooms;
    rooms.reserve(size());
    m_byId.forEach([&rooms](Room *room) { rooms.append(room); });
    std::ranges::sort(rooms, {}, [](const Room *room) { return quint64(RoomPrivate::of(*room).stream); });
    return rooms;
}

} // namespace dialogue
