#include "server/rooms/subscriptions.h"

#include "core/base/shrink.h"

#include <algorithm>
#include <set>

namespace dialogue {

namespace {

bool holds(const QStringList &names, const QString &name)
{
    return std::binary_search(names.begin(), names.end(), name);
}

} // namespace

Subscriptions::Subscriptions(Publisher &publisher)
    : m_publisher(publisher)
{ }

Subscriptions::~Subscriptions()
{
    for (const Topic &topic : std::as_const(m_topics)) {
        if (topic.subscribers > 0)
            m_publisher.dropTopic(topic.id);
    }
    if (m_everything.subscribers > 0)
        m_publisher.dropTopic(m_everything.id);
}

void Subscriptions::enter(SocketId socket, const QString &name)
{
    enter(socket, name == Everything ? m_everything : m_topics[name]);
}

void Subscriptions::enter(SocketId socket, Topic &topic)
{
    if (m_held.contains(socket)) {
        ++topic.held;
        return;
    }
    if (topic.subscribers++ == 0)
        topic.id = m_publisher.createTopic();
    m_publisher.subscribe(socket, topic.id);
}

void Subscriptions::leave(SocketId socket, const QString &name)
{
    if (name == Everything) {
        leave(socket, m_everything);
        return;
    }
    const auto topic = m_topics.find(name);
    leave(socket, *topic);
    if (topic->subscribers == 0 && topic->held == 0) {
        m_topics.erase(topic);
        shrink(m_topics);
    }
}

void Subscriptions::leave(SocketId socket, Topic &topic)
{
    if (m_held.contains(socket)) {
        --topic.held;
        return;
    }
    m_publisher.unsubscribe(socket, topic.id);
    if (--topic.subscribers == 0)
        m_publisher.dropTopic(topic.id);
}

void Subscriptions::enterAll(SocketId socket, const Names &names)
{
    const Names topics = topicsOf(socket, names);
    for (const QString &name : topics)
        enter(socket, name);
}

void Subscriptions::leaveAll(SocketId socket, const Names &names)
{
    const Names topics = topicsOf(socket, names);
    for (const QString &name : topics)
        leave(socket, name);
}

void Subscriptions::add(SocketId socket, const QString &event)
{
    Names &names = m_names[socket];
    const auto place = std::lower_bound(names.cbegin(), names.cend(), event);
    if (place != names.cend() && *place == event)
        return;
    if (event == Everything) {
        leaveAll(socket, names);
        enterAll(socket, {Everything});
    } else if (!holds(names, Everything)) {
        enter(socket, event);
    }
    names.insert(place, event);
}

void Subscriptions::remove(SocketId socket, const QString &event)
{
    const auto names = m_names.find(socket);
    if (names == m_names.end())
        return;
    const auto place = std::lower_bound(names->cbegin(), names->cend(), event);
    if (place == names->cend() || *place != event)
        return;
    names->erase(place);
    if (event == Everything) {
        leaveAll(socket, {Everything});
        enterAll(socket, *names);
    } else if (!holds(*names, Everything)) {
        leave(socket, event);
    }
    if (names->isEmpty()) {
        m_names.erase(names);
        shrink(m_names);
    } else if (names->capacity() > 8 && names->size() < names->capacity() / 4) {
        names->squeeze();
    }
}

void Subscriptions::removeAll(SocketId socket)
{
    leaveAll(socket, m_names.take(socket));
    m_held.remove(socket);
    m_limits.remove(socket);
    shrink(m_names);
    shrink(m_held);
    shrink(m_limits);
}

bool Subscriptions::isGuarded(const QString &event) const
{
    return !m_guarded.isEmpty() && holds(m_guarded, event);
}

Subscriptions::Names Subscriptions::topicsOf(SocketId socket, const Names &names) const
{
    if (!holds(names, Everything))
        return names;
    const auto limits = m_limits.constFind(socket);
    return limits != m_limits.cend() ? *limits : Names{Everything};
}

bool Subscriptions::bringsAll(SocketId socket, const QString &event) const
{
    const bool guarded = isGuarded(event);
    const auto limits = m_limits.constFind(socket);
    return limits != m_limits.cend() ? holds(*limits, guarded ? event : Everything) : !guarded;
}

void Subscriptions::limit(SocketId socket, const QStringList &everything)
{
    const auto limits = m_limits.constFind(socket);
    if (limits != m_limits.cend() && *limits == everything)
        return;
    const Names names = m_names.value(socket);
    leaveAll(socket, names);
    m_limits.insert(socket, everything);
    enterAll(socket, names);
}

void Subscriptions::hold(SocketId socket)
{
    if (m_held.contains(socket))
        return;
    const Names names = m_names.value(socket);
    leaveAll(socket, names);
    m_held.insert(socket);
    enterAll(socket, names);
}

void Subscriptions::release(SocketId socket)
{
    if (!m_held.contains(socket))
        return;
    const Names names = m_names.value(socket);
    leaveAll(socket, names);
    m_held.remove(socket);
    enterAll(socket, names);
}

bool Subscriptions::has(SocketId socket, const QString &name) const
{
    const auto names = m_names.constFind(socket);
    return names != m_names.cend() && holds(*names, name);
}

qint64 Subscriptions::bytes(SocketId socket) const
{
    qint64 bytes = 0;
    const Names names = m_names.value(socket);
    for (const QString &name : names)
        bytes += Subscriptions::bytes(name);
    if (m_limits.isEmpty() || !holds(names, Everything))
        return bytes;
    for (const QString &name : topicsOf(socket, names))
        bytes += name == Everything ? 0 : Subscriptions::bytes(name);
    return bytes;
}

qint64 Subscriptions::bytes(const QString &event)
{
    constexpr qint64 inList = 2 * sizeof(QString); // Half of which may be empty.
    constexpr qint64 topic = 96; // Where nobody else wants it: the hub's, and what is known of it per worker.
    constexpr qint64 inWorker = 160; // The topic's list, and the subscriber's of its topics.
    return inList + topic + inWorker + qint64(sizeof(QArrayData)) + event.size() * qint64(sizeof(QChar));
}

bool Subscriptions::wants(SocketId socket, const QString &event) const
{
    const auto names = m_names.constFind(socket);
    return names != m_names.cend()
        && (holds(*names, event) || (holds(*names, Everything) && bringsAll(socket, event)));
}

void Subscriptions::publish(const PublicationPtr &publication, const std::vector<SocketId> &except) const
{
    // Most have only the one kind or the other.
    if (const auto topic = m_topics.constFind(publication->event());
        topic != m_topics.cend() && topic->subscribers > 0)
        m_publisher.publish(topic->id, publication, except);
    if (m_everything.subscribers > 0 && !isGuarded(publication->event()))
        m_publisher.publish(m_everything.id, publication, except);
}

int Subscriptions::reach(const QString &event, const std::vector<SocketId> &except) const
{
    int count = isGuarded(event) ? 0 : m_everything.subscribers + m_everything.held;
    if (const auto topic = m_topics.constFind(event); topic != m_topics.cend())
        count += topic->subscribers + topic->held;
    const auto wanted = [&](SocketId socket) { return wants(socket, event); };
    const std::set<SocketId> spared(except.begin(), except.end());
    return count - static_cast<int>(std::ranges::count_if(spared, wanted));
}

} // namespace dialogue
