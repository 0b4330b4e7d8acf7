#include "server/store/storethread.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace dialogue {

EventStore::~EventStore() = default;

Result<quint64> EventStore::letGo(const QString &, const EventsToKeep &) { return 0; }

Result<qint64> EventStore::eraseEvents(const EventsToErase &)
{
    return Error{ErrorCode::NotFound,
                 QStringLiteral("The application's store cannot erase events (EventStore::eraseEvents)")};
}

} // namespace dialogue

namespace dialogue::store {

StoreThread::StoreThread(std::unique_ptr<EventStore> store, Mailbox<StoreAnswer> &answers)
    : m_store(std::move(store))
    , m_answers(answers)
    , m_retryAt(Clock::now())
    , m_thread([this] { run(); })
{ }

StoreThread::~StoreThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

Error StoreThread::thrown(const char *what)
{
    return {ErrorCode::IoError, QStringLiteral("The store threw %1").arg(QString::fromUtf8(what))};
}

void StoreThread::save(Save &&save)
{
    m_queuedBytes.fetch_add(save.bytes, std::memory_order_relaxed);
    {
        const std::lock_guard lock(m_mutex);
        m_newSaves.push_back(std::move(save));
    }
    m_wake.notify_one();
}

void StoreThread::post(Work work)
{
    {
        const std::lock_guard lock(m_mutex);
        m_newWork.push_back(std::move(work));
    }
    m_wake.notify_one();
}

std::optional<Error> StoreThread::trouble() const
{
    const std::lock_guard lock(m_mutex);
    return m_trouble;
}

StoreCounters StoreThread::counters() const
{
    const std::lock_guard lock(m_mutex);
    return {.events = m_events,
            .commits = m_commits,
            .commitTimes = m_commitTimes,
            .failedCommits = m_failedCommits,
            .queuedBytes = m_queuedBytes,
            .isWritable = !m_trouble};
}

void StoreThread::run()
{
    while (take()) {
        work();
        tryAgainIfDue();
        saveSome();
    }
    // What was posted by now is the last.
    work();
    while (!m_saves.empty() && !trouble())
        saveSome();
    if (!m_saves.empty())
        qCCritical(lcStore) << "Events could not be stored at the end:" << m_saves.size();
    else if (m_last)
        attempt(m_last);
    m_store.reset();
}

bool StoreThread::take()
{
    std::unique_lock lock(m_mutex);
    const bool isInTrouble = m_trouble.has_value();
    const auto hasSomething
        = [&] { return m_isEnding || !m_newWork.empty() || (!isInTrouble && !m_newSaves.empty()); };
    if (isInTrouble)
        m_wake.wait_until(lock, m_retryAt, hasSomething);
    else if (m_saves.empty())
        m_wake.wait(lock, hasSomething);
    std::ranges::move(std::exchange(m_newWork, {}), std::back_inserter(m_work));
    std::ranges::move(std::exchange(m_newSaves, {}), std::back_inserter(m_saves));
    return !m_isEnding;
}

void StoreThread::work()
{
    for (const Work &each : std::exchange(m_work, {}))
        attempt(each);
}

void StoreThread::attempt(const Work &work)
{
    const auto done = guarded<void>([&]() -> Result<void> {
        work(*m_store);
        return {};
    });
    if (!done)
        qCCritical(lcStore).noquote() << printable(done.error().message);
}

/** Of nothing, so that nobody is told that it can be saved before it can. */
void StoreThread::tryAgainIfDue()
{
    if (!trouble() || Clock::now() < m_retryAt)
        return;
    if (const auto done = guarded<void>([&] { return m_store->saveEvents({}); }); !done)
        return failed(done.error());
    qCInfo(lcStore) << "The store can save events again";
    const std::lock_guard lock(m_mutex);
    m_trouble.reset();
}

void StoreThread::saveSome()
{
    constexpr std::size_t MostAtOnce = 5000;
    constexpr qint64 MostBytesAtOnce = 4 * 1024 * 1024;
    if (m_saves.empty() || trouble())
        return;
    if (const Work behind = std::exchange(m_saves.front().work, {})) {
        m_saves.erase(m_saves.begin());
        return attempt(behind);
    }
    QList<StoredEvent> events;
    std::size_t count = 0;
    for (qint64 bytes = 0;
         count < m_saves.size() && !m_saves[count].work && count < MostAtOnce && bytes < MostBytesAtOnce;
         ++count) {
        const Save &save = m_saves[count];
        bytes += save.bytes;
        if (!isVoid(save))
            events.append(save.event);
    }
    const Clock::time_point began = Clock::now();
    const Result<void> done
        = events.isEmpty() ? Result<void>() : guarded<void>([&] { return m_store->saveEvents(events); });
    if (done) {
        m_events += static_cast<quint64>(events.size());
        m_commits += events.isEmpty() ? 0 : 1;
        if (!events.isEmpty()) {
            const std::lock_guard lock(m_mutex);
            m_commitTimes.add(Clock::now() - began);
        }
        saved(count);
    } else {
        failed(done.error());
    }
}

void StoreThread::answer(Save &save, Result<void> &&said)
{
    m_queuedBytes.fetch_sub(save.bytes, std::memory_order_relaxed);
    if (save.promise)
        m_said.push_back({std::move(save.promise), std::move(said)});
}

void StoreThread::saved(std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        const bool isGone = isVoid(m_saves[i]);
        answer(m_saves[i],
               isGone
                   ? Result<void>(Error{ErrorCode::IoError, QStringLiteral("The event could not be stored")})
                   : Result<void>());
    }
    m_saves.erase(m_saves.begin(), m_saves.begin() + static_cast<std::ptrdiff_t>(count));
    m_answers.post(m_said);
}

void StoreThread::failed(const Error &error)
{
    ++m_failedCommits;
    if (!trouble()) {
        qCCritical(lcStore).noquote()
            << "The store cannot save events:" << printable(error.message) << "- trying again each second";
    }
    {
        const std::lock_guard lock(m_mutex);
        m_trouble
            = Error{ErrorCode::Unavailable,
                    QStringLiteral("The server cannot store events now (%1); try again").arg(error.message),
                    {},
                    std::chrono::milliseconds(RetryAfter)};
    }
    m_retryAt = Clock::now() + RetryAfter;
    std::vector<Save> left;
    for (Save &save : m_saves) {
        if (!save.promise) {
            left.push_back(std::move(save));
            continue;
        }
        if (!isVoid(save))
            save.log->generation.store(save.generation + 1, std::memory_order_release);
        answer(save,
               Error{ErrorCode::IoError,
                     QStringLiteral("The event could not be stored (%1); try again").arg(error.message),
                     {},
                     std::chrono::milliseconds(RetryAfter)});
    }
    m_saves = std::move(left);
    m_answers.post(m_said);
}

} // namespace dialogue::store
