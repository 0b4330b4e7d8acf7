#pragma once

#include "server/loop/mailbox.h"
#include "server/store/eventstore.h"
#include "server/store/storecounters.h"
#include "server/store/storeops.h"

#include <QPromise>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace dialogue::store {

/** The thread of an application's store: what waits is saved together, the rest is done in its turn. */
class StoreThread
{
public:
    using Work = std::function<void(EventStore &)>;
    struct Save
    {
        LogStatePtr log;
        StoredEvent event;
        qint64 bytes = 0;
        quint64 generation = 0; ///< Of the log, when it was submitted.
        std::unique_ptr<QPromise<Result<void>>> promise = {}; ///< Null: nobody waits.
        Work work = {}; ///< In place of all else: what is done between those before and those behind it.
    };
    StoreThread(std::unique_ptr<EventStore> store, Mailbox<StoreAnswer> &answers);
    ~StoreThread(); ///< What was posted is done first, but for what cannot be saved.
    Q_DISABLE_COPY_MOVE(StoreThread)

    void save(Save &&save);
    void post(Work work); ///< In the order of the calls, and before what is saved later.
    /** Once all is saved, or cannot be, that was to be saved before. */
    void postBehindSaves(Work work) { save({.log = {}, .event = {}, .work = std::move(work)}); }
    /** Does \a work there, and waits for what it gives back. */
    template <class T>
    [[nodiscard]] Result<T> call(std::function<Result<T>(EventStore &)> work)
    {
        std::promise<Result<T>> promise;
        std::future<Result<T>> answer = promise.get_future();
        post([&promise, &work](EventStore &store) {
            promise.set_value(guarded<T>([&] { return work(store); }));
        });
        return answer.get();
    }
    /** What \a work gives back; an Error of what it throws. */
    template <class T>
    [[nodiscard]] static Result<T> guarded(const std::function<Result<T>()> &work)
    {
        try {
            return work();
        } catch (const std::exception &error) {
            return thrown(error.what());
        } catch (...) {
            return thrown("something that is no std::exception");
        }
    }
    /** Done last of all, and only if nothing is left that could not be saved. */
    void endWith(Work work) { m_last = std::move(work); }
    /** Why nothing can be saved now. */
    [[nodiscard]] std::optional<Error> trouble() const;
    [[nodiscard]] qint64 queuedBytes() const { return m_queuedBytes.load(std::memory_order_relaxed); }
    [[nodiscard]] StoreCounters counters() const;

private:
    [[nodiscard]] static Error thrown(const char *what);
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::seconds RetryAfter{1};

    void run();
    /** Waits for something to do, and takes it. False: it is to end. */
    [[nodiscard]] bool take();
    void work();
    void attempt(const Work &work);
    void tryAgainIfDue();
    /** As many of those that wait as fit one call. */
    void saveSome();
    void saved(std::size_t count);
    /** Who waits is told; what nobody waits for stays, to be tried again. */
    void failed(const Error &error);
    void answer(Save &save, Result<void> &&said);
    [[nodiscard]] static bool isVoid(const Save &save)
    {
        return save.generation < save.log->generation.load(std::memory_order_acquire);
    }

    std::unique_ptr<EventStore> m_store;
    Work m_last;
    Mailbox<StoreAnswer> &m_answers;
    mutable std::mutex m_mutex; ///< Guards those up to the next blank line.
    std::condition_variable m_wake;
    std::vector<Save> m_newSaves;
    std::vector<Work> m_newWork;
    bool m_isEnding = false;
    std::optional<Error> m_trouble;
    Durations m_commitTimes;

    std::atomic<qint64> m_queuedBytes = 0;
    std::atomic<quint64> m_events = 0;
    std::atomic<quint64> m_commits = 0;
    std::atomic<quint64> m_failedCommits = 0;

    // The thread's own. Work goes before what is to be saved: what is saved into a room that it deletes is
    // void.
    std::vector<Save> m_saves;
    std::vector<Work> m_work;
    Clock::time_point m_retryAt;
    std::vector<StoreAnswer> m_said;
    std::thread m_thread;
};

} // namespace dialogue::store
