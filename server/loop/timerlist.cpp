#include "server/loop/timerlist.h"

#include <QCoreApplication>
#include <QTimerEvent>

#include <algorithm>
#include <vector>

namespace dialogue {

void TimerList::add(int id, Milliseconds interval, Qt::TimerType type, QObject *object)
{
    remove(id);
    auto timer
        = std::make_unique<Timer>(Timer{id, ++m_serial, interval, type, object, Clock::now() + interval});
    m_byDue.insert(timer.get());
    m_timers.emplace(id, std::move(timer));
}

bool TimerList::remove(int id)
{
    const auto it = m_timers.find(id);
    if (it == m_timers.end())
        return false;
    m_byDue.erase(it->second.get());
    m_timers.erase(it);
    return true;
}

bool TimerList::removeAll(QObject *object)
{
    bool any = false;
    for (auto it = m_timers.begin(); it != m_timers.end();) {
        if (it->second->object != object) {
            ++it;
            continue;
        }
        m_byDue.erase(it->second.get());
        it = m_timers.erase(it);
        any = true;
    }
    return any;
}

QList<QAbstractEventDispatcher::TimerInfo> TimerList::of(QObject *object) const
{
    QList<QAbstractEventDispatcher::TimerInfo> list;
    for (const auto &[id, timer] : m_timers) {
        if (timer->object == object)
            list.append({id, int(timer->interval.count()), timer->type});
    }
    return list;
}

int TimerList::remaining(int id) const
{
    const auto it = m_timers.find(id);
    if (it == m_timers.end())
        return -1;
    const auto left = std::chrono::ceil<Milliseconds>(it->second->due - Clock::now());
    return int(std::max<Milliseconds::rep>(0, left.count()));
}

std::optional<TimerList::Milliseconds> TimerList::untilNext() const
{
    const auto next
        = std::find_if(m_byDue.begin(), m_byDue.end(), [](const Timer *timer) { return !timer->active; });
    if (next == m_byDue.end())
        return std::nullopt;
    return std::max(Milliseconds(0), std::chrono::ceil<Milliseconds>((*next)->due - Clock::now()));
}

int TimerList::activate()
{
    if (m_byDue.empty())
        return 0;
    const auto now = Clock::now();
    std::vector<std::pair<int, quint64>> due;
    for (const Timer *timer : m_byDue) {
        if (timer->due > now)
            break;
        due.emplace_back(timer->id, timer->serial);
    }

    int sent = 0;
    for (const auto &[id, serial] : due) {
        Timer *timer = find(id, serial);
        if (!timer || timer->due > now)
            continue; // Removed, or already sent by a nested loop.
        m_byDue.erase(timer);
        timer->due += timer->interval;
        if (timer->due < now)
            timer->due = now + timer->interval; // What was missed is not made up for.
        m_byDue.insert(timer);
        if (timer->active)
            continue;
        timer->active = true;
        QTimerEvent event(id);
        QCoreApplication::sendEvent(timer->object, &event);
        ++sent;
        if (Timer *stillThere = find(id, serial))
            stillThere->active = false;
    }
    return sent;
}

TimerList::Timer *TimerList::find(int id, quint64 serial) const
{
    const auto it = m_timers.find(id);
    return it != m_timers.end() && it->second->serial == serial ? it->second.get() : nullptr;
}

} // namespace dialogue
