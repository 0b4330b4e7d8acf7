#include "server/rooms/slicedwork.h"

#include "core/base/exceptions.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>
#include <utility>

namespace dialogue {

SlicedWorkCounters SlicedWork::counters() const
{
    SlicedWorkCounters counters = m_counters;
    counters.pending = static_cast<qint64>(m_tasks.size());
    return counters;
}

void SlicedWork::add(std::unique_ptr<Task> task)
{
    int steps = 0;
    const bool ended = run(*task, steps);
    count(steps);
    if (ended)
        return;
    m_tasks.push_back(std::move(task));
    goOn();
}

bool SlicedWork::run(Task &task, int &steps)
{
    while (steps < StepsPerSlice) {
        // What a slot throws ends neither the task nor the turn: it has been told, and is not told again.
        int done = 1;
        guarded(
            *m_exceptions, [] { return QStringLiteral("of who leaves, or of a room that is deleted"); },
            [&] { done = task.step(); });
        if (done == 0)
            return true;
        steps += done;
    }
    return false;
}

bool SlicedWork::event(QEvent *event)
{
    if (event->type() != QEvent::User)
        return QObject::event(event);
    m_posted = false;
    if (m_running) // A nested event loop in user code: the outer slice goes on when control is back.
        return true;
    m_running = true;
    int steps = 0;
    while (steps < StepsPerSlice && !m_tasks.empty()) {
        // Out of the list: user code may add others.
        std::unique_ptr<Task> task = std::move(m_tasks.front());
        m_tasks.pop_front();
        if (!run(*task, steps))
            m_tasks.push_back(std::move(task));
    }
    count(steps);
    m_running = false;
    if (!m_tasks.empty())
        goOn();
    return true;
}

void SlicedWork::count(int steps)
{
    m_counters.steps += steps;
    ++m_counters.slices;
    m_counters.longestSlice = std::max(m_counters.longestSlice, steps);
}

void SlicedWork::goOn()
{
    if (!std::exchange(m_posted, true))
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

} // namespace dialogue
