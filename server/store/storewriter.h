#pragma once

#include "server/loop/mailbox.h"
#include "server/store/storecounters.h"
#include "server/store/storeerasing.h"
#include "server/store/storefile.h"
#include "server/store/storeops.h"
#include "server/store/storetables.h"
#include "server/store/storetrim.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace dialogue::store {

/**
 * The thread that writes: takes all that waits, stores it in one transaction, and posts the answers as one
 * batch. What comes meanwhile is the next; nothing is waited for to make it larger.
 */
class StoreWriter
{
public:
    /** \a file outlives it. */
    StoreWriter(StoreFile &file, int triggers, Mailbox<StoreAnswer> &answers);
    /** What was posted is stored first, if it can be, and the file marked as left in order. */
    ~StoreWriter();
    Q_DISABLE_COPY_MOVE(StoreWriter)

    [[nodiscard]] Result<void> start();
    void post(StoreOp &&op); ///< Any thread.
    /** Why nothing can be written now; nothing: as far as is known it can. Any thread. */
    [[nodiscard]] std::optional<Error> trouble() const;
    [[nodiscard]] bool isWritable() const { return m_isWritable.load(std::memory_order_relaxed); }
    [[nodiscard]] qint64 queuedBytes() const { return m_queuedBytes.load(std::memory_order_relaxed); }
    [[nodiscard]] StoreCounters counters() const; ///< Any thread.

    /** Bytes that one waits with in the queue. */
    [[nodiscard]] static qint64 bytesOf(const StoreOp &op);

private:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::seconds RetryAfter{1};

    void run();
    /** Waits for something to do; what has come goes to m_taken. False: it is to end. */
    bool take();
    void writeTaken();
    /** From m_next on, as many as fit one transaction. \a end: behind the last. */
    [[nodiscard]] Result<void> writeGroup(std::size_t end, bool syncs);
    [[nodiscard]] std::size_t endOfGroup(bool &syncs) const;
    [[nodiscard]] Result<void> write(StoreOp &op);
    void succeeded(std::size_t end);
    void failed(std::size_t end, const Error &error);
    void answer(AppendEvent &event, Result<void> &&said);
    [[nodiscard]] static bool isVoid(const AppendEvent &event)
    {
        return event.generation < event.log->generation.load(std::memory_order_acquire);
    }
    void setTrouble(const Error &error);
    /** After trouble: the connection anew, and whether it can be written. */
    void tryAgain();
    void eraseSome();
    /** Whoever waits for what was erased is told, once the log has nothing of it either. */
    void emptyLog();
    void trimSome();
    void keepLogShort();
    /** What was committed is on the disk within a second. */
    void syncIfDue();
    [[nodiscard]] Result<void> setSync(bool full);
    void end();

    StoreFile &m_file;
    Mailbox<StoreAnswer> &m_answers;
    mutable std::mutex m_mutex; ///< Guards those up to the next blank line.
    std::condition_variable m_wake;
    std::vector<StoreOp> m_waiting;
    bool m_isEnding = false;
    std::optional<Error> m_trouble;
    Durations m_commitTimes;
    qint64 m_syncedAt = 0;

    std::atomic<bool> m_isWritable = true;
    std::atomic<qint64> m_queuedBytes = 0;
    std::atomic<quint64> m_events = 0;
    std::atomic<quint64> m_commits = 0;
    std::atomic<quint64> m_syncs = 0;
    std::atomic<quint64> m_failedCommits = 0;
    std::atomic<quint64> m_trimmed = 0;

    // The writer's own.
    std::vector<StoreOp> m_taken;
    std::size_t m_next = 0; ///< The first of them that is not done.
    std::vector<StoreAnswer> m_said;
    std::optional<StoreTables> m_tables;
    StoreTrim m_trim;
    StoreErasing m_erasing{m_answers};
    Clock::time_point m_lastSync = Clock::now();
    Clock::time_point m_lastLook = Clock::now();
    bool m_isUnsynced = false;
    bool m_syncsFully = false;
    std::thread m_thread;
};

} // namespace dialogue::store
