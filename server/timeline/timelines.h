#pragma once

#include "server/config/serverconfig.h"
#include "server/rooms/clientobserver.h"
#include "server/timeline/clienttimeline.h"
#include "server/timeline/directedevents.h"
#include "server/timeline/timelinecounters.h"

#include <QHash>
#include <QTimer>

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

namespace dialogue {

/**
 * What became of each client, as long as it is there and for a while afterwards, within `admin.timelines`
 * bytes: of those beyond it, who left first is forgotten first; where nobody has left, nothing new is
 * remembered. Of the hub; keeps nothing before it is put into the tap.
 */
class Timelines final : public ClientObserver
{
public:
    using Now = std::function<qint64()>; ///< Milliseconds since the Unix epoch.

    /** \a config and \a tap outlive it. */
    Timelines(const AdminConfig &config, ClientTap &tap, Now now = currentTime);
    ~Timelines() override;
    Q_DISABLE_COPY_MOVE(Timelines)

    void start(); ///< Once.

    /** Null: there is none of that id. */
    [[nodiscard]] const ClientTimeline *find(const QString &clientId) const;
    /** Of all of a user's, the last first. */
    [[nodiscard]] std::vector<const ClientTimeline *> ofUser(const QString &userId) const;
    /** The last first, of those for whom \a wanted says true; \a most at most. */
    [[nodiscard]] std::vector<const ClientTimeline *>
    leavers(std::size_t most, const std::function<bool(const ClientTimeline &)> &wanted) const;
    [[nodiscard]] const DirectedEvents &directedEvents() const { return m_directed; }
    [[nodiscard]] qint64 began() const { return m_began; } ///< Milliseconds since the Unix epoch.
    /** Some of who left after this are forgotten; the same. */
    [[nodiscard]] qint64 leaversForgottenUntil() const { return m_leaversForgottenUntil; }
    [[nodiscard]] TimelineCounters counters() const;
    static constexpr qsizetype LongestText = 256; ///< Characters of what strangers and errors say.

    // ClientObserver
    void connected(const ConnectedClient &client) override;
    void disconnected(const ConnectedClient &client, DisconnectReason reason) override;
    void follows(const Room &room, const ConnectedClient &client, quint64 after) override;
    void left(const Room &room, const ConnectedClient &client) override;
    void subscriptionsChanged(const Room &room, const ConnectedClient &client) override;
    void missed(const Room &room, const ConnectedClient &client, quint64 from, quint64 to) override;
    void sentInPart(SocketId socket, const SendRecordPtr &record) override;
    void refused(const Refusal &refusal) override;
    void directed(const Room &room, const Publication &publication, const EventDelivery &delivery) override;

private:
    using Leavers = std::list<ClientTimeline *>;

    [[nodiscard]] static qint64 currentTime();
    [[nodiscard]] static TimelineEntry entryOf(TimelineEntry::Kind kind, const Room &room, quint64 offset);
    [[nodiscard]] static TimelineEntry subscribedEntryOf(TimelineEntry::Kind kind, const Room &room,
                                                         const ConnectedClient &client, quint64 offset);
    void add(const ConnectedClient &client, TimelineEntry &&entry);
    /** \a change made to it, and what it takes counted. */
    template <class Change>
    void change(ClientTimeline &timeline, Change what);
    void settle(); ///< What is beyond the budget goes.
    void forget(Leavers::iterator leaver);
    void forgetOld(); ///< Those whose time is over.

    const AdminConfig &m_config;
    ClientTap &m_tap;
    const Now m_now;
    qint64 m_began = 0;
    std::unordered_map<QString, std::unique_ptr<ClientTimeline>> m_timelines;
    QHash<QString, QList<ClientTimeline *>> m_ofUsers;
    QHash<SocketId, QString> m_ofSockets; ///< Ids of clients, by the last two of each.
    Leavers m_leavers; ///< Who left first stands first.
    QTimer m_timer; ///< Until the first is to be forgotten.
    DirectedEvents m_directed;
    qint64 m_bytes = 0;
    qint64 m_forgotten = 0;
    qint64 m_leaversForgottenUntil = 0;
};

} // namespace dialogue
