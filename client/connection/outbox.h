#pragma once

#include "client/clientconfig.h"
#include "client/roomcontext.h"
#include "core/protocol/dialogue/requests.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QSet>

#include <list>

namespace dialogue::client {

/** One trigger on its way out. */
struct OutgoingTrigger
{
    protocol::Trigger request; ///< With its id, which no other trigger has.
    QList<QByteArray> attachments = {};
    qint64 size = 0; ///< Bytes on the wire, about.
    QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever);
    std::function<void(Result<TriggerReceipt>)> done = {}; ///< Called once, by whoever took it out.
};

/**
 * The triggers that wait for a connection or for their ack, in the order they were made. Bounded. After a
 * lost connection all go out again, under their old ids: the server applies each once.
 */
class Outbox
{
public:
    explicit Outbox(OutboxLimits limits);

    /** LimitReached. */
    Result<void> add(OutgoingTrigger trigger);

    /** The next one of \a roomId to send, which is then on its way; null when there is none. */
    const OutgoingTrigger *send(const QString &roomId);
    /** Nothing is on its way any more: all are to be sent, or sent again. */
    void connectionLost();

    std::optional<OutgoingTrigger> take(const QString &id);
    /** Those of \a roomId that are not on their way. */
    std::list<OutgoingTrigger> takeWaiting(const QString &roomId);
    std::list<OutgoingTrigger> takeOverdue();
    /** Those that left over some connection and were not acknowledged. */
    std::list<OutgoingTrigger> takeUncertain();
    /** Those of no room in \a rooms. */
    std::list<OutgoingTrigger> takeOutside(const QSet<QString> &rooms);
    std::list<OutgoingTrigger> takeAll();

    [[nodiscard]] int size() const { return static_cast<int>(m_entries.size()); }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] QDeadlineTimer nextDeadline() const;

private:
    struct Entry
    {
        OutgoingTrigger trigger;
        bool onItsWay = false; ///< Over this connection.
        bool everSent = false; ///< Over this or another one.
    };
    using Entries = std::list<Entry>;
    OutgoingTrigger remove(Entries::iterator entry);
    template <class Predicate>
    std::list<OutgoingTrigger> takeIf(Predicate wanted);

    OutboxLimits m_limits;
    Entries m_entries;
    QHash<QString, Entries::iterator> m_byId;
    qint64 m_bytes = 0;
};

} // namespace dialogue::client
