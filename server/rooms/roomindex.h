#pragma once

#include <QHash>
#include <QList>
#include <QString>

#include <list>
#include <set>

namespace dialogue {

class Room;

/**
 * All rooms: by id, in the order of their ids, in the order they were created, and how many each user
 * created. To find one takes constant time, to add or remove one at most logarithmic.
 */
class RoomIndex
{
public:
    [[nodiscard]] Room *find(const QString &id) const
    {
        return m_byId.value(id).room;
    } ///< Null: there is none.
    [[nodiscard]] qsizetype size() const { return m_byId.size(); }

    /** There is none with that id. */
    void add(Room *room);
    void remove(Room *room);

    [[nodiscard]] QList<Room *> all() const; ///< In the order they were created.
    [[nodiscard]] int createdBy(const QString &userId) const { return m_createdBy.value(userId); }

    /**
     * Calls \a visit(room) for those whose ids come after \a id, in their order (by UTF-16 code units), until
     * it gives back false. Rooms that come and go between two calls change nothing for the others.
     */
    template <class Visit>
    void forEachAfter(const QString &id, Visit &&visit) const
    {
        for (auto room = m_ordered.upper_bound(id); room != m_ordered.end(); ++room) {
            if (!visit(**room))
                return;
        }
    }

private:
    struct Entry
    {
        Room *room = nullptr;
        std::list<Room *>::iterator place = {}; ///< In m_created.
    };
    struct ById
    {
        using is_transparent = void;
        bool operator()(const Room *a, const Room *b) const;
        bool operator()(const QString &a, const Room *b) const;
        bool operator()(const Room *a, const QString &b) const;
    };

    QHash<QString, Entry> m_byId;
    std::set<Room *, ById> m_ordered;
    std::list<Room *> m_created;
    QHash<QString, int> m_createdBy; ///< Of users that have created some.
};

} // namespace dialogue
