#include "server/store/storewriter.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"

#include <QDateTime>

#include <algorithm>
#include <iterator>
#include <utility>

namespace dialogue::store {

namespace {

constexpr std::size_t MostInGroup = 5000;
constexpr qint64 MostBytesInGroup = 4 * 1024 * 1024;
constexpr std::chrono::seconds SyncAfter{1};
constexpr std::chrono::seconds LookAfter{60}; ///< From one look at ages to the next.
constexpr std::chrono::milliseconds EmptyAfter{50}; ///< From one attempt to empty the log to the next.
constexpr int LongLog = 4000; ///< Pages of the write-ahead log.

} // namespace

StoreWriter::StoreWriter(StoreFile &file, int triggers, Mailbox<StoreAnswer> &answers)
    : m_file(file)
    , m_answers(answers)
    , m_trim(triggers)
{ }

StoreWriter::~StoreWriter()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

Result<void> StoreWriter::start()
{
    auto tables = StoreTables::prepare(m_file.database());
    if (!tables)
        return tables.error();
    m_tables.emplace(std::move(*tables));
    if (const auto trims = m_trim.prepare(m_file.database()); !trims)
        return trims;
    if (const auto erases = m_erasing.prepare(m_file.database()); !erases)
        return erases;
    m_thread = std::thread([this] { run(); });
    return {};
}

qint64 StoreWriter::bytesOf(const StoreOp &op)
{
    constexpr qint64 each = sizeof(StoreOp);
    const auto *const event = std::get_if<AppendEvent>(&op);
    return event ? each + event->publication->heapSize() : each;
}

void StoreWriter::post(StoreOp &&op)
{
    m_queuedBytes.fetch_add(bytesOf(op), std::memory_order_relaxed);
    bool wasEmpty = false;
    {
        const std::lock_guard lock(m_mutex);
        wasEmpty = m_waiting.empty();
        m_waiting.push_back(std::move(op));
    }
    if (wasEmpty)
        m_wake.notify_one();
}

std::optional<Error> StoreWriter::trouble() const
{
    if (isWritable())
        return std::nullopt;
    const std::lock_guard lock(m_mutex);
    return m_trouble;
}

StoreCounters StoreWriter::counters() const
{
    const std::lock_guard lock(m_mutex);
    return {.events = m_events,
            .commits = m_commits,
            .commitTimes = m_commitTimes,
            .lastSync = m_syncedAt,
            .syncs = m_syncs,
            .failedCommits = m_failedCommits,
            .trimmed = m_trimmed,
            .queuedBytes = m_queuedBytes,
            .isWritable = m_isWritable};
}

void StoreWriter::run()
{
    while (take()) {
        if (!isWritable())
            tryAgain();
        if (isWritable())
            writeTaken();
        if (isWritable())
            syncIfDue();
        if (isWritable())
            keepLogShort();
        if (isWritable() && m_next == m_taken.size())
            eraseSome();
        if (isWritable() && m_next == m_taken.size())
            trimSome();
    }
    end();
}

bool StoreWriter::take()
{
    if (m_next == m_taken.size()) {
        m_taken.clear();
        m_next = 0;
    }
    std::unique_lock lock(m_mutex);
    if (!isWritable()) {
        m_wake.wait_for(lock, RetryAfter, [this] { return m_isEnding; });
    } else if (m_trim.isIdle() && !m_erasing.hasMore()) {
        Clock::time_point until = m_isUnsynced ? m_lastSync + SyncAfter : m_lastLook + LookAfter;
        if (!m_erasing.isIdle())
            until = std::min(until, Clock::now() + EmptyAfter);
        m_wake.wait_until(lock, until, [this] { return m_isEnding || !m_waiting.empty(); });
    }
    if (m_taken.empty())
        m_taken.swap(m_waiting);
    else
        std::ranges::move(std::exchange(m_waiting, {}), std::back_inserter(m_taken));
    return !m_isEnding;
}

std::size_t StoreWriter::endOfGroup(bool &syncs) const
{
    qint64 bytes = 0;
    std::size_t end = m_next;
    for (; end < m_taken.size() && end - m_next < MostInGroup && bytes < MostBytesInGroup; ++end) {
        const auto *const event = std::get_if<AppendEvent>(&m_taken[end]);
        if (!event)
            continue;
        bytes += event->publication->size();
        syncs = syncs || event->syncs;
    }
    return end;
}

void StoreWriter::writeTaken()
{
    while (m_next < m_taken.size()) {
        bool syncs = m_isUnsynced && Clock::now() - m_lastSync >= SyncAfter;
        const std::size_t end = endOfGroup(syncs);
        if (const auto written = writeGroup(end, syncs); !written) {
            failed(end, written.error());
            return;
        }
        succeeded(end);
    }
}

Result<void> StoreWriter::setSync(bool full)
{
    if (std::exchange(m_syncsFully, full) == full)
        return {};
    return m_file.database().execute(full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
}

Result<void> StoreWriter::writeGroup(std::size_t end, bool syncs)
{
    const Clock::time_point began = Clock::now();
    sqlite::Database &database = m_file.database();
    if (const auto set = setSync(syncs); !set)
        return set;
    if (const auto begun = database.execute("BEGIN IMMEDIATE"); !begun)
        return begun;
    for (std::size_t i = m_next; i < end; ++i) {
        const auto written = write(m_taken[i]);
        if (!written && database.trouble() != sqlite::Trouble::Other)
            return written;
    }
    if (const auto committed = database.execute("COMMIT"); !committed)
        return committed;
    ++m_commits;
    m_isUnsynced = !syncs;
    if (syncs) {
        ++m_syncs;
        m_lastSync = Clock::now();
    }
    const std::lock_guard lock(m_mutex);
    m_commitTimes.add(Clock::now() - began);
    if (syncs)
        m_syncedAt = QDateTime::currentMSecsSinceEpoch();
    return {};
}

Result<void> StoreWriter::write(StoreOp &op)
{
    Result<void> written;
    if (auto *const event = std::get_if<AppendEvent>(&op)) {
        if (isVoid(*event))
            return {};
        written = m_tables->append(*event);
        if (!written && m_file.database().trouble() == sqlite::Trouble::Other) {
            // The others can do without it, but for those behind it in its log.
            event->log->generation.store(event->generation + 1, std::memory_order_release);
        }
    } else if (const auto *const made = std::get_if<MakeRoom>(&op)) {
        written = m_tables->make(*made);
    } else if (const auto *const declared = std::get_if<DeclareRoom>(&op)) {
        written = m_tables->declare(*declared);
    } else if (const auto *const renewed = std::get_if<RenewRoom>(&op)) {
        written = m_tables->renew(*renewed);
    } else if (const auto *const dropped = std::get_if<DropRoom>(&op)) {
        written = m_tables->drop(*dropped);
    } else if (const auto *const held = std::get_if<HoldSchemas>(&op)) {
        written = m_tables->hold(*held);
    } else if (const auto *const replaced = std::get_if<ReplaceEvents>(&op)) {
        written = m_tables->replace(*replaced);
    }
    if (!written)
        qCCritical(lcStore).noquote() << "Not stored:" << printable(written.error().message);
    return written;
}

void StoreWriter::succeeded(std::size_t end)
{
    for (; m_next < end; ++m_next) {
        StoreOp &op = m_taken[m_next];
        m_queuedBytes.fetch_sub(bytesOf(op), std::memory_order_relaxed);
        if (auto *const event = std::get_if<AppendEvent>(&op)) {
            if (isVoid(*event)) {
                answer(*event, Error{ErrorCode::IoError, QStringLiteral("The event could not be stored")});
                continue;
            }
            ++m_events;
            m_trim.stored(event->log->room, event->publication->offset());
            answer(*event, {});
        } else if (const auto *const declared = std::get_if<DeclareRoom>(&op)) {
            m_trim.declare(declared->room, declared->policy);
        } else if (const auto *const dropped = std::get_if<DropRoom>(&op)) {
            m_trim.drop(dropped->room);
        } else if (auto *const replaced = std::get_if<ReplaceEvents>(&op)) {
            replaced->done.set_value({});
        } else if (auto *const erasing = std::get_if<EraseEvents>(&op)) {
            m_erasing.add(std::move(*erasing));
        }
    }
    m_answers.post(m_said);
}

void StoreWriter::answer(AppendEvent &event, Result<void> &&said)
{
    if (event.promise)
        m_said.push_back({std::move(event.promise), std::move(said)});
}

void StoreWriter::syncIfDue()
{
    if (!m_isUnsynced || Clock::now() - m_lastSync < SyncAfter)
        return;
    if (const auto written = writeGroup(m_next, true); !written)
        failed(m_next, written.error());
}

void StoreWriter::keepLogShort()
{
    if (m_file.database().logPages() < LongLog)
        return;
    // Readers may hold parts of it; the next commit tries again.
    if (const auto moved = m_file.database().checkpoint(false); !moved)
        setTrouble(moved.error());
}

void StoreWriter::eraseSome()
{
    if (m_erasing.hasMore()) {
        sqlite::Database &database = m_file.database();
        const auto erased = [&]() -> Result<void> {
            if (const auto set = setSync(false); !set)
                return set;
            if (const auto begun = database.execute("BEGIN IMMEDIATE"); !begun)
                return begun;
            if (const auto done = m_erasing.step(database); !done)
                return done;
            return database.execute("COMMIT");
        }();
        if (!erased) {
            m_erasing.fail(erased.error());
            failed(m_next, erased.error());
            return;
        }
        m_isUnsynced = true;
    }
    if (m_erasing.hasErased())
        emptyLog();
}

void StoreWriter::emptyLog()
{
    sqlite::Database &database = m_file.database();
    // Somebody may read what it was before; nobody who wants to store something waits for that.
    const auto tried = [&]() -> Result<void> {
        if (const auto set = database.execute("PRAGMA busy_timeout=0"); !set)
            return set;
        const auto emptied = database.checkpoint(true);
        const bool isRead = !emptied && database.trouble() == sqlite::Trouble::Busy;
        if (const auto set = database.execute("PRAGMA busy_timeout=5000"); !set)
            return set;
        if (emptied)
            m_erasing.emptied();
        return isRead ? Result<void>() : emptied;
    }();
    if (!tried)
        setTrouble(tried.error());
}

void StoreWriter::trimSome()
{
    if (const auto now = Clock::now(); now - m_lastLook >= LookAfter) {
        m_lastLook = now;
        m_trim.lookAtAges();
    }
    if (m_trim.isIdle())
        return;
    sqlite::Database &database = m_file.database();
    const Result<int> gone = [&]() -> Result<int> {
        if (const auto set = setSync(false); !set)
            return set.error();
        if (const auto begun = database.execute("BEGIN IMMEDIATE"); !begun)
            return begun.error();
        Result<int> removed = m_trim.step(QDateTime::currentMSecsSinceEpoch());
        if (!removed)
            return removed;
        if (const auto committed = database.execute("COMMIT"); !committed)
            return committed.error();
        return removed;
    }();
    if (!gone) {
        failed(m_next, gone.error());
        return;
    }
    m_trimmed += static_cast<quint64>(*gone);
    if (*gone > 0) {
        // The pages that it leaves are used again; some go back to the system.
        if (const auto given = database.execute("PRAGMA incremental_vacuum(64)"); !given)
            setTrouble(given.error());
    }
}

void StoreWriter::end()
{
    if (!isWritable())
        tryAgain();
    if (isWritable())
        writeTaken();
    if (!isWritable()) {
        qCCritical(lcStore).noquote()
            << "Some events could not be stored at the end; whoever comes back is told";
        return;
    }
    sqlite::Database &database = m_file.database();
    const auto marked = [&]() -> Result<void> {
        if (const auto set = setSync(true); !set)
            return set;
        if (const auto clean = database.execute("INSERT OR REPLACE INTO meta VALUES('clean',1)"); !clean)
            return clean;
        return database.checkpoint(true);
    }();
    if (marked)
        m_erasing.emptied();
    else
        qCCritical(lcStore).noquote()
            << "The store was not left in order:" << printable(marked.error().message);
}

} // namespace dialogue::store
