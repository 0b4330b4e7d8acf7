#include "server/postgres/postgresstore.h"

#include "server/store/attachments.h"

#include <QJsonDocument>
#include <QThread>

#include <algorithm>
#include <array>
#include <utility>

namespace dialogue::postgres {

namespace {

using store::packAttachments;
using store::unpackAttachments;

// "C" compares byte by byte, which is what tells one id from another.
constexpr const char *Tables = R"(
CREATE TABLE IF NOT EXISTS dialogue_rooms (
    room text COLLATE "C" PRIMARY KEY,
    state text NOT NULL
);
CREATE TABLE IF NOT EXISTS dialogue_events (
    room text COLLATE "C" NOT NULL,
    place bigint NOT NULL,         -- the offset
    seq bigint NOT NULL,
    event text COLLATE "C" NOT NULL,
    has_history boolean NOT NULL,
    sender text NOT NULL,
    time bigint NOT NULL,          -- ms since 1970
    json bytea NOT NULL,
    attachments bytea,             -- each with its length before it, four bytes, the highest first
    origin text,
    trigger text,
    PRIMARY KEY (room, place)
);
CREATE INDEX IF NOT EXISTS dialogue_events_by_name ON dialogue_events (room, event, place);
CREATE INDEX IF NOT EXISTS dialogue_events_by_time ON dialogue_events (room, time);
)";

/** One server at a time. "Dlgq", as the file of the other store begins. */
constexpr const char *Lock = "SELECT pg_try_advisory_lock(1147955057)";

/** Of no row: it is refused where the database may only be read, and where this user may not write. */
constexpr const char *TrialWrite = "INSERT INTO dialogue_events SELECT * FROM dialogue_events WHERE false";

constexpr std::array<std::pair<const char *, const char *>, 16> Statements{
    {{"lock", Lock},
     {"rooms", "SELECT room,state FROM dialogue_rooms"},
     {"insert", "INSERT INTO dialogue_events VALUES($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)"},
     {"is there", "SELECT seq FROM dialogue_events WHERE room=$1 AND place=$2"},
     {"load",
      "SELECT place,seq,event,has_history,sender,time,json,attachments,origin,trigger FROM dialogue_events "
      "WHERE length(json)>0 AND room=$1 AND place BETWEEN $2 AND $3 AND time BETWEEN $4 AND $5 AND ($6='' OR "
      "event=$6) AND "
      "(NOT $7::boolean OR has_history) ORDER BY place DESC LIMIT $8 OFFSET $9"},
     {"state",
      "INSERT INTO dialogue_rooms VALUES($1,$2) ON CONFLICT (room) DO UPDATE SET state=EXCLUDED.state"},
     {"newest", "SELECT coalesce(max(place),0) FROM dialogue_events WHERE room=$1"},
     {"let go of unnamed",
      "WITH gone AS (DELETE FROM dialogue_events WHERE room=$1 AND place<=$2 AND NOT has_history RETURNING "
      "place) SELECT coalesce(max(place),0) FROM gone"},
     {"let go of named",
      "WITH gone AS (DELETE FROM dialogue_events WHERE room=$1 AND event=$3 AND has_history AND place<=$2 "
      "AND "
      "place<=(SELECT place FROM dialogue_events WHERE room=$1 AND event=$3 AND has_history ORDER BY place "
      "DESC LIMIT 1 OFFSET $4) RETURNING place) SELECT coalesce(max(place),0) FROM gone"},
     {"let go of old",
      "WITH gone AS (DELETE FROM dialogue_events WHERE room=$1 AND time<$2 RETURNING place) SELECT "
      "coalesce(max(place),0) FROM gone"},
     {"count one",
      "SELECT count(*) FROM dialogue_events WHERE room=$1 AND place=$2 AND seq<=$3 AND length(json)>0"},
     {"count a user's",
      "SELECT count(*) FROM dialogue_events WHERE ($1='' OR room=$1) AND sender=$2 AND seq<=$3 AND "
      "length(json)>0"},
     {"erase one",
      "WITH erased AS (UPDATE dialogue_events SET "
      "json='',sender='',attachments=NULL,origin=NULL,trigger=NULL "
      "WHERE room=$1 AND place=$2 AND seq<=$3 AND length(json)>0 RETURNING 1) SELECT count(*) FROM erased"},
     {"erase a user's",
      "WITH erased AS (UPDATE dialogue_events SET "
      "json='',sender='',attachments=NULL,origin=NULL,trigger=NULL "
      "WHERE ($1='' OR room=$1) AND sender=$2 AND seq<=$3 AND length(json)>0 RETURNING 1) SELECT count(*) "
      "FROM erased"},
     {"forget events", "DELETE FROM dialogue_events WHERE room=$1"},
     {"forget room", "DELETE FROM dialogue_rooms WHERE room=$1"}}};

Values rowOf(const StoredEvent &event)
{
    const QByteArray attachments = packAttachments(event.attachments);
    return {event.roomId,
            static_cast<qint64>(event.offset),
            static_cast<qint64>(event.seq),
            event.event,
            Value::boolean(event.hasHistory),
            event.from,
            event.timestamp,
            Value::blob(event.json),
            attachments.isEmpty() ? Value() : Value::blob(attachments),
            event.trigger ? Value(event.trigger->origin) : Value(),
            event.trigger ? Value(event.trigger->id) : Value()};
}

Result<StoredEvent> eventIn(const Rows &rows, int row, const QString &roomId)
{
    StoredEvent event{.roomId = roomId,
                      .offset = static_cast<quint64>(rows.number(row, 0)),
                      .seq = static_cast<quint64>(rows.number(row, 1)),
                      .event = rows.text(row, 2),
                      .hasHistory = rows.boolean(row, 3),
                      .from = rows.text(row, 4),
                      .timestamp = rows.number(row, 5),
                      .json = rows.blob(row, 6)};
    if (!rows.isNull(row, 7)) {
        auto attachments = unpackAttachments(rows.blob(row, 7));
        if (!attachments)
            return attachments.error();
        event.attachments = *std::move(attachments);
    }
    if (!rows.isNull(row, 9))
        event.trigger = StoredTrigger{.origin = rows.text(row, 8), .id = rows.text(row, 9)};
    return event;
}

} // namespace

