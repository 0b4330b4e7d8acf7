#include "server/loop/deadlines.h"

#include <QTimerEvent>

#include <algorithm>
#include <climits>

namespace dialogue {

void Deadline::schedule(DeadlineQueue *queue, std::chrono::milliseconds delay)
{
    cancel();
    m_time = std::chrono::steady_clock::now() + delay;
    queue->insert(this);
}

void Deadline::cancel()
{
    if (m_queue)
        m_queue->remove(this);
}

DeadlineQueue::DeadlineQueue(QObject *parent)
    : QObject(parent)
{ }

DeadlineQueue::~DeadlineQueue()
{
    for (Deadline *deadline : m_heap)
        deadline->m_queue = nullptr;
}

void DeadlineQueue::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    m_timer.stop();
    const auto now = std::chrono::steady_clock::now();
    while (!m_heap.empty() && m_heap.front()->m_time <= now) {
        Deadline *deadline = m_heap.front();
        remove(deadline);
        rearm(); // It may run an event loop of its own, in which the others go on.
        deadline->expired();
    }
    rearm();
}

void DeadlineQueue::insert(Deadline *deadline)
{
    deadline->m_queue = this;
    m_heap.push_back(deadline);
    deadline->m_index = m_heap.size() - 1;
    siftUp(deadline->m_index);
    if (deadline->m_index == 0)
        rearm();
}

void DeadlineQueue::remove(Deadline *deadline)
{
    const std::size_t index = deadline->m_index;
    deadline->m_queue = nullptr;
    Deadline *last = m_heap.back();
    m_heap.pop_back();
    if (last == deadline)
        return;
    place(index, last);
    siftUp(index);
    siftDown(last->m_index);
}

void DeadlineQueue::siftUp(std::size_t index)
{
    Deadline *moving = m_heap[index];
    while (index > 0) {
        const std::size_t parent = (index - 1) / 2;
        if (m_heap[parent]->m_time <= moving->m_time)
            break;
        place(index, m_heap[parent]);
        index = parent;
    }
    place(index, moving);
}

void DeadlineQueue::siftDown(std::size_t index)
{
    Deadline *moving = m_heap[index];
    while (true) {
        std::size_t child = 2 * index + 1;
        if (child >= m_heap.size())
            break;
        if (child + 1 < m_heap.size() && m_heap[child + 1]->m_time < m_heap[child]->m_time)
            ++child;
        if (moving->m_time <= m_heap[child]->m_time)
            break;
        place(index, m_heap[child]);
        index = child;
    }
    place(index, moving);
}

void DeadlineQueue::place(std::size_t index, Deadline *deadline)
{
    m_heap[index] = deadline;
    deadline->m_index = index;
}

// A timer that turns out to be early, because what it was armed for was cancelled, is cheaper than keeping it
// exact.
void DeadlineQueue::rearm()
{
    if (m_heap.empty())
        return;
    const auto next = m_heap.front()->m_time;
    if (m_timer.isActive() && m_armedFor <= next)
        return;
    m_armedFor = next;
    const auto delay = std::chrono::ceil<std::chrono::milliseconds>(next - std::chrono::steady_clock::now());
    m_timer.start(int(std::clamp<qint64>(delay.count(), 0, INT_MAX)), Qt::PreciseTimer, this);
}

} // namespace dialogue
