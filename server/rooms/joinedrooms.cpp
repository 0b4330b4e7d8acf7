#include "server/rooms/joinedrooms.h"

#include <algorithm>

namespace dialogue {

void JoinedRooms::add(Room *room, Participants::iterator place)
{
    const auto added = m_order.insert(m_order.end(), Place{room, place});
    if (!m_byRoom.isEmpty()) {
        m_byRoom.insert(room, added);
    } else if (m_order.size() > Few) {
        for (auto each = m_order.begin(); each != m_order.end(); ++each)
            m_byRoom.insert(each->room, each);
    }
}

Participants::iterator JoinedRooms::take(const Room *room)
{
    const auto found = find(room);
    const Participants::iterator place = found->place;
    m_order.erase(found);
    m_byRoom.remove(room);
    return place;
}

bool JoinedRooms::contains(const Room *room) const
{
    if (!m_byRoom.isEmpty())
        return m_byRoom.contains(room);
    return std::ranges::any_of(m_order, [room](const Place &each) { return each.room == room; });
}

std::list<JoinedRooms::Place>::iterator JoinedRooms::find(const Room *room)
{
    if (!m_byRoom.isEmpty())
        return m_byRoom.value(room);
    return std::ranges::find(m_order, room, &Place::room);
}

} // namespace dialogue
