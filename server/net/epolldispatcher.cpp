#include "server/net/epolldispatcher.h"

#include "core/base/logging.h"
#include "server/net/epollwait.h"
#include "server/net/timerlist.h"

#include <QCoreApplication>
#include <QSocketNotifier>
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
#include <vector>

namespace dialogue {

namespace {

constexpr std::size_t EventsPerTurn = 512;
constexpr quint64 WakeUpMark = ~quint64(0);

/** What one descriptor is watched for. */
struct Watch
{
    std::array<QSocketNotifier *, 3> notifiers{}; ///< By QSocketNotifier::Type.
    quint32 registered = 0; ///< The events epoll knows of.
    quint32 generation = 0; ///< Tells a descriptor from an earlier one with the same number.
    bool inKernel = false;
    bool dirty = false; ///< In the list of those to be told to epoll before the next wait.
    bool alwaysReady = false; ///< Files and the like, which epoll refuses.

    [[nodiscard]] bool isEmpty() const
    {
        return std::all_of(notifiers.begin(), notifiers.end(), [](auto *notifier) { return !notifier; });
    }
    [[nodiscard]] quint32 wanted() const
    {
        return (notifiers[QSocketNotifier::Read] ? quint32(EPOLLIN) : 0)
            | (notifiers[QSocketNotifier::Write] ? quint32(EPOLLOUT) : 0)
            | (notifiers[QSocketNotifier::Exception] ? quint32(EPOLLPRI) : 0);
    }
};

} // namespace

struct EpollDispatcher::Private
{
    int epollFd = -1;
    int eventFd = -1;
    std::vector<Watch> watches; ///< By descriptor; they are small and dense numbers.
    std::vector<int> dirty;
    std::vector<int> alwaysReady;
    TimerList timers;
    quint64 turn = 0;
    std::optional<std::chrono::nanoseconds> waitLimit; ///< Of the next turn.

    bool wokenHere = false; ///< wakeUp() in our own thread, which is not waiting.
    std::atomic<bool> woken = false; ///< wakeUp() from another thread.
    std::atomic<bool> waiting = false;
    std::atomic<bool> interrupted = false;

