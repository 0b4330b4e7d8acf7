#include "server/store/storeerasing.h"

#include "server/store/storeschema.h"

#include <algorithm>
#include <utility>

namespace dialogue::store {

Result<void> StoreErasing::prepare(sqlite::Database &database)
{
    const sqlite::Database::ToPrepare all[] = {
        {&m_rooms, "SELECT room FROM rooms WHERE ?1='' OR id=?1"},
        {&m_countOne, "SELECT count(*) FROM events WHERE key=?1 AND seq<=?2 AND length(json)>0"},
        {&m_countOfUser, "SELECT count(*) FROM events WHERE key BETWEEN ?1 AND ?2 AND sender=?3 AND seq<=?4"},
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
    for (sqlite::Statement *const each : {&m_rooms, &m_countOne, &m_countOfUser, &m_eraseOne, &m_place,
                                          &m_eraseOfUser, &m_forgetOne, &m_forgetOfUser})
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

Result<qint64> StoreErasing::run(sqlite::Database &database, const Job &job, sqlite::Statement &erase,
                                 sqlite::Statement &count)
{
    if (!job.asked.which.onlyCounts) {
        const auto done = erase.run();
        return done ? Result<qint64>(database.changes()) : done.error();
    }
    const Result<bool> row = count.step();
    if (!row)
        return row.error();
    const qint64 found = count.integer(0);
    count.reset();
    return found;
}

Result<void> StoreErasing::eraseOne(sqlite::Database &database, Job &job)
{
    const quint64 room = std::exchange(job.rooms, {}).back();
    const Erasure &which = job.asked.which;
    for (sqlite::Statement *const each : {&m_eraseOne, &m_countOne})
        each->bind(1, eventKey(room, which.offset)).bind(2, which.upTo);
    const Result<qint64> done = run(database, job, m_eraseOne, m_countOne);
    if (!done)
        return done.error();
    if (job.count = *done; job.count == 0 || which.onlyCounts)
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
    for (sqlite::Statement *const each : {&m_eraseOfUser, &m_countOfUser})
        each->bind(1, from).bind(2, to).bind(3, which.user).bind(4, which.upTo);
    const Result<qint64> changed = run(database, job, m_eraseOfUser, m_countOfUser);
    if (!changed)
        return changed.error();
    job.count += *changed;
    job.from = *there ? to + 1 : 0;
    if (!*there)
        job.rooms.pop_back();
    return *there ? AtOnce : least + static_cast<int>(*changed);
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
        if (!job.rooms.empty() || which.onlyCounts)
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
        if (which.onlyCounts)
            tell(job, job.count);
        else
            m_erased.push_back(std::move(job));
        m_waiting.pop_front();
    }
    return done;
}

void StoreErasing::tell(const Job &job, Result<qint64> &&said)
{
    m_answers.post(job.asked.answer(std::move(said)));
}

void StoreErasing::fail(const Error &error)
{
    const Error told{
        ErrorCode::Unavailable,
        QStringLiteral("Not all could be erased in the store (%1); try again").arg(error.message)};
    for (const Job &job : std::exchange(m_waiting, {}))
        tell(job, told);
    for (const Job &job : std::exchange(m_erased, {}))
        tell(job, told);
}

void StoreErasing::emptied()
{
    for (const Job &job : std::exchange(m_erased, {}))
        tell(job, job.count);
}

} // namespace dialogue::store