Result<std::unique_ptr<PostgresStore>> PostgresStore::open(const QString &url)
{
    std::unique_ptr<PostgresStore> store(new PostgresStore(url));
    if (const auto connected = store->connect(); !connected)
        return connected.error();
    return store;
}

Result<void> PostgresStore::connect()
{
    if (m_connection && !m_connection->isBroken())
        return {};
    m_connection.reset();
    Result<Connection> opened = Connection::open(m_url);
    if (!opened)
        return opened.error();
    if (const auto made = opened->execute(Tables); !made)
        return made;
    for (const auto &[name, sql] : Statements) {
        if (const auto prepared = opened->prepare(name, sql); !prepared)
            return prepared;
    }
    const Result<Rows> locked = opened->query("lock", {});
    if (!locked)
        return locked.error();
    if (!locked->boolean(0, 0)) {
        return Error{ErrorCode::ConfigError,
                     QStringLiteral("Another server uses this database; stop that one, or name another")};
    }
    m_connection = *std::move(opened);
    return {};
}

Result<QList<StoredRoom>> PostgresStore::loadRooms()
{
    if (const auto connected = connect(); !connected)
        return connected.error();
    const Result<Rows> rows = m_connection->query("rooms", {});
    if (!rows)
        return rows.error();
    QList<StoredRoom> rooms;
    for (int row = 0; row < rows->count(); ++row)
        rooms.append({.roomId = rows->text(row, 0),
                      .state = QJsonDocument::fromJson(rows->text(row, 1).toUtf8()).object()});
    return rooms;
}

Result<void> PostgresStore::insert(const QList<StoredEvent> &events)
{
    QList<Values> rows;
    rows.reserve(events.size());
    for (const StoredEvent &event : events)
        rows.append(rowOf(event));
    if (const auto begun = m_connection->execute("BEGIN"); !begun)
        return begun;
    const Result<void> inserted = m_connection->forEach("insert", rows);
    if (!inserted)
        (void)m_connection->execute("ROLLBACK");
    return inserted;
}

