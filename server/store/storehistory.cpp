#include "server/store/storehistory.h"

#include "server/store/attachments.h"
#include "server/store/storefile.h"
#include "server/store/storeschema.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace dialogue::store {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds LongestRead{5}; ///< Others wait behind it, and the log cannot be emptied.

/** Of columns key, seq, time, json, attachments. */
Result<KeptEvent> eventIn(const sqlite::Statement &row)
{
    Result<QList<QByteArray>> attachments = unpackAttachments(row.blob(4));
    if (!attachments)
        return attachments.error();
    return KeptEvent{.position = {.offset = offsetOf(row.integer(0)),
                                  .seq = static_cast<quint64>(row.integer(1)),
                                  .time = row.integer(2)},
                     .json = row.blob(3),
                     .attachments = std::move(*attachments)};
}

qint64 sizeOf(const KeptEvent &event)
{
    qint64 size = event.json.size();
    for (const QByteArray &attachment : event.attachments)
        size += attachment.size();
    return size;
}

} // namespace

Result<std::unique_ptr<StoreHistory>> StoreHistory::open(const QString &path)
{
    Result<sqlite::Database> database = StoreFile::reader(path);
    if (!database)
        return database.error();
    std::unique_ptr<StoreHistory> history(new StoreHistory(std::move(*database)));
    const std::array<sqlite::Database::ToPrepare, 5> all{
        {{&history->m_room, "SELECT room FROM rooms WHERE id=?1 AND stream=?2"},
         {&history->m_ofEvent,
          "SELECT key,seq,time,json,attachments FROM events WHERE length(json)>0 AND name=(SELECT name FROM "
          "names WHERE "
          "room=?4 AND event=?5) AND key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT -1 OFFSET ?3"},
         {&history->m_ofHistories,
          "SELECT key,seq,time,json,attachments FROM events WHERE length(json)>0 AND name IS NOT NULL AND "
          "key BETWEEN ?1 AND ?2 "
          "ORDER BY key DESC LIMIT -1 OFFSET ?3"},
         {&history->m_ofAll,
          "SELECT key,seq,time,json,attachments FROM events WHERE length(json)>0 AND key BETWEEN ?1 AND ?2 "
          "ORDER BY key DESC LIMIT -1 OFFSET ?3"},
         {&history->m_time, "SELECT key,time FROM events WHERE key BETWEEN ?1 AND ?2 ORDER BY key LIMIT 1"}}};
    if (const auto prepared = history->m_database.prepare(all); !prepared)
        return prepared.error();
    history->m_thread = std::thread([reader = history.get()] { reader->run(); });
    return history;
}

StoreHistory::~StoreHistory()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

QFuture<Result<LogPage>> StoreHistory::read(LogQuery query, std::stop_token stop)
{
    Waiting waiting{.query = std::move(query), .stop = std::move(stop)};
    waiting.promise.start();
    QFuture<Result<LogPage>> page = waiting.promise.future();
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(std::move(waiting));
    }
    m_wake.notify_one();
    return page;
}

void StoreHistory::run()
{
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_isEnding || !m_waiting.empty(); });
        if (m_isEnding)
            return;
        Waiting next = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        if (!next.stop.stop_requested()) {
            m_database.goOnWhile([stop = next.stop, until = Clock::now() + LongestRead] {
                return !stop.stop_requested() && Clock::now() < until;
            });
            next.promise.addResult(read(next.query));
        }
        next.promise.finish();
    }
}

Result<quint64> StoreHistory::firstAt(quint64 room, protocol::OffsetRange offsets, qint64 time)
{
    quint64 first = offsets.from;
    for (quint64 end = offsets.to + 1; first < end;) {
        const quint64 middle = first + (end - first) / 2;
        const auto found = m_time.bind(1, eventKey(room, middle)).bind(2, eventKey(room, end - 1)).step();
        if (!found)
            return found.error();
        const quint64 next = *found ? offsetOf(m_time.integer(0)) : 0;
        const bool isLater = *found && m_time.integer(1) >= time;
        m_time.reset();
        if (!*found || isLater)
            end = middle; // What lies between is none that there is.
        else
            first = next + 1;
    }
    return first;
}

Result<protocol::OffsetRange> StoreHistory::narrowed(quint64 room, const LogQuery &query)
{
    constexpr quint64 Most = (quint64(1) << OffsetBits) - 1;
    protocol::OffsetRange offsets{.from = query.offsets.from, .to = std::min(query.offsets.to, Most)};
    if (!query.times)
        return offsets;
    const Result<quint64> first = firstAt(room, offsets, query.times->from);
    if (!first)
        return first.error();
    if (query.times->to < std::numeric_limits<qint64>::max()) {
        const Result<quint64> after = firstAt(room, offsets, query.times->to + 1);
        if (!after)
            return after.error();
        offsets.to = *after - 1;
    }
    offsets.from = *first;
    return offsets;
}

Result<LogPage> StoreHistory::read(const LogQuery &query)
{
    LogPage page;
    const Result<bool> found = m_room.bind(1, query.roomId).bind(2, query.stream).step();
    if (!found)
        return found.error();
    if (!*found)
        return page;
    const auto room = static_cast<quint64>(m_room.integer(0));
    m_room.reset();
    const auto offsets = narrowed(room, query);
    if (!offsets)
        return offsets.error();

    const bool isOfEvent = !query.event.isEmpty();
    sqlite::Statement &rows = isOfEvent ? m_ofEvent : query.hasHistory ? m_ofHistories : m_ofAll;
    rows.bind(1, eventKey(room, offsets->from)).bind(2, eventKey(room, offsets->to)).bind(3, query.skip);
    if (isOfEvent)
        rows.bind(4, room).bind(5, query.event);
    for (qint64 bytes = 0;;) {
        const Result<bool> row = rows.step();
        if (!row)
            return row.error();
        if (!*row)
            return page;
        if (query.times && !query.times->contains(rows.integer(2)))
            continue; // The clock was set.
        Result<KeptEvent> event = eventIn(rows);
        if (event)
            bytes += sizeOf(*event);
        const bool fits = event && (page.events.empty() || bytes <= query.bytes);
        page.more = page.events.size() == static_cast<std::size_t>(query.most) || !fits;
        if (page.more)
            rows.reset();
        if (!event)
            return event.error();
        if (page.more)
            return page;
        page.events.push_back(std::move(*event));
    }
}

} // namespace dialogue::store
