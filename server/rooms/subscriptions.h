#pragma once

#include "server/bridge/gateway.h"

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

namespace dialogue {

inline const QString Everything = QStringLiteral("*"); ///< A subscription to all events of a room.

/**
 * Who is subscribed to what in one room, and the topics that carry it.
 *
 * Each event name somebody wants has a topic, and so has "*". A socket that wants "*" is in that topic alone,
 * so no event reaches it twice. Topics exist while somebody is in them. A socket that is held is in none.
 */
class Subscriptions
{
public:
    explicit Subscriptions(Publisher &publisher);
    ~Subscriptions();
    Q_DISABLE_COPY_MOVE(Subscriptions)

    void add(SocketId socket, const QString &event); ///< "*": everything.
    void remove(SocketId socket, const QString &event);
    void removeAll(SocketId socket);

    /** Events, in alphabetical order, that "*" does not bring by itself, but to whom limit() lets. */
    void guard(const QStringList &events) { m_guarded = events; }
    /** What "*" is for \a socket: such events, and "*" for all others; in alphabetical order. Until it is
     * said that is all but those. */
    void limit(SocketId socket, const QStringList &everything);
    [[nodiscard]] bool isLimited(SocketId socket) const { return m_limits.contains(socket); }

    /** Nothing is published to \a socket, whatever it is subscribed to, until release(). */
    void hold(SocketId socket);
    void release(SocketId socket);

    [[nodiscard]] bool isHeld(SocketId socket) const { return m_held.contains(socket); }

    /** In alphabetical order. */
    [[nodiscard]] QStringList names(SocketId socket) const { return m_names.value(socket); }
    [[nodiscard]] qsizetype count(SocketId socket) const { return m_names.value(socket).size(); }
    [[nodiscard]] bool has(SocketId socket, const QString &name) const;
    /** What it takes to keep all of \a socket's, here and in its worker. */
    [[nodiscard]] qint64 bytes(SocketId socket) const;
    /** The same of one of that name. */
    [[nodiscard]] static qint64 bytes(const QString &event);
    [[nodiscard]] bool wants(SocketId socket, const QString &event) const;
    /** Whether "*" brings it to \a socket, which has that. */
    [[nodiscard]] bool bringsAll(SocketId socket, const QString &event) const;

    /** One event to all who want it. */
    void publish(const PublicationPtr &publication, const std::vector<SocketId> &except) const;
    /** How many want it, those who are held included, but for those in \a except. Takes time by these alone.
     */
    [[nodiscard]] int reach(const QString &event, const std::vector<SocketId> &except) const;

private:
    struct Topic
    {
        TopicId id = 0; ///< Where it has subscribers.
        int subscribers = 0;
        int held = 0; ///< Would be subscribers.
    };
    /** In alphabetical order: most have one or two, for which a set takes ten times the memory and the time.
     */
    using Names = QStringList;
    [[nodiscard]] bool isGuarded(const QString &event) const;
    /** What \a socket enters for \a names: of "*" what that is for it. */
    [[nodiscard]] Names topicsOf(SocketId socket, const Names &names) const;
    void enterAll(SocketId socket, const Names &names);
    void leaveAll(SocketId socket, const Names &names);
    void enter(SocketId socket, const QString &name);
    void enter(SocketId socket, Topic &topic);
    void leave(SocketId socket, const QString &name);
    void leave(SocketId socket, Topic &topic);

    Publisher &m_publisher;
    QHash<SocketId, Names> m_names;
    QSet<SocketId> m_held;
    QStringList m_guarded;
    QHash<SocketId, Names> m_limits; ///< Of those for whom it was said.
    QHash<QString, Topic> m_topics; ///< Each is somebody's.
    Topic m_everything; ///< Of those who want "*".
};

} // namespace dialogue
