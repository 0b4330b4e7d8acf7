#pragma once

#include "console/model/eventquery.h"

#include <QBasicTimer>
#include <QObject>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace dialogue::console {

using SegmentRows = std::vector<quint16>; ///< Numbers of rows in one segment, ascending.

/** A part of a segment to be looked through. */
struct ScanTask
{
    EventSegmentPtr segment;
    int from = 0;
    int to = 0; ///< Behind the last row.
    std::shared_ptr<const SegmentRows> candidates = {}; ///< Null: all of them.
};

/**
 * Looks for the rows that a query wants in a thread of its own, and tells what it finds in the thread that it
 * lives in: one answer in each turn of that thread's event loop, so that none has much to do.
 */
class EventScan : public QObject
{
    Q_OBJECT
public:
    using Found = std::function<void(const ScanTask &task, const SegmentRows &rows)>;

    explicit EventScan(Found found, QObject *parent = nullptr);
    ~EventScan() override;

    /** From now on with \a query, for \a tasks in their order; of what was asked before comes no answer. */
    void start(const EventQuery &query, std::vector<ScanTask> tasks);
    /** Before whatever of start() is still to do, in the order in which they are added. */
    void add(const ScanTask &task);
    void cancel() { start({}, {}); }

    /** Tasks without an answer. */
    [[nodiscard]] int pending() const { return m_pending; }
    /** CPU time that the thread has taken, in microseconds. */
    [[nodiscard]] qint64 cpuMicroseconds() const { return m_cpu.load(std::memory_order_relaxed); }

Q_SIGNALS:
    void finished(); ///< Nothing is pending any more.

protected:
    void customEvent(QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    struct Answer
    {
        quint64 generation;
        ScanTask task;
        SegmentRows rows;
    };

    void work();
    [[nodiscard]] bool scan(const EventQuery &query, const ScanTask &task, quint64 generation,
                            SegmentRows &rows) const;

    const Found m_found;
    QBasicTimer m_timer;
    int m_pending = 0;

    std::mutex m_mutex;
    std::condition_variable m_something;
    std::shared_ptr<const EventQuery> m_query = std::make_shared<const EventQuery>();
    std::deque<ScanTask> m_urgent;
    std::deque<ScanTask> m_tasks;
    std::deque<Answer> m_answers;
    bool m_isWoken = false;
    bool m_ends = false;
    std::atomic<quint64> m_generation = 0;
    std::atomic<qint64> m_cpu = 0;
    std::thread m_thread; // The last one: it uses all others.
};

} // namespace dialogue::console
