#include "server/store/storeedit.h"

#include "server/store/storefile.h"
#include "server/store/storereader.h"
#include "server/store/storeschema.h"
#include "server/store/storetool.h"

#include <QDateTime>

#include <functional>
#include <limits>

namespace dialogue::store {

namespace {

using Rooms = QHash<QString, KnownRoom>;

/** Does \a change in one transaction, and leaves the file in order. */
Result<qint64> edit(const QString &path, const QString &room,
                    const std::function<Result<qint64>(sqlite::Database &, const Rooms &)> &change)
{
    if (const auto there = mustBeStore(path); !there)
        return there.error();
    Result<StoreFile> file = StoreFile::open(
        {.adapter = StoreAdapter::Sqlite, .path = path, .onCorruption = OnCorruption::Stop});
    if (!file)
        return file.error();
    Result<StoreReader> reader = StoreReader::open(path);
    if (!reader)
        return reader.error();
    Result<Rooms> rooms = reader->rooms();
    if (!rooms)
        return rooms.error();
    if (!room.isEmpty()) {
        const auto found = rooms->constFind(room);
        if (found == rooms->cend()) {
            return Error{ErrorCode::RoomNotFound,
                         QStringLiteral("The store '%1' has no room '%2'").arg(path, room)};
        }
        *rooms = Rooms{{room, *found}};
    }
    sqlite::Database &database = file->database();
    if (const auto begun = database.execute("PRAGMA secure_delete=ON;BEGIN IMMEDIATE"); !begun)
        return begun.error();
    const Result<qint64> changed = change(database, *rooms);
    if (!changed) {
        (void)database.execute("ROLLBACK");
        return changed;
    }
    if (const auto done = database.execute("INSERT OR REPLACE INTO meta VALUES('clean',1);COMMIT"); !done)
        return done.error();
    // What was overwritten is in the log's older pages until it is emptied.
    if (const auto emptied = database.checkpoint(true); !emptied)
        return emptied.error();
    return changed;
}

/** The key of the first that stays. */
Result<qint64> firstToKeep(sqlite::Database &database, quint64 room, qint64 keep)
{
    if (keep == 0)
        return lastKey(room) + 1;
    Result<sqlite::Statement> oldest = database.prepare(
        "SELECT key FROM events WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT 1 OFFSET ?3");
    if (!oldest)
        return oldest.error();
    const auto row = oldest->bind(1, eventKey(room, 0)).bind(2, lastKey(room)).bind(3, keep - 1).step();
    if (!row)
        return row.error();
    return *row ? oldest->integer(0) : eventKey(room, 0);
}

Result<qint64> trimRoom(sqlite::Database &database, quint64 room, const EventsToTrim &which)
{
    const Result<qint64> first
        = which.keep ? firstToKeep(database, room, *which.keep) : Result<qint64>(lastKey(room) + 1);
    if (!first)
        return first;
    const qint64 before = which.olderThan
        ? QDateTime::currentMSecsSinceEpoch() - static_cast<qint64>(which.olderThan->count())
        : std::numeric_limits<qint64>::max();
    // What has gone of a room is told to who comes back; and its newest offset comes to no other event.
    Result<sqlite::Statement> floor = database.prepare(
        "UPDATE rooms SET offset=max(offset,coalesce((SELECT max(key) FROM events WHERE key BETWEEN ?2 AND "
        "?3),0)&?5),completeAfter=max(completeAfter,coalesce((SELECT max(key) FROM events WHERE key>=?2 AND "
        "key<?4 AND time<?6),0)&?5) WHERE room=?1");
    if (!floor)
        return floor.error();
    floor->bind(1, room)
        .bind(2, eventKey(room, 0))
        .bind(3, lastKey(room))
        .bind(4, *first)
        .bind(5, eventKey(1, 0) - 1)
        .bind(6, before);
    if (const auto noted = floor->run(); !noted)
        return noted.error();
    Result<sqlite::Statement> gone
        = database.prepare("DELETE FROM events WHERE key>=?1 AND key<?2 AND time<?3");
    if (!gone)
        return gone.error();
    if (const auto removed = gone->bind(1, eventKey(room, 0)).bind(2, *first).bind(3, before).run(); !removed)
        return removed.error();
    return database.changes();
}

} // namespace

Result<qint64> trimEvents(const QString &path, const EventsToTrim &which)
{
    return edit(path, which.room, [&which](sqlite::Database &database, const Rooms &rooms) -> Result<qint64> {
        qint64 all = 0;
        for (const KnownRoom &room : rooms) {
            const Result<qint64> gone = trimRoom(database, room.room, which);
            if (!gone)
                return gone;
            all += *gone;
        }
        return all;
    });
}

Result<qint64> eraseEvents(const QString &path, const EventsToErase &which)
{
    return edit(path, which.room, [&which](sqlite::Database &database, const Rooms &rooms) -> Result<qint64> {
        const bool isOne = which.offset > 0;
        Result<sqlite::Statement> erase = database.prepare(
            isOne ? "UPDATE events SET json=x'',sender=NULL,attachments=NULL WHERE key=?1 AND length(json)>0"
                  : "UPDATE events SET json=x'',sender=NULL,attachments=NULL WHERE key BETWEEN ?1 AND ?2 AND "
                    "sender=?3");
        if (!erase)
            return erase.error();
        Result<sqlite::Statement> forget
            = database.prepare(isOne ? "DELETE FROM triggers WHERE room=?1 AND offset=?2"
                                     : "DELETE FROM triggers WHERE room=?1 AND user=?2");
        if (!forget)
            return forget.error();
        qint64 all = 0;
        for (const KnownRoom &room : rooms) {
            erase->bind(1, eventKey(room.room, which.offset));
            forget->bind(1, room.room);
            if (isOne) {
                forget->bind(2, which.offset);
            } else {
                erase->bind(2, lastKey(room.room)).bind(3, which.user);
                forget->bind(2, which.user);
            }
            if (const auto erased = erase->run(); !erased)
                return erased.error();
            all += database.changes();
            if (const auto forgotten = forget->run(); !forgotten)
                return forgotten.error();
        }
        return all;
    });
}

} // namespace dialogue::store
