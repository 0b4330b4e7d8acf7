#include "server/rooms/roomindex.h"

#include "server/rooms/room.h"

namespace dialogue {

bool RoomIndex::ById::operator()(const Room *a, const Room *b) const
{
    return a->config().id < b->config().id;
}
bool RoomIndex::ById::operator()(const QString &a, const Room *b) const { return a < b->config().id; }
bool RoomIndex::ById::operator()(const Room *a, const QString &b) const { return a->config().id < b; }

void RoomIndex::add(Room *room)
{
    const RoomConfig &config = room->config();
    m_byId.insert(config.id, {room, m_created.insert(m_created.end(), room)});
    m_ordered.insert(room);
    if (!config.createdById.isEmpty())
        ++m_createdBy[config.createdById];
}

void RoomIndex::remove(Room *room)
{
    const RoomConfig &config = room->config();
    m_ordered.erase(room);
    m_created.erase(m_byId.take(config.id).place);
    const auto created = m_createdBy.find(config.createdById);
    if (created != m_createdBy.end() && --*created == 0)
        m_createdBy.erase(created);
}

QList<Room *> RoomIndex::all() const { return {m_created.begin(), m_created.end()}; }

} // namespace dialogue
