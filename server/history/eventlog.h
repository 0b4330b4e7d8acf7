#pragma once

#include "core/event/eventmessage.h"
#include "core/room/roomconfig.h"

#include <QByteArray>
#include <QList>

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace dialogue {

/** How much a log keeps for recovery, besides each event's own history. */
struct RecoveryLimits
{
    int events;
    qint64 bytes; ///< On the wire.
};

/**
 * The log of one room, in memory: gives each event its offset and keeps two windows of the newest ones.
 *
 * The recovery window holds whatever came last, of all events, without a hole: it answers "everything since
 * N". Each event's history holds its newest `limit`: it answers pages. A message in both is stored once.
 */
class EventLog
{
public:
    using Entry = std::shared_ptr<const EventMessage>;

    explicit EventLog(RecoveryLimits limits);

    [[nodiscard]] const QByteArray &epoch() const { return m_epoch; }
    [[nodiscard]] quint64 offset() const { return m_offset; } ///< Of the newest event; 0 before the first.

    /**
     * Appends \a message, giving it the next offset; \a size is its bytes on the wire. What leaves its
     * event's history for it is added to \a evicted, oldest first, if anyone wants to know.
     */
    void append(EventMessage &message, qsizetype size, const HistoryPolicy &policy,
                QList<Entry> *evicted = nullptr);

    /** All events after \a offset in order, or nothing when that is not certain: another epoch, or too long
     * ago. */
    [[nodiscard]] std::optional<QList<Entry>> since(const QByteArray &epoch, quint64 offset) const;

    /** Kept events of one name (empty: of all with a history), newest first; 0 is the newest, \a end
     * exclusive. */
    [[nodiscard]] QList<EventMessage> page(const QString &event, int start, int end) const;
    [[nodiscard]] int kept(const QString &event) const;

private:
    struct Recent
    {
        Entry message;
        qsizetype size;
    };
    struct History
    {
        QString event;
        std::deque<Entry> entries; ///< Oldest first.
    };
    void trimRecent();
    History &historyOf(const QString &event);
    [[nodiscard]] const History *findHistory(const QString &event) const;

    RecoveryLimits m_limits;
    QByteArray m_epoch;
    quint64 m_offset = 0;
    std::deque<Recent> m_recent; ///< Oldest first, offsets without a hole up to m_offset.
    qint64 m_recentBytes = 0;
    std::vector<History> m_history; ///< Of the few events that are declared with one.
};

} // namespace dialogue