Result<void> PostgresStore::saveEvents(const QList<StoredEvent> &events)
{
    if (const auto connected = connect(); !connected)
        return connected;
    if (events.isEmpty())
        return m_connection->execute(TrialWrite);
    if (const auto inserted = insert(events); !inserted)
        return inserted;
    const Result<void> committed = m_connection->execute("COMMIT");
    if (!committed && m_connection->isBroken())
        return wasCommitted(events.constLast(), committed.error());
    return committed;
}

Result<void> PostgresStore::wasCommitted(const StoredEvent &last, const Error &why)
{
    constexpr int Attempts = 10;
    for (int attempt = 0; attempt < Attempts; ++attempt) {
        QThread::msleep(500);
        if (!connect())
            continue;
        const Result<Rows> found
            = m_connection->query("is there", {last.roomId, static_cast<qint64>(last.offset)});
        if (!found)
            continue;
        const bool isOurs = found->count() == 1 && found->number(0, 0) == static_cast<qint64>(last.seq);
        return isOurs ? Result<void>() : why;
    }
    return Error{ErrorCode::Unavailable,
                 QStringLiteral("%1; whether it was stored, nobody knows").arg(why.message)};
}

Result<QList<StoredEvent>> PostgresStore::loadEvents(const QString &roomId, const EventQuery &query)
{
    if (const auto connected = connect(); !connected)
        return connected.error();
    const Result<Rows> rows
        = m_connection->query("load",
                              {roomId, static_cast<qint64>(query.from), static_cast<qint64>(query.to),
                               query.fromTime, query.toTime, query.event, Value::boolean(query.hasHistory),
                               static_cast<qint64>(query.limit), static_cast<qint64>(query.skip)});
    if (!rows)
        return rows.error();
    QList<StoredEvent> events;
    events.reserve(rows->count());
    for (int row = 0; row < rows->count(); ++row) {
        Result<StoredEvent> event = eventIn(*rows, row, roomId);
        if (!event)
            return event.error();
        events.append(*std::move(event));
    }
    return events;
}

Result<void> PostgresStore::saveRoomState(const QString &roomId, const QJsonObject &state)
{
    if (const auto connected = connect(); !connected)
        return connected;
    const auto saved = m_connection->query(
        "state", {roomId, QString::fromUtf8(QJsonDocument(state).toJson(QJsonDocument::Compact))});
    return saved ? Result<void>() : saved.error();
}

Result<void> PostgresStore::deleteRoom(const QString &roomId)
{
    if (const auto connected = connect(); !connected)
        return connected;
    for (const char *statement : {"forget events", "forget room"}) {
        if (const auto done = m_connection->query(statement, {roomId}); !done)
            return done.error();
    }
    return {};
}

Result<quint64> PostgresStore::letGo(const QString &roomId, const EventsToKeep &keep)
{
    if (const auto connected = connect(); !connected)
        return connected.error();
    const Result<Rows> newest = m_connection->query("newest", {roomId});
    if (!newest)
        return newest.error();
    const qint64 bound = newest->number(0, 0) - keep.newest;
    qint64 gone = 0;
    Result<void> done;
    const auto remove = [&](const char *statement, const Values &values) {
        const Result<Rows> rows = done ? m_connection->query(statement, values) : Result<Rows>(done.error());
        if (rows)
            gone = std::max(gone, rows->number(0, 0));
        else
            done = rows.error();
    };
    remove("let go of unnamed", {roomId, bound});
    for (auto history = keep.histories.cbegin(); history != keep.histories.cend(); ++history)
        remove("let go of named", {roomId, bound, history.key(), static_cast<qint64>(history.value())});
    if (keep.fromTime)
        remove("let go of old", {roomId, *keep.fromTime});
    if (!done)
        return done.error();
    return static_cast<quint64>(gone);
}

Result<qint64> PostgresStore::eraseEvents(const EventsToErase &which)
{
    if (const auto connected = connect(); !connected)
        return connected.error();
    const auto upTo = static_cast<qint64>(which.upToSeq);
    const Result<Rows> rows = which.offset > 0
        ? m_connection->query(which.onlyCounts ? "count one" : "erase one",
                              {which.roomId, static_cast<qint64>(which.offset), upTo})
        : m_connection->query(which.onlyCounts ? "count a user's" : "erase a user's",
                              {which.roomId, which.from, upTo});
    if (!rows)
        return rows.error();
    return rows->number(0, 0);
}

} // namespace dialogue::postgres
