#include "server/store/storeerasing.h"

#include "server/store/storeschema.h"

#include <algorithm>
#include <utility>

namespace dialogue::store {

Result<void> StoreErasing::prepare(sqlite::Database &database)
{
    const sqlite::Database::ToPrepare all[] = {
        {&m_rooms, "SELECT room FROM rooms WHERE ?1='' OR id=?1"},
        {&m_eraseOne,
         "UPDATE events SET json=x'',sender=NULL,attachments=NULL WHERE key=?1 AND seq<=?2 AND "
         "length(json)>0"},
        {&m_place, "SELECT key FROM events WHERE key BETWEEN ?1 AND ?2 ORDER BY key LIMIT 1 OFFSET ?3"},
        {&m_eraseOfUser,
         "UPDATE events SET json=x'',sender=NULL,attachments=NULL WHERE key BETWEEN ?1 AND ?2 AND sender=?3 "
         "AND seq<=?4"},
        {&m_forgetOne, "DELETE FROM triggers WHERE room=?1 AND offset=?2"},
        // What was said since keeps its id.
        {&m_forgetOfUser,
         "DELETE FROM triggers WHERE user=?1 AND (?2='' OR room=(SELECT room FROM rooms WHERE id=?2)) AND "
         "NOT "
         "EXISTS(SELECT 1 FROM events WHERE key=(triggers.room<<?3|triggers.offset) AND length(json)>0)"},
    };
    return database.prepare(all);
}

void StoreErasing::release()
{
    for (sqlite::Statement *const each :
         {&m_rooms, &m_eraseOne, &m_place, &m_eraseOfUser, &m_forgetOne, &m_forgetOfUser})
        *each = {};
}

Result<void> StoreErasing::begin(Job &job)
{
    job.isBegun = true;
    m_rooms.bind(1, job.asked.which.roomId);
    for (;;) {
        const Result<bool> row = m_rooms.step();
        if (!row)
            return row.error();
        if (!*row)
            return {};
        job.rooms.push_back(static_cast<quint64>(m_rooms.integer(0)));
    }
}

Result<void> StoreErasing::eraseOne(sqlite::Database &database, Job &job)
{
    const quint64 room = std::exchange(job.rooms, {}).back();
    const Erasure &which = job.asked.which;
    if (const auto done = m_eraseOne.bind(1, eventKey(room, which.offset)).bind(2, which.upTo).run(); !done)
        return done;
    if (job.count += database.changes(); job.count == 0)
        return {};
    return m_forgetOne.bind(1, room).bind(2, which.offset).run();
}

Result<int> StoreErasing::eraseSome(sqlite::Database &database, Job &job)
{
    constexpr int least = 10; // What it costs to look into a room that has none.
    const quint64 room = job.rooms.back();
    const Erasure &which = job.asked.which;
    const qint64 from = std::max(job.from, eventKey(room, 0));
    const auto there = m_place.bind(1, from).bind(2, lastKey(room)).bind(3, AtOnce - 1).step();
    if (!there)
        return there.error();
    const qint64 to = *there ? m_place.integer(0) : lastKey(room);
    m_place.reset();
    m_eraseOfUser.bind(1, from).bind(2, to).bind(3, which.user).bind(4, which.upTo);
    if (const auto done = m_eraseOfUser.run(); !done)
        return done.error();
    const int changed = database.changes();
    job.count += changed;
    job.from = *there ? to + 1 : 0;
    if (!*there)
        job.rooms.pop_back();
    return *there ? AtOnce : least + changed;
}

Result<void> StoreErasing::step(sqlite::Database &database)
{
    Job &job = m_waiting.front();
    const Erasure &which = job.asked.which;
    // What is overwritten is not to be left in pages that nothing uses.
    const Result<qint64> before = database.number("PRAGMA secure_delete");
    if (!before)
        return before.error();
    if (const auto set = database.execute("PRAGMA secure_delete=ON"); !set)
        return set;
    const auto done = [&]() -> Result<void> {
        if (!job.isBegun) {
            if (const auto begun = begin(job); !begun)
                return begun;
        }
        if (which.offset > 0)
            return job.rooms.empty() ? Result<void>() : eraseOne(database, job);
        for (int looked = 0; looked < AtOnce && !job.rooms.empty();) {
            const Result<int> more = eraseSome(database, job);
            if (!more)
                return more.error();
            looked += *more;
        }
        if (!job.rooms.empty())
            return {};
        return m_forgetOfUser.bind(1, which.user).bind(2, which.roomId).bind(3, OffsetBits).run();
    }();
    if (*before != 1) {
        if (const auto set
            = database.execute(*before == 2 ? "PRAGMA secure_delete=FAST" : "PRAGMA secure_delete=OFF");
            !set)
            return set;
    }
    if (done && job.rooms.empty()) {
        m_erased.push_back(std::move(job));
        m_waiting.pop_front();
    }
    return done;
}

void StoreErasing::fail(const Error &error)
{
    const auto tell = [&error](Job &job) {
        job.asked.answer(
            Error{ErrorCode::Unavailable,
                  QStringLiteral("Not all could be erased in the store (%1); try again").arg(error.message)});
    };
    for (Job &job : std::exchange(m_waiting, {}))
        tell(job);
    for (Job &job : std::exchange(m_erased, {}))
        tell(job);
}

void StoreErasing::emptied()
{
    for (Job &job : std::exchange(m_erased, {}))
        job.asked.answer(job.count);
}

} // namespace dialogue::store
