#pragma once

#include <QAbstractEventDispatcher>

#include <chrono>

namespace dialogue {

/** An event dispatcher that emits aboutToBlock at the end of every turn, whether or not it is going to wait,
 * and does not wait when its handlers post events or wake it. */
class TurnDispatcher : public QAbstractEventDispatcher
{
    Q_OBJECT

public:
    using QAbstractEventDispatcher::QAbstractEventDispatcher;

    /** The next turn waits no longer than \a limit for something to do; finer than timers are. Only in the
     * dispatcher's thread. */
    virtual void limitWait(std::chrono::nanoseconds limit) = 0;
};

} // namespace dialogue
