#include "server/store/storetrim.h"

#include "server/store/storeschema.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace dialogue::store {

namespace {

constexpr int EventsBetween = 1000; ///< Looks at one room.
constexpr int MostAtOnce = 1000; ///< Rows.

/** The newest offset that need not be there for recovery, or for how many are to be kept. */
quint64 lastToGo(quint64 newest, const StorePolicy &policy)
{
    const auto kept
        = static_cast<quint64>(std::max(policy.recoveryEvents, policy.retention.maxEvents.value_or(0)));
    return newest > kept ? newest - kept : 0;
}

} // namespace

std::vector<sqlite::Database::ToPrepare> StoreTrim::statements()
{
    return {
        {&m_room, "SELECT offset,completeAfter FROM rooms WHERE room=?1"},
        {&m_newest, "SELECT key FROM events WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT 1"},
        {&m_removeUnnamed,
         "DELETE FROM events WHERE key IN (SELECT key FROM events WHERE key BETWEEN ?1 AND ?2 AND name IS "
         "NULL "
         "ORDER BY key LIMIT ?3) RETURNING key"},
        {&m_names, "SELECT name,event FROM names WHERE room=?1"},
        {&m_oldestOfMany, "SELECT key FROM events WHERE name=?1 ORDER BY key DESC LIMIT 1 OFFSET ?2"},
        {&m_removeNamed,
         "DELETE FROM events WHERE key IN (SELECT key FROM events WHERE name=?1 AND key<?2 ORDER BY key "
         "LIMIT ?3) RETURNING key"},
        {&m_removeAged,
         "DELETE FROM events WHERE key IN (SELECT key FROM (SELECT key,time FROM events WHERE key BETWEEN ?1 "
         "AND ?2 ORDER BY key LIMIT ?3) WHERE time<?4) RETURNING key"},
        {&m_removeAny,
         "DELETE FROM events WHERE key IN (SELECT key FROM events WHERE key BETWEEN ?1 AND ?2 LIMIT ?3) "
         "RETURNING key"},
        {&m_removeRoom, "DELETE FROM rooms WHERE room=?1"},
        {&m_removeNames, "DELETE FROM names WHERE room=?1"},
        {&m_removeSchemas, "DELETE FROM schemas WHERE room=?1"},
        {&m_note, "UPDATE rooms SET offset=?2,completeAfter=?3 WHERE room=?1"},
        {&m_removeTriggers,
         "DELETE FROM triggers WHERE number IN (SELECT number FROM triggers WHERE number<="
         "(SELECT max(number) FROM triggers)-?1 ORDER BY number LIMIT ?2)"},
    };
}

Result<void> StoreTrim::prepare(sqlite::Database &database) { return database.prepare(statements()); }

void StoreTrim::release()
{
    for (const auto &[statement, sql] : statements())
        *statement = {};
}

void StoreTrim::declare(quint64 number, const StorePolicy &policy)
{
    Room &room = m_rooms[number];
    room.policy = policy;
    makeDue(number, room);
}

void StoreTrim::stored(quint64 number, quint64 offset)
{
    Room &room = m_rooms[number];
    room.newest = std::max(room.newest, offset);
    if (++room.since >= EventsBetween)
        makeDue(number, room);
}

void StoreTrim::drop(quint64 number)
{
    m_rooms.erase(number);
    m_dropped.push_back(number);
}

void StoreTrim::lookAtAges()
{
    for (auto &[number, room] : m_rooms) {
        if (room.policy.retention.maxAge)
            makeDue(number, room);
    }
}

void StoreTrim::makeDue(quint64 number, Room &room)
{
    if (!std::exchange(room.isDue, true))
        m_due.push_back(number);
}

Result<int> StoreTrim::step(qint64 now)
{
    if (!m_dropped.empty()) {
        const Result<int> gone = removeSome(m_dropped.front());
        if (gone && *gone == 0)
            m_dropped.pop_front();
        return gone;
    }
    if (m_due.empty())
        return 0;
    const quint64 number = m_due.front();
    const auto found = m_rooms.find(number);
    if (found == m_rooms.end()) { // It was dropped.
        m_due.pop_front();
        return 0;
    }
    Room &room = found->second;
    const Result<int> gone = trim(number, room, now);
    if (!gone)
        return gone;
    m_due.pop_front();
    if (*gone > 0) {
        m_due.push_back(number); // The next room's turn.
    } else {
        room.isDue = false;
        room.since = 0;
    }
    return gone;
}

