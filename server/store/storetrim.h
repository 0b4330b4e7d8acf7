#pragma once

#include "server/store/sqlite.h"
#include "server/store/storepolicy.h"

#include <deque>
#include <map>
#include <utility>
#include <vector>

namespace dialogue::store {

/** Lets go of what no longer has to be kept, some at a time; in the writer's thread. */
class StoreTrim
{
public:
    /** \a triggers: how many ids are kept, of all rooms together. */
    explicit StoreTrim(int triggers)
        : m_triggers(triggers)
    { }
    /** Its statements, for a connection that is new. */
    [[nodiscard]] Result<void> prepare(sqlite::Database &database);
    void release(); ///< The connection is going to be closed.

    void declare(quint64 room, const StorePolicy &policy);
    /** An event was stored: after some of them its room is looked at. */
    void stored(quint64 room, quint64 offset);
    void drop(quint64 room); ///< All of it goes.
    void lookAtAges(); ///< Of all rooms; now and then.

    [[nodiscard]] bool isIdle() const { return m_due.empty() && m_dropped.empty(); }
    /** Some of it, within a transaction of the caller's; how many events went. \a now: ms since 1970. */
    [[nodiscard]] Result<int> step(qint64 now);

private:
    struct Room
    {
        StorePolicy policy = {};
        quint64 newest = 0; ///< Its offset; 0: not known yet.
        quint64 completeAfter = 0; ///< As the table says.
        int since = 0; ///< Events since it was looked at.
        bool isDue = false;
    };
    [[nodiscard]] std::vector<sqlite::Database::ToPrepare> statements();
    void makeDue(quint64 number, Room &room);
    [[nodiscard]] Result<void> know(quint64 number, Room &room);
    [[nodiscard]] Result<int> trim(quint64 number, Room &room, qint64 now);
    [[nodiscard]] Result<int> trimUnnamed(quint64 number, Room &room);
    [[nodiscard]] Result<int> trimNamed(quint64 number, Room &room);
    [[nodiscard]] Result<int> trimAged(quint64 number, Room &room, qint64 now);
    [[nodiscard]] Result<int> removeSome(quint64 number);
    /** Runs a statement that gives back the keys that it removed; the newest's offset goes to \a newest. */
    [[nodiscard]] static Result<int> remove(sqlite::Statement &statement, quint64 *newest = nullptr);

    int m_triggers;
    sqlite::Statement m_room;
    sqlite::Statement m_newest;
    sqlite::Statement m_removeUnnamed;
    sqlite::Statement m_names;
    sqlite::Statement m_oldestOfMany;
    sqlite::Statement m_removeNamed;
    sqlite::Statement m_removeAged;
    sqlite::Statement m_removeAny;
    sqlite::Statement m_removeRoom;
    sqlite::Statement m_removeNames;
    sqlite::Statement m_removeSchemas;
    sqlite::Statement m_note;
    sqlite::Statement m_removeTriggers;
    std::map<quint64, Room> m_rooms;
    std::deque<quint64> m_due;
    std::deque<quint64> m_dropped;
};

} // namespace dialogue::store
