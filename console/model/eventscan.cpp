#include "console/model/eventscan.h"

#include <QCoreApplication>
#include <QTimerEvent>

#include <algorithm>
#include <ctime>
#include <optional>
#include <utility>

namespace dialogue::console {

namespace {

/** 0 where the system does not tell. */
qint64 threadCpuMicroseconds()
{
#ifdef CLOCK_THREAD_CPUTIME_ID
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return qint64(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
#else
    return 0;
#endif
}

} // namespace

EventScan::EventScan(Found found, QObject *parent)
    : QObject(parent)
    , m_found(std::move(found))
    , m_thread([this] { work(); })
{ }

EventScan::~EventScan()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ends = true;
        ++m_generation;
    }
    m_something.notify_one();
    m_thread.join();
}

void EventScan::start(const EventQuery &query, std::vector<ScanTask> tasks)
{
    m_pending = int(tasks.size());
    {
        const std::lock_guard lock(m_mutex);
        ++m_generation;
        m_query = std::make_shared<const EventQuery>(query);
        m_urgent.clear();
        m_tasks.assign(std::make_move_iterator(tasks.begin()), std::make_move_iterator(tasks.end()));
        m_answers.clear();
    }
    m_something.notify_one();
}

void EventScan::add(const ScanTask &task)
{
    ++m_pending;
    {
        const std::lock_guard lock(m_mutex);
        m_urgent.push_back(task);
    }
    m_something.notify_one();
}

void EventScan::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_something.wait(lock, [this] { return m_ends || !m_urgent.empty() || !m_tasks.empty(); });
        if (m_ends)
            return;
        std::deque<ScanTask> &queue = m_urgent.empty() ? m_tasks : m_urgent;
        Answer answer{.generation = m_generation, .task = std::move(queue.front()), .rows = {}};
        queue.pop_front();
        const std::shared_ptr<const EventQuery> query = m_query;
        lock.unlock();
        const bool isWhole = scan(*query, answer.task, answer.generation, answer.rows);
        m_cpu.store(threadCpuMicroseconds(), std::memory_order_relaxed);
        lock.lock();
        if (!isWhole || answer.generation != m_generation)
            continue;
        m_answers.push_back(std::move(answer));
        if (!std::exchange(m_isWoken, true))
            QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    }
}

/** False: nobody wants to know any more. */
bool EventScan::scan(const EventQuery &query, const ScanTask &task, quint64 generation,
                     SegmentRows &rows) const
{
    constexpr int RowsBetweenLooks = 256;
    int untilLook = RowsBetweenLooks;
    const auto isWanted = [&] {
        if (--untilLook > 0)
            return true;
        untilLook = RowsBetweenLooks;
        return m_generation.load(std::memory_order_relaxed) == generation;
    };
    const auto look = [&](int row) {
        if (query.matches(*task.segment, row))
            rows.push_back(quint16(row));
        return isWanted();
    };
    if (task.candidates)
        return std::all_of(task.candidates->begin(), task.candidates->end(), look);
    for (int row = task.from; row < task.to; ++row) {
        if (!look(row))
            return false;
    }
    return true;
}

/** The only one that is posted: there are answers. */
void EventScan::customEvent(QEvent *)
{
    {
        const std::lock_guard lock(m_mutex);
        m_isWoken = false;
    }
    m_timer.start(0, this);
}

/** An event that is posted is handled in the turn in which others are; a timer comes once in each. */
void EventScan::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    std::optional<Answer> answer;
    {
        const std::lock_guard lock(m_mutex);
        if (m_answers.empty()) {
            m_timer.stop();
            return;
        }
        answer = std::move(m_answers.front());
        m_answers.pop_front();
    }
    --m_pending;
    m_found(answer->task, answer->rows);
    if (m_pending == 0)
        Q_EMIT finished();
}

} // namespace dialogue::console