Result<void> StoreTrim::know(quint64 number, Room &room)
{
    const Result<bool> row = m_room.bind(1, number).step();
    if (!row)
        return row.error();
    if (*row) {
        room.newest = std::max(room.newest, static_cast<quint64>(m_room.integer(0)));
        room.completeAfter = static_cast<quint64>(m_room.integer(1));
    }
    m_room.reset();
    const Result<bool> event = m_newest.bind(1, eventKey(number, 0)).bind(2, lastKey(number)).step();
    if (!event)
        return event.error();
    if (*event)
        room.newest = std::max(room.newest, offsetOf(m_newest.integer(0)));
    m_newest.reset();
    return {};
}

Result<int> StoreTrim::trim(quint64 number, Room &room, qint64 now)
{
    if (const auto known = know(number, room); !known)
        return known.error();
    int gone = 0;
    for (const Result<int> &some :
         {trimUnnamed(number, room), trimNamed(number, room), trimAged(number, room, now)}) {
        if (!some)
            return some;
        gone += *some;
    }
    if (const auto triggers = m_removeTriggers.bind(1, m_triggers).bind(2, MostAtOnce).run(); !triggers)
        return triggers.error();
    if (gone == 0)
        return 0;
    const auto noted = m_note.bind(1, number).bind(2, room.newest).bind(3, room.completeAfter).run();
    if (!noted)
        return noted.error();
    return gone;
}

Result<int> StoreTrim::remove(sqlite::Statement &statement, quint64 *newest)
{
    int removed = 0;
    for (;;) {
        const Result<bool> row = statement.step();
        if (!row)
            return row.error();
        if (!*row)
            return removed;
        ++removed;
        if (newest)
            *newest = std::max(*newest, offsetOf(statement.integer(0)));
    }
}

Result<int> StoreTrim::trimUnnamed(quint64 number, Room &room)
{
    const quint64 last = lastToGo(room.newest, room.policy);
    if (last <= room.completeAfter)
        return 0;
    quint64 newestGone = room.completeAfter;
    m_removeUnnamed.bind(1, eventKey(number, room.completeAfter + 1))
        .bind(2, eventKey(number, last))
        .bind(3, MostAtOnce);
    const Result<int> removed = remove(m_removeUnnamed, &newestGone);
    if (removed)
        room.completeAfter = *removed < MostAtOnce ? last : newestGone;
    return removed;
}

Result<int> StoreTrim::trimNamed(quint64 number, Room &room)
{
    std::vector<std::pair<qint64, QString>> names;
    m_names.bind(1, number);
    for (;;) {
        const Result<bool> row = m_names.step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        names.emplace_back(m_names.integer(0), m_names.text(1));
    }
    const quint64 last = lastToGo(room.newest, room.policy);
    int gone = 0;
    for (const auto &[name, event] : names) {
        qint64 firstToStay = eventKey(number, last + 1);
        const int limit = room.policy.histories.value(event, 0);
        if (limit > 0) {
            const Result<bool> oldest = m_oldestOfMany.bind(1, name).bind(2, limit - 1).step();
            if (!oldest)
                return oldest.error();
            if (!*oldest)
                continue;
            firstToStay = std::min(firstToStay, m_oldestOfMany.integer(0));
            m_oldestOfMany.reset();
        }
        quint64 newestGone = 0;
        const Result<int> removed
            = remove(m_removeNamed.bind(1, name).bind(2, firstToStay).bind(3, MostAtOnce), &newestGone);
        if (!removed)
            return removed;
        if (limit == 0)
            room.completeAfter = std::max(room.completeAfter, newestGone);
        gone += *removed;
    }
    return gone;
}

Result<int> StoreTrim::trimAged(quint64 number, Room &room, qint64 now)
{
    if (!room.policy.retention.maxAge)
        return 0;
    m_removeAged.bind(1, eventKey(number, 0))
        .bind(2, lastKey(number))
        .bind(3, MostAtOnce)
        .bind(4, now - static_cast<qint64>(room.policy.retention.maxAge->count()));
    return remove(m_removeAged, &room.completeAfter);
}

Result<int> StoreTrim::removeSome(quint64 number)
{
    const Result<int> removed
        = remove(m_removeAny.bind(1, eventKey(number, 0)).bind(2, lastKey(number)).bind(3, MostAtOnce));
    if (!removed || *removed > 0)
        return removed;
    for (sqlite::Statement *statement : {&m_removeNames, &m_removeSchemas, &m_removeRoom}) {
        if (const auto ended = statement->bind(1, number).run(); !ended)
            return ended.error();
    }
    return 0;
}

} // namespace dialogue::store
