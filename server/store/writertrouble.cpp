// What the writer does when the file cannot be written, and after it.
#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/store/storewriter.h"

namespace dialogue::store {

namespace {

Error cannotStore(const Error &why, std::chrono::milliseconds retryAfter)
{
    return {ErrorCode::Unavailable,
            QStringLiteral("The server cannot store events now (%1); try again").arg(why.message),
            {},
            retryAfter};
}

/** For sure: Unavailable that comes later would mean that nobody knows. */
Error notStored(const Error &why, std::chrono::milliseconds retryAfter)
{
    return {ErrorCode::IoError,
            QStringLiteral("The event could not be stored (%1); try again").arg(why.message),
            {},
            retryAfter};
}

} // namespace

/** Whoever waits is told; what nobody waits for stays, to be tried again. */
void StoreWriter::failed(std::size_t end, const Error &error)
{
    ++m_failedCommits;
    setTrouble(error);
    // It fails where there is no transaction any more.
    if (const auto back = m_file.database().execute("ROLLBACK"); !back)
        qCDebug(lcStore).noquote() << printable(back.error().message);
    m_tables->forget();
    std::vector<StoreOp> left;
    for (std::size_t i = m_next; i < m_taken.size(); ++i) {
        StoreOp &op = m_taken[i];
        if (auto *const replacing = std::get_if<ReplaceEvents>(&op)) {
            m_queuedBytes.fetch_sub(bytesOf(op), std::memory_order_relaxed);
            replacing->done.set_value(error);
            continue;
        }
        if (auto *const erasing = std::get_if<EraseEvents>(&op)) {
            m_queuedBytes.fetch_sub(bytesOf(op), std::memory_order_relaxed);
            m_said.push_back(erasing->answer(*m_trouble));
            continue;
        }
        auto *const event = std::get_if<AppendEvent>(&op);
        if (!event || !event->promise) {
            left.push_back(std::move(op));
            continue;
        }
        m_queuedBytes.fetch_sub(bytesOf(op), std::memory_order_relaxed);
        if (i < end || !isVoid(*event))
            event->log->generation.store(event->generation + 1, std::memory_order_release);
        answer(*event, notStored(error, RetryAfter));
    }
    m_taken = std::move(left);
    m_next = 0;
    m_answers.post(m_said);
}

void StoreWriter::setTrouble(const Error &error)
{
    if (isWritable())
        qCCritical(lcStore).noquote()
            << "The store" << quoted(m_file.path()) << "cannot be written:" << printable(error.message)
            << "- trying again each second";
    const std::lock_guard lock(m_mutex);
    m_trouble = cannotStore(error, RetryAfter);
    m_isWritable.store(false, std::memory_order_relaxed);
}

void StoreWriter::tryAgain()
{
    // A connection that has seen an error of input or output may have pages that are not those of the file.
    m_tables.reset();
    m_trim.release();
    m_erasing.release();
    sqlite::Database &database = m_file.database();
    const auto ready = [&]() -> Result<void> {
        if (const auto reopened = m_file.reopen(); !reopened)
            return reopened;
        m_syncsFully = false;
        if (const auto set = setSync(true); !set)
            return set;
        // A number that nobody reads: to see whether it can be written.
        return database.execute("INSERT OR REPLACE INTO meta VALUES('tried',1)");
    }();
    Result<StoreTables> tables = ready ? StoreTables::prepare(database) : Result<StoreTables>(ready.error());
    if (!tables) {
        setTrouble(tables.error());
        return;
    }
    m_tables.emplace(std::move(*tables));
    if (const auto trims = m_trim.prepare(database); !trims) {
        setTrouble(trims.error());
        return;
    }
    if (const auto erases = m_erasing.prepare(database); !erases) {
        setTrouble(erases.error());
        return;
    }
    m_lastSync = Clock::now();
    qCInfo(lcStore).noquote() << "The store" << quoted(m_file.path()) << "can be written again";
    m_isWritable.store(true, std::memory_order_relaxed);
}

} // namespace dialogue::store
