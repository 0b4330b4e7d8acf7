#pragma once

#include <QAbstractEventDispatcher>

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>

namespace dialogue {

/** The timers of one EpollDispatcher, ordered by when they are due. */
class TimerList
{
public:
    using Clock = std::chrono::steady_clock;
    using Milliseconds = std::chrono::milliseconds;

    void add(int id, Milliseconds interval, Qt::TimerType type, QObject *object);
    bool remove(int id);
    bool removeAll(QObject *object);
    [[nodiscard]] QList<QAbstractEventDispatcher::TimerInfo> of(QObject *object) const;
    [[nodiscard]] int remaining(int id) const; ///< Milliseconds, rounded up; -1: no such timer.

    /** Until the next one is due, rounded up so that it is due then; nothing: no timer runs. */
    [[nodiscard]] std::optional<Milliseconds> untilNext() const;

    /**
     * Sends a timer event to each that is due, once; how many that were. A timer whose event is still being
     * handled (a nested loop) is not sent again. Receivers may add and remove any timer and delete any
     * object.
     */
    int activate();

private:
    struct Timer
    {
        int id;
        quint64 serial; ///< Of this registration: ids are used again.
        Milliseconds interval;
        Qt::TimerType type;
        QObject *object;
        Clock::time_point due;
        bool active = false; ///< Its event is being handled.
    };
    struct Earlier
    {
        bool operator()(const Timer *a, const Timer *b) const
        {
            return a->due != b->due ? a->due < b->due : a->serial < b->serial;
        }
    };
    using Timers = std::unordered_map<int, std::unique_ptr<Timer>>;
    Timer *find(int id, quint64 serial) const;

    Timers m_timers;
    std::set<Timer *, Earlier> m_byDue;
    quint64 m_serial = 0;
};

} // namespace dialogue
