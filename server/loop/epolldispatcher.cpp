#include "server/loop/epolldispatcher.h"

#include "server/loop/descriptorwatches.h"
#include "server/loop/epollwait.h"
#include "server/loop/timerlist.h"

#include <QCoreApplication>
#include <QThread>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <optional>
#include <poll.h>
#include <span>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace dialogue {

namespace {

constexpr std::size_t EventsPerTurn = 512;
constexpr quint64 WakeUpMark = ~quint64(0); ///< No descriptor that could be watched.

/** Closed at the end. */
class Descriptor
{
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    { }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Q_DISABLE_COPY_MOVE(Descriptor)
    operator int() const { return m_fd; }

private:
    int m_fd;
};

} // namespace

struct EpollDispatcher::Private
{
    Descriptor epoll{epoll_create1(EPOLL_CLOEXEC)};
    Descriptor wakeUps{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    DescriptorWatches watches{epoll};
    TimerList timers;
    std::optional<std::chrono::nanoseconds> waitLimit; ///< Of the next turn.

    bool wokenHere = false; ///< wakeUp() in our own thread, which is not waiting.
    std::atomic<bool> woken = false; ///< wakeUp() from another thread.
    std::atomic<bool> waiting = false;
    std::atomic<bool> interrupted = false;

    std::optional<std::chrono::nanoseconds> untilSomethingIsDue();
    std::size_t wait(std::span<epoll_event> events, std::optional<std::chrono::nanoseconds> timeout,
                     bool sockets);
    bool takeWakeUps(std::span<const epoll_event> events);
};

std::optional<std::chrono::nanoseconds> EpollDispatcher::Private::untilSomethingIsDue()
{
    const auto limit = std::exchange(waitLimit, std::nullopt);
    const auto timer = timers.untilNext();
    if (!timer)
        return limit;
    return limit ? std::min<std::chrono::nanoseconds>(*limit, *timer) : *timer;
}

std::size_t EpollDispatcher::Private::wait(std::span<epoll_event> events,
                                           std::optional<std::chrono::nanoseconds> timeout, bool sockets)
{
    // The other threads look at `waiting` after they set `woken`, we look at `woken` after we set `waiting`:
    // one of the two sees the other.
    waiting.store(true);
    if (woken.load())
        timeout = std::chrono::nanoseconds(0);
    int count = 0;
    if (sockets) {
        count = epollWait(epoll, events, timeout);
    } else {
        pollfd onlyWakeUps{wakeUps, POLLIN, 0};
        if (poll(&onlyWakeUps, 1, inMilliseconds(timeout)) > 0) {
            events[0] = {.events = EPOLLIN, .data = {.u64 = WakeUpMark}};
            count = 1;
        }
    }
    waiting.store(false);
    woken.store(false); // This turn ends now; what was posted is sent in the next.
    return std::size_t(count);
}

bool EpollDispatcher::Private::takeWakeUps(std::span<const epoll_event> events)
{
    const bool any
        = std::ranges::any_of(events, [](const epoll_event &event) { return event.data.u64 == WakeUpMark; });
    quint64 count = 0;
    return any && ::read(wakeUps, &count, sizeof count) > 0;
}

EpollDispatcher::EpollDispatcher(QObject *parent)
    : TurnDispatcher(parent)
    , d(std::make_unique<Private>())
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = WakeUpMark;
    if (d->epoll < 0 || d->wakeUps < 0 || epoll_ctl(d->epoll, EPOLL_CTL_ADD, d->wakeUps, &event) < 0)
        qFatal("Cannot create an event loop: %s", std::strerror(errno)); // As Qt's own dispatchers do.
}

EpollDispatcher::~EpollDispatcher() = default;

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    d->watches.beginTurn();
    // What came since the last turn is dealt with in this one, which therefore does not wait: a loop may have
    // looked at its exit flag just before another thread set it.
    const bool interruptedBefore = d->interrupted.exchange(false);
    const bool wokenBefore = d->woken.exchange(false);
    d->wokenHere = false;

    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();
    Q_EMIT aboutToBlock();
    if (d->interrupted.load())
        return false;

    const bool sockets = !(flags & QEventLoop::ExcludeSocketNotifiers);
    auto timeout = d->untilSomethingIsDue();
    if (!flags.testFlag(QEventLoop::WaitForMoreEvents) || interruptedBefore || wokenBefore || d->wokenHere
        || (sockets && d->watches.hasAlwaysReady()))
        timeout = std::chrono::nanoseconds(0);
    d->watches.tellKernel();
    std::array<epoll_event, EventsPerTurn> buffer;
    const auto events = std::span(buffer).first(d->wait(buffer, timeout, sockets));

    int handled = d->takeWakeUps(events) ? 1 : 0;
    handled += d->watches.activate(events, sockets);
    handled += d->timers.activate();
    return handled > 0 || wokenBefore;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier) { d->watches.add(notifier); }

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier) { d->watches.remove(notifier); }

void EpollDispatcher::limitWait(std::chrono::nanoseconds limit)
{
    d->waitLimit = d->waitLimit ? std::min(*d->waitLimit, limit) : limit;
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object)
{
    d->timers.add(timerId, std::chrono::milliseconds(interval), timerType, object);
}

bool EpollDispatcher::unregisterTimer(int timerId) { return d->timers.remove(timerId); }

bool EpollDispatcher::unregisterTimers(QObject *object) { return d->timers.removeAll(object); }

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    return d->timers.of(object);
}

int EpollDispatcher::remainingTime(int timerId) { return d->timers.remaining(timerId); }

void EpollDispatcher::wakeUp()
{
    if (thread() == QThread::currentThread()) {
        d->wokenHere = true;
        return;
    }
    if (d->woken.exchange(true) || !d->waiting.load())
        return;
    const quint64 one = 1;
    [[maybe_unused]] const auto written = ::write(d->wakeUps, &one, sizeof one);
}

void EpollDispatcher::interrupt()
{
    d->interrupted.store(true);
    wakeUp();
}

} // namespace dialogue
