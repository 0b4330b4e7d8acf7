#pragma once

#include "server/bridge/socketfigures.h"
#include "server/timeline/timelineentry.h"

#include <list>
#include <optional>
#include <vector>

namespace dialogue {

/** Who a timeline is of. */
struct TimelineOwner
{
    QString clientId = {};
    QString userId = {};
    QString address = {};
    SocketId socket = 0; ///< The last one it had, and
    SocketId previousSocket = 0; ///< the one before; 0: none.
    qint64 since = 0; ///< Milliseconds since the Unix epoch; when it came first.
    qint64 until = 0; ///< The same, when it left; 0: it is there.
};

/** A stretch of a room's log that a client was to get, as far as it was subscribed. */
struct Membership
{
    quint64 room = 0; ///< TimelineEntry::room
    quint64 after = 0;
    qint64 joined = 0; ///< Milliseconds since the Unix epoch.
    std::optional<quint64> last = {}; ///< Nothing: it is in the room still.
    qint64 ended = 0; ///< The same; 0: it has not.
    bool byDisconnect = false; ///< It lost its connection, and did not leave.
    bool isCut = false; ///< Its beginning is forgotten.
};

struct SubscriptionsThen
{
    QStringList names = {};
    bool isLimited = false; ///< TimelineEntry::isLimited
};

/** The newest MostEntries things that became of one client, and by what it is in the rooms where it is. */
class ClientTimeline
{
public:
    explicit ClientTimeline(TimelineOwner owner)
        : m_owner(std::move(owner))
    { }

    /** Where it is a refusal like the last one, that is counted. */
    void add(TimelineEntry &&entry);
    void cameBack(SocketId socket, qint64 now);
    void gone(qint64 now, const QString &reason);
    void keep(const SendRecordPtr &record); ///< Beside what there is of earlier connections.
    void forgetAll(qint64 now); ///< But who it is of.

    [[nodiscard]] const TimelineOwner &owner() const { return m_owner; }
    [[nodiscard]] const std::vector<TimelineEntry> &entries() const { return m_entries; }
    /** Of what it was sent by connections that have ended; null: all left as far as is known. */
    [[nodiscard]] const SendRecordPtr &record() const { return m_record; }
    /** Nothing is known of what became of it before; 0: all is. */
    [[nodiscard]] qint64 forgottenUntil() const { return m_forgottenUntil; }
    [[nodiscard]] qint64 bytes() const;

    /** In the order in which they began. */
    [[nodiscard]] std::vector<Membership> membershipsOf(const QString &roomId) const;
    /** What it was subscribed to in \a membership when the event of \a offset (0: at \a time) went out. */
    [[nodiscard]] SubscriptionsThen subscriptionsAt(const Membership &membership, quint64 offset,
                                                    qint64 time) const;
    /** What it was connected by at \a time. */
    [[nodiscard]] SocketId socketAt(qint64 time) const;
    /** The last refusal of one of \a requests in \a roomId until \a time; null: there was none. */
    [[nodiscard]] const TimelineEntry *refusalOf(const QStringList &requests, const QString &roomId,
                                                 qint64 time) const;
    [[nodiscard]] bool isConnectedAt(qint64 time) const;

    static constexpr std::size_t MostEntries = 256;
    static constexpr std::size_t MostSpans = 256; ///< Of its record.

    std::list<ClientTimeline *>::iterator place = {}; ///< Among those who have left; its owner's.

private:
    void forgetSome();

    TimelineOwner m_owner;
    std::vector<TimelineEntry> m_entries;
    SendRecordPtr m_record;
    qint64 m_forgottenUntil = 0;
    qint64 m_entryBytes = 0;
};

} // namespace dialogue
