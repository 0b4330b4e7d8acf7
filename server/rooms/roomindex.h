#pragma once

#include "server/rooms/roomtable.h"
#include "server/rooms/sortedlist.h"

#include <QHash>
#include <QList>
#include <QString>

namespace dialogue {

class Room;

/**
 * All rooms: by id, in the order of their ids, in the order they were created, and how many each user
 * created. To find one takes constant time, to add or remove one next to nothing. It takes some 30 bytes for
 * each.
 */
class RoomIndex
{
public:
    [[nodiscard]] Room *find(const QString &id) const { return m_byId.find(id); } ///< Null: there is none.
    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_byId.size()); }

    /** There is none with that id. */
    void add(Room *room);
    void remove(Room *room);

    [[nodiscard]] QList<Room *> all() const; ///< In the order they were created; takes the time to sort them.
    [[nodiscard]] int createdBy(const QString &userId) const { return m_createdBy.value(userId); }

    /**
     * Calls \a visit(room) for those whose ids come after \a id, in their order (by UTF-16 code units), until
     * it gives back false. Rooms that come and go between two calls change nothing for the others.
     */
    template <class Visit>
    void forEachAfter(const QString &id, Visit &&visit) const
    {
        m_ordered.forEachAfter(id, [&visit](const Room *room) { return visit(*room); });
    }

private:
    static const QString &idOf(const Room &room);
    struct ById
    {
        bool operator()(const Room *a, const Room *b) const { return idOf(*a) < idOf(*b); }
        bool operator()(const QString &a, const Room *b) const { return a < idOf(*b); }
    };

    RoomTable<Room, &RoomIndex::idOf> m_byId;
    SortedList<Room *, ById> m_ordered;
    QHash<QString, int> m_createdBy; ///< Of users that have created some.
};

} // namespace dialogue
