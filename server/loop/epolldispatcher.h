#pragma once

#include "server/loop/turndispatcher.h"

#include <memory>

namespace dialogue {

/**
 * An event dispatcher on epoll(7), for io threads and for the main thread alike.
 *
 * What a turn costs depends on the descriptors that have something to say, not on how many there are: Qt's
 * own Unix dispatcher hands all of them to poll() at every turn. Differences to it that others rely on:
 *  - aboutToBlock is emitted at the end of every turn, whether or not it is going to wait; when its handlers
 * post events or wake the dispatcher, it does not wait.
 *  - all timers are precise, to the millisecond, rounded up.
 *
 * As main dispatcher: QCoreApplication::setEventDispatcher(new EpollDispatcher) before the application is
 * made.
 */
class EpollDispatcher : public TurnDispatcher
{
    Q_OBJECT

public:
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;

    void wakeUp() override;
    void interrupt() override;

    void limitWait(std::chrono::nanoseconds limit) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace dialogue
