#include "server/store/storereader.h"

#include "server/store/attachments.h"
#include "server/store/storefile.h"
#include "server/store/storeschema.h"

#include <algorithm>
#include <utility>

namespace dialogue::store {

namespace {

/** Calls \a take for each row. */
template <class Take>
Result<void> forEach(Result<sqlite::Statement> &&statement, Take take)
{
    if (!statement)
        return statement.error();
    for (;;) {
        const Result<bool> row = statement->step();
        if (!row)
            return row.error();
        if (!*row)
            return {};
        if (const Result<void> taken = take(*statement); !taken)
            return taken;
    }
}

Result<sqlite::Statement> bound(Result<sqlite::Statement> &&statement, auto... values)
{
    if (statement) {
        int place = 0;
        (statement->bind(++place, values), ...);
    }
    return std::move(statement);
}

/** Of columns key, seq, json: only that there was one is left. */
bool isErased(const sqlite::Statement &row) { return row.blob(2).isEmpty(); }

Durability durabilityOf(qint64 number)
{
    return number >= 0 && number <= static_cast<int>(Durability::Sync) ? static_cast<Durability>(number)
                                                                       : Durability::None;
}

} // namespace

Result<StoreReader> StoreReader::open(const QString &path)
{
    Result<sqlite::Database> database = StoreFile::reader(path);
    if (!database)
        return database.error();
    return StoreReader(std::move(*database));
}

Result<QHash<QString, KnownRoom>> StoreReader::rooms()
{
    QHash<QString, KnownRoom> rooms;
    const auto read = forEach(
        m_database.prepare("SELECT id,room,stream,durability,offset,completeAfter,declaration FROM rooms "
                           "WHERE id IS NOT NULL"),
        [&rooms](const sqlite::Statement &row) -> Result<void> {
            rooms.insert(row.text(0),
                         {.room = static_cast<quint64>(row.integer(1)),
                          .stream = static_cast<quint64>(row.integer(2)),
                          .durability = durabilityOf(row.integer(3)),
                          .offset = static_cast<quint64>(row.integer(4)),
                          .completeAfter = static_cast<quint64>(row.integer(5)),
                          .declaration = row.text(6).toUtf8()});
            return {};
        });
    if (!read)
        return read.error();
    return rooms;
}

Result<QList<quint64>> StoreReader::droppedRooms()
{
    QList<quint64> rooms;
    const auto read = forEach(m_database.prepare("SELECT room FROM rooms WHERE id IS NULL"),
                              [&rooms](const sqlite::Statement &row) -> Result<void> {
                                  rooms.append(static_cast<quint64>(row.integer(0)));
                                  return {};
                              });
    if (!read)
        return read.error();
    return rooms;
}

Result<quint64> StoreReader::lastRoom()
{
    const Result<qint64> last = m_database.number("SELECT seq FROM sqlite_sequence WHERE name='rooms'");
    if (!last)
        return last.error();
    return static_cast<quint64>(*last);
}

Result<quint64> StoreReader::lastSeq(const QHash<QString, KnownRoom> &rooms)
{
    auto newest
        = m_database.prepare("SELECT seq FROM events WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT 1");
    if (!newest)
        return newest.error();
    quint64 last = 0;
    for (const KnownRoom &room : rooms) {
        const auto row = newest->bind(1, eventKey(room.room, 0)).bind(2, lastKey(room.room)).step();
        if (!row)
            return row.error();
        if (*row)
            last = std::max(last, static_cast<quint64>(newest->integer(0)));
        newest->reset();
    }
    return last;
}

Result<QHash<quint64, std::vector<KeptTrigger>>> StoreReader::triggers(int most)
{
    QHash<quint64, std::vector<KeptTrigger>> triggers;
    const auto read = forEach(
        bound(m_database.prepare("SELECT room,user,origin,id,event,offset,time FROM (SELECT * FROM triggers "
                                 "ORDER BY number DESC LIMIT ?1) ORDER BY number"),
              most),
        [&triggers](const sqlite::Statement &row) -> Result<void> {
            triggers[static_cast<quint64>(row.integer(0))].push_back(
                {.user = row.text(1),
                 .origin = row.text(2),
                 .id = row.text(3),
                 .event = row.text(4),
                 .offset = static_cast<quint64>(row.integer(5)),
                 .timestamp = row.integer(6)});
            return {};
        });
    if (!read)
        return read.error();
    return triggers;
}

/** Of columns key, seq, json, attachments. */
Result<KeptEvent> StoreReader::eventOf(const sqlite::Statement &row)
{
    KeptEvent event{.position
                    = {.offset = offsetOf(row.integer(0)), .seq = static_cast<quint64>(row.integer(1))},
                    .json = row.blob(2),
                    .attachments = {}};
    Result<QList<QByteArray>> attachments = unpackAttachments(row.blob(3));
    if (!attachments)
        return attachments.error();
    event.attachments = std::move(*attachments);
    return event;
}

Result<void> StoreReader::readRecent(quint64 room, int most, qint64 bytes, OpenedLog &log)
{
    // One more than it takes tells where it begins.
    bool isWhole = true;
    const auto read = forEach(
        bound(m_database.prepare("SELECT key,seq,json,attachments FROM events WHERE key BETWEEN ?1 AND ?2 "
                                 "ORDER BY key DESC LIMIT ?3"),
              eventKey(room, log.completeAfter + 1), lastKey(room), qint64(most) + 1),
        [&](const sqlite::Statement &row) -> Result<void> {
            if (!isWhole)
                return {};
            if (isErased(row)) {
                log.offset = std::max(log.offset, offsetOf(row.integer(0)));
                return {};
            }
            Result<KeptEvent> event = eventOf(row);
            if (!event)
                return event.error();
            bytes -= event->json.size();
            log.offset = std::max(log.offset, event->position.offset);
            if (log.recent.size() == static_cast<std::size_t>(most) || bytes < 0) {
                isWhole = false;
                log.completeAfter = event->position.offset;
            } else {
                log.recent.push_back(std::move(*event));
            }
            return {};
        });
    std::ranges::reverse(log.recent);
    return read;
}

Result<void> StoreReader::readHistory(quint64 room, const QString &event, int limit, OpenedLog &log)
{
    return forEach(
        bound(m_database.prepare("SELECT key,seq,json,attachments FROM events WHERE length(json)>0 AND "
                                 "name=(SELECT name FROM names "
                                 "WHERE room=?1 AND event=?2) AND key<=?3 ORDER BY key DESC LIMIT ?4"),
              room, event, eventKey(room, log.completeAfter), limit),
        [&log](const sqlite::Statement &row) -> Result<void> {
            Result<KeptEvent> kept = eventOf(row);
            if (!kept)
                return kept.error();
            log.older.push_back(std::move(*kept));
            return {};
        });
}

Result<void> StoreReader::readHistories(quint64 room, const StorePolicy &policy, OpenedLog &log)
{
    for (auto history = policy.histories.cbegin(); history != policy.histories.cend(); ++history) {
        if (const auto read = readHistory(room, history.key(), history.value(), log); !read)
            return read;
    }
    std::ranges::sort(log.older, {}, [](const KeptEvent &event) { return event.position.offset; });
    return {};
}

Result<QList<StoredSchema>> StoreReader::hold(quint64 room, const RoomConfig &declared,
                                              const SchemaGuard::Replace &replace)
{
    if (!m_schemas) {
        Result<SchemaGuard> prepared = SchemaGuard::prepare(m_database);
        if (!prepared)
            return prepared.error();
        m_schemas = *std::move(prepared);
    }
    return m_schemas->check(room, declared, SchemaGuard::Newest, replace);
}

Result<OpenedLog> StoreReader::log(const KnownRoom &room, const StorePolicy &policy, qint64 recoveryBytes)
{
    OpenedLog log{.stream = room.stream, .offset = room.offset, .completeAfter = room.completeAfter};
    if (const auto read = readRecent(room.room, policy.recoveryEvents, recoveryBytes, log); !read)
        return read.error();
    if (const auto read = readHistories(room.room, policy, log); !read)
        return read.error();
    return log;
}

} // namespace dialogue::store
