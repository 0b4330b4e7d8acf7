#include "server/loop/descriptorwatches.h"

#include "core/base/logging.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/epoll.h>
#include <utility>

namespace dialogue {

bool DescriptorWatches::Watch::isEmpty() const
{
    return std::all_of(notifiers.begin(), notifiers.end(), [](auto *notifier) { return !notifier; });
}

quint32 DescriptorWatches::Watch::wanted() const
{
    return (notifiers[QSocketNotifier::Read] ? quint32(EPOLLIN) : 0)
        | (notifiers[QSocketNotifier::Write] ? quint32(EPOLLOUT) : 0)
        | (notifiers[QSocketNotifier::Exception] ? quint32(EPOLLPRI) : 0);
}

DescriptorWatches::DescriptorWatches(int epoll)
    : m_epoll(epoll)
{ }

DescriptorWatches::Watch *DescriptorWatches::find(int fd)
{
    return fd >= 0 && std::size_t(fd) < m_watches.size() ? &m_watches[std::size_t(fd)] : nullptr;
}

void DescriptorWatches::add(QSocketNotifier *notifier)
{
    const int fd = int(notifier->socket());
    if (fd < 0)
        return;
    if (std::size_t(fd) >= m_watches.size())
        m_watches.resize(std::max(std::size_t(fd) + 1, m_watches.size() * 2));
    Watch &watch = m_watches[std::size_t(fd)];
    QSocketNotifier *&place = watch.notifiers[notifier->type()];
    if (place && place != notifier)
        qCWarning(lcNet, "Descriptor %d has two notifiers of type %d; the first is now unheard", fd,
                  notifier->type());
    place = notifier;
    if (watch.inKernel || watch.alwaysReady)
        markDirty(fd);
    else
        tellKernel(fd, watch); // At once: whatever comes from now on is told in its order with the others.
}

void DescriptorWatches::remove(QSocketNotifier *notifier)
{
    const int fd = int(notifier->socket());
    Watch *watch = find(fd);
    if (!watch || watch->notifiers[notifier->type()] != notifier)
        return;
    watch->notifiers[notifier->type()] = nullptr;
    if (!watch->isEmpty()) {
        markDirty(fd);
        return;
    }
    // At once: the descriptor may be closed next, and its number used again.
    if (watch->inKernel)
        epoll_ctl(m_epoll, EPOLL_CTL_DEL, fd, nullptr);
    if (watch->alwaysReady)
        std::erase(m_alwaysReady, fd);
    const bool dirty = watch->dirty;
    *watch = Watch{.generation = watch->generation + 1, .dirty = dirty};
}

void DescriptorWatches::markDirty(int fd)
{
    Watch &watch = m_watches[std::size_t(fd)];
    if (!std::exchange(watch.dirty, true))
        m_dirty.push_back(fd);
}

void DescriptorWatches::tellKernel()
{
    for (const int fd : m_dirty) {
        Watch &watch = m_watches[std::size_t(fd)];
        watch.dirty = false;
        if (!watch.isEmpty() && !watch.alwaysReady)
            tellKernel(fd, watch);
    }
    m_dirty.clear();
}

void DescriptorWatches::tellKernel(int fd, Watch &watch)
{
    const quint32 wanted = watch.wanted();
    if (watch.inKernel && watch.registered == wanted)
        return; // Toggled there and back within the turn, as QTcpSocket does with its write notifier.
    epoll_event event{};
    event.events = wanted;
    event.data.u64 = quint64(watch.generation) << 32 | quint32(fd);
    int result = epoll_ctl(m_epoll, watch.inKernel ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event);
    // Closed without unregistering its notifier, and the number used again.
    if (result < 0 && errno == ENOENT)
        result = epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event);
    else if (result < 0 && errno == EEXIST)
        result = epoll_ctl(m_epoll, EPOLL_CTL_MOD, fd, &event);
    if (result == 0) {
        watch.inKernel = true;
        watch.registered = wanted;
    } else if (errno == EPERM) {
        watch.alwaysReady = true;
        m_alwaysReady.push_back(fd);
    } else {
        qCWarning(lcNet, "Cannot watch descriptor %d: %s", fd, std::strerror(errno));
    }
}

int DescriptorWatches::activate(std::span<const epoll_event> events, bool alwaysReady)
{
    const quint64 thisTurn = m_turn;
    int told = 0;
    for (const epoll_event &event : events) {
        told += activate(int(event.data.u64 & 0xffffffff), quint32(event.data.u64 >> 32), event.events);
        if (m_turn != thisTurn)
            return told; // A nested loop has run: what is still true of the rest, epoll will say again.
    }
    return alwaysReady ? told + activateAlwaysReady() : told;
}

int DescriptorWatches::activate(int fd, quint32 generation, quint32 ready)
{
    static constexpr std::array<std::pair<QSocketNotifier::Type, quint32>, 3> Kinds{{
        {QSocketNotifier::Read, EPOLLIN | EPOLLHUP | EPOLLERR},
        {QSocketNotifier::Write, EPOLLOUT | EPOLLHUP | EPOLLERR},
        {QSocketNotifier::Exception, EPOLLPRI | EPOLLHUP | EPOLLERR},
    }};
    int told = 0;
    const quint64 thisTurn = m_turn;
    for (const auto &[type, mask] : Kinds) {
        if (!(ready & mask))
            continue;
        // Looked up anew each time: the receiver before may have removed notifiers, or closed the descriptor.
        const Watch *watch = find(fd);
        if (!watch || watch->generation != generation || m_turn != thisTurn)
            break;
        QSocketNotifier *notifier = watch->notifiers[type];
        if (!notifier)
            continue;
        QEvent event(QEvent::SockAct);
        QCoreApplication::sendEvent(notifier, &event);
        ++told;
    }
    return told;
}

int DescriptorWatches::activateAlwaysReady()
{
    int told = 0;
    const std::vector<int> descriptors = m_alwaysReady;
    for (const int fd : descriptors) {
        if (const Watch *watch = find(fd); watch && watch->alwaysReady)
            told += activate(fd, watch->generation, watch->wanted());
    }
    return told;
}

} // namespace dialogue
