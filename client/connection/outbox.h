#pragma once

#include "client/clientconfig.h"
#include "client/roomcontext.h"
#include "client/socketio/eventsize.h"
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
    EventSize size = {};
    QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever);
    std::function<void(Result<TriggerReceipt>)> done = {}; ///< Called once, by whoever took it out.
};

/**
 * The triggers that wait for a connection or for their ack, in the order they were made. Bounded. After a
 * lost connection all go out again, under their old ids: the server applies each once.
 *
 * One that makes the server close the connection, or breaks it on the way, would do so for ever, and take the
 * others with it. So what was on its way when the server closed goes out again twice, the second time with
 * nothing beside it, and no more; and what was on its way when the connection broke, as often as the limits
 * have it.
 */
class Outbox
{
public:
    explicit Outbox(OutboxLimits limits);

    /** LimitReached. */
    Result<void> add(OutgoingTrigger trigger);

    static constexpr int MostClosings = 3; ///< By the server, with one and the same trigger on its way.
    static constexpr int LastAlone = 3; ///< Of OutboxLimits::brokenConnections, with nothing else on its way.

    /** Of a connection. */
    enum class End { Broken, ByServer, ByUs };

    /** The next one of \a roomId to send, which is then on its way; null when there is none for now. */
    const OutgoingTrigger *send(const QString &roomId);
    /** Some wait until another one is answered, which may be of another room. */
    [[nodiscard]] bool holdsBack() const { return m_suspects > 0; }
    /** Nothing is on its way any more: all are to be sent, or sent again, but for those given back, which
     * were there too often when a connection ended. */
    std::list<OutgoingTrigger> connectionLost(End end);

    std::optional<OutgoingTrigger> take(const QString &id);
    /** The server has not applied it, and does not take it over this connection: it waits for the next. */
    void notNow(const QString &id);
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
        int closings = 0; ///< How often the server closed while it was on its way.
        int breaks = 0; ///< How often the connection broke meanwhile.
        bool isSuspect = false; ///< It goes alone.
    };
    using Entries = std::list<Entry>;
    OutgoingTrigger remove(Entries::iterator entry);
    [[nodiscard]] bool isSuspect(const Entry &entry) const;
    [[nodiscard]] bool isPoison(const Entry &entry) const;
    template <class Predicate>
    std::list<OutgoingTrigger> takeIf(Predicate wanted);

    OutboxLimits m_limits;
    Entries m_entries;
    QHash<QString, Entries::iterator> m_byId;
    qint64 m_bytes = 0;
    int m_onTheirWay = 0;
    int m_suspects = 0;
    bool m_suspectOnItsWay = false; ///< And then nothing else.
};

} // namespace dialogue::client
