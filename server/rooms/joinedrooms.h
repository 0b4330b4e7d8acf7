#pragma once

#include <QHash>

#include <list>

namespace dialogue {

class ConnectedClient;
class Room;

/** Who is in a room, in the order they joined. */
using Participants = std::list<ConnectedClient *>;

/** The rooms one client is in, in the order it joined them, and where in each; all of it takes constant time.
 */
class JoinedRooms
{
public:
    struct Place
    {
        Room *room;
        Participants::iterator place; ///< Among the room's participants.
    };
    using const_iterator = std::list<Place>::const_iterator;

    /** The client is not in it. */
    void add(Room *room, Participants::iterator place);
    /** The client is in it. Where among its participants. */
    Participants::iterator take(const Room *room);
    [[nodiscard]] bool contains(const Room *room) const;

    [[nodiscard]] Room *last() const { return m_order.back().room; } ///< Only when not empty.
    [[nodiscard]] bool isEmpty() const { return m_order.empty(); }
    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_order.size()); }
    [[nodiscard]] const_iterator begin() const { return m_order.begin(); }
    [[nodiscard]] const_iterator end() const { return m_order.end(); }

private:
    static constexpr std::size_t Few = 8; ///< Are sooner searched than hashed.

    [[nodiscard]] std::list<Place>::iterator find(const Room *room);

    std::list<Place> m_order;
    QHash<const Room *, std::list<Place>::iterator> m_byRoom; ///< Empty while there are few.
};

} // namespace dialogue