    Watch *find(int fd);
    void markDirty(int fd);
    void tellKernel();
    void tellKernel(int fd, Watch &watch);
    std::optional<std::chrono::nanoseconds> untilSomethingIsDue();
    int wait(std::span<epoll_event> events, std::optional<std::chrono::nanoseconds> timeout, bool sockets);
    int activate(std::span<const epoll_event> events);
    int activate(int fd, quint32 generation, quint32 ready);
    int activateAlwaysReady();
};

Watch *EpollDispatcher::Private::find(int fd)
{
    return fd >= 0 && std::size_t(fd) < watches.size() ? &watches[std::size_t(fd)] : nullptr;
}

void EpollDispatcher::Private::markDirty(int fd)
{
    Watch &watch = watches[std::size_t(fd)];
    if (!std::exchange(watch.dirty, true))
        dirty.push_back(fd);
}

void EpollDispatcher::Private::tellKernel()
{
    for (const int fd : dirty) {
        Watch &watch = watches[std::size_t(fd)];
        watch.dirty = false;
        if (!watch.isEmpty() && !watch.alwaysReady)
            tellKernel(fd, watch);
    }
    dirty.clear();
}

void EpollDispatcher::Private::tellKernel(int fd, Watch &watch)
{
    const quint32 wanted = watch.wanted();
    if (watch.inKernel && watch.registered == wanted)
        return; // Toggled there and back within the turn, as QTcpSocket does with its write notifier.
    epoll_event event{};
    event.events = wanted;
    event.data.u64 = quint64(watch.generation) << 32 | quint32(fd);
    int result = epoll_ctl(epollFd, watch.inKernel ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event);
    // Closed without unregistering its notifier, and the number used again.
    if (result < 0 && errno == ENOENT)
        result = epoll_ctl(epollFd, EPOLL_CTL_ADD, fd, &event);
    else if (result < 0 && errno == EEXIST)
        result = epoll_ctl(epollFd, EPOLL_CTL_MOD, fd, &event);
    if (result == 0) {
        watch.inKernel = true;
        watch.registered = wanted;
    } else if (errno == EPERM) {
        watch.alwaysReady = true;
        alwaysReady.push_back(fd);
    } else {
        qCWarning(lcNet, "Cannot watch descriptor %d: %s", fd, std::strerror(errno));
    }
}

std::optional<std::chrono::nanoseconds> EpollDispatcher::Private::untilSomethingIsDue()
{
    const auto limit = std::exchange(waitLimit, std::nullopt);
    const auto timer = timers.untilNext();
    if (!timer)
        return limit;
    return limit ? std::min<std::chrono::nanoseconds>(*limit, *timer) : *timer;
}

int EpollDispatcher::Private::wait(std::span<epoll_event> events,
                                   std::optional<std::chrono::nanoseconds> timeout, bool sockets)
{
    // The other threads look at `waiting` after they set `woken`, we look at `woken` after we set `waiting`:
    // one of the two sees the other.
    waiting.store(true);
    if (woken.load())
        timeout = std::chrono::nanoseconds(0);
    int count = 0;
    if (sockets) {
        count = epollWait(epollFd, events, timeout);
    } else {
        pollfd onlyWakeUps{eventFd, POLLIN, 0};
        if (poll(&onlyWakeUps, 1, inMilliseconds(timeout)) > 0) {
            events[0].data.u64 = WakeUpMark;
            count = 1;
        }
    }
    waiting.store(false);
    woken.store(false); // This turn ends now; what was posted is sent in the next.
    return count;
}

int EpollDispatcher::Private::activate(std::span<const epoll_event> events)
{
    const quint64 thisTurn = turn;
    int handled = 0;
    for (const epoll_event &event : events) {
        if (event.data.u64 == WakeUpMark) {
            quint64 count = 0;
            [[maybe_unused]] const auto read = ::read(eventFd, &count, sizeof count);
            ++handled;
            continue;
        }
        handled += activate(int(event.data.u64 & 0xffffffff), quint32(event.data.u64 >> 32), event.events);
        if (turn != thisTurn)
            break; // A nested loop has run: what is still true of the rest, epoll will say again.
    }
    return handled;
}

int EpollDispatcher::Private::activate(int fd, quint32 generation, quint32 ready)
{
    static constexpr std::array<std::pair<QSocketNotifier::Type, quint32>, 3> Kinds{{
        {QSocketNotifier::Read, EPOLLIN | EPOLLHUP | EPOLLERR},
        {QSocketNotifier::Write, EPOLLOUT | EPOLLHUP | EPOLLERR},
        {QSocketNotifier::Exception, EPOLLPRI | EPOLLHUP | EPOLLERR},
    }};
    int handled = 0;
    const quint64 thisTurn = turn;
    for (const auto &[type, mask] : Kinds) {
        if (!(ready & mask))
            continue;
        // Looked up anew each time: the receiver before may have removed notifiers, or closed the descriptor.
        const Watch *watch = find(fd);
        if (!watch || watch->generation != generation || turn != thisTurn)
            break;
        QSocketNotifier *notifier = watch->notifiers[type];
        if (!notifier)
            continue;
        QEvent event(QEvent::SockAct);
        QCoreApplication::sendEvent(notifier, &event);
        ++handled;
    }
    return handled;
}

int EpollDispatcher::Private::activateAlwaysReady()
{
    int handled = 0;
    const std::vector<int> descriptors = alwaysReady;
    for (const int fd : descriptors) {
        if (const Watch *watch = find(fd); watch && watch->alwaysReady)
            handled += activate(fd, watch->generation, watch->wanted());
    }
    return handled;
}

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
    , d(std::make_unique<Private>())
{
    d->epollFd = epoll_create1(EPOLL_CLOEXEC);
    d->eventFd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = WakeUpMark;
    if (d->epollFd < 0 || d->eventFd < 0 || epoll_ctl(d->epollFd, EPOLL_CTL_ADD, d->eventFd, &event) < 0)
        qFatal("Cannot create an event loop: %s", std::strerror(errno)); // As Qt's own dispatchers do.
}

EpollDispatcher::~EpollDispatcher()
{
    ::close(d->eventFd);
    ::close(d->epollFd);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    ++d->turn;
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
        || (sockets && !d->alwaysReady.empty()))
        timeout = std::chrono::nanoseconds(0);
    d->tellKernel();
    std::array<epoll_event, EventsPerTurn> events;
    const int count = d->wait(events, timeout, sockets);

    const quint64 thisTurn = d->turn;
    int handled = d->activate(std::span(events).first(std::size_t(count)));
    if (sockets && d->turn == thisTurn)
        handled += d->activateAlwaysReady();
    handled += d->timers.activate();
    return handled > 0 || wokenBefore;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const int fd = int(notifier->socket());
    if (fd < 0)
        return;
    if (std::size_t(fd) >= d->watches.size())
        d->watches.resize(std::max(std::size_t(fd) + 1, d->watches.size() * 2));
    Watch &watch = d->watches[std::size_t(fd)];
    QSocketNotifier *&place = watch.notifiers[notifier->type()];
    if (place && place != notifier)
        qCWarning(lcNet, "Descriptor %d has two notifiers of type %d; the first is now unheard", fd,
                  notifier->type());
    place = notifier;
    if (watch.inKernel || watch.alwaysReady)
        d->markDirty(fd);
    else
        d->tellKernel(fd, watch); // At once: whatever comes from now on is told in its order with the others.
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const int fd = int(notifier->socket());
    Watch *watch = d->find(fd);
    if (!watch || watch->notifiers[notifier->type()] != notifier)
        return;
    watch->notifiers[notifier->type()] = nullptr;
    if (!watch->isEmpty()) {
        d->markDirty(fd);
        return;
    }
    // At once: the descriptor may be closed next, and its number used again.
    if (watch->inKernel)
        epoll_ctl(d->epollFd, EPOLL_CTL_DEL, fd, nullptr);
    if (watch->alwaysReady)
        std::erase(d->alwaysReady, fd);
    const bool dirty = watch->dirty;
    *watch = Watch{.generation = watch->generation + 1, .dirty = dirty};
}

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
    [[maybe_unused]] const auto written = ::write(d->eventFd, &one, sizeof one);
}

void EpollDispatcher::interrupt()
{
    d->interrupted.store(true);
    wakeUp();
}

} // namespace dialogue
