#pragma once

#include "core/event/eventdefinition.h"
#include "server/history/logreader.h"
#include "server/history/offsetmerge.h"
#include "server/history/publication.h"
#include "server/history/ring.h"

#include <QList>

#include <memory>
#include <vector>

namespace dialogue {

/** How much a log keeps for recovery, besides each event's own history. */
struct RecoveryLimits
{
    int events;
    qint64 bytes; ///< On the wire.
};

/** How long a publication is kept. */
struct Retention
{
    HistoryPolicy history = {}; ///< Of its event.
    const RecoveryLimits &recovery;
};

/**
 * The log of one room, in memory: two windows of the newest publications.
 *
 * The recovery window holds whatever came last, of all events, without a hole: it answers "everything since
 * N". Each event's history holds its newest `limit`: it answers pages. What is in both shares its bytes. And
 * as a history has no hole either, it answers "everything of this event since N" further back than the other.
 *
 * While somebody reads it piece by piece (LogReader), what he has to read yet stays, up to twice the limits;
 * it counts no more as history.
 *
 * Appending and forgetting take constant time, but that many small publications may give way to a large one;
 * a page or a stretch takes time by what it gives. An empty log takes but its own few bytes.
 */
class EventLog
{
public:
    [[nodiscard]] quint64 offset() const { return m_offset; } ///< Of the newest event; 0 before the first.

    /**
     * Takes \a publication, whose offset is greater than all before. What leaves its event's history for it
     * is added to \a evicted, oldest first, if anyone wants to know.
     */
    void append(Publication publication, const Retention &retention, QList<Publication> *evicted = nullptr);
    /**
     * How many of the older ones may go for a new one of so many bytes: as many as had to be sent to fill its
     * place, and some more, so that a log beyond its limits comes back to them little by little.
     */
    [[nodiscard]] static int mostForgottenFor(qint64 bytes)
    {
        constexpr qint64 smallest = 32;
        return MostForgotten + static_cast<int>(bytes / smallest);
    }
    static constexpr int MostForgotten = 16;
    /** Forgets the oldest publication, for want of memory; there is one. It is added to \a evicted where it
     * was in a history. */
    void forgetOldest(QList<Publication> *evicted = nullptr);
    void stopReading(LogReader &reader);
    /** What it takes to keep what is kept: 0 where that is nothing. */
    [[nodiscard]] qint64 bytes() const { return m_windows ? m_windows->bytes : 0; }
    /** Events may be kept from now on that were not, or the other way round. */
    void policiesChanged();

    /**
     * Every publication of \a event ("*": of any) with a greater offset than this is kept. \a hasHistory: as
     * the room declares it now.
     */
    [[nodiscard]] quint64 completeAfter(const QString &event, bool hasHistory) const;

    /** Whatever is kept with an offset greater than \a after, oldest first. */
    [[nodiscard]] OffsetMerge forward(quint64 after) const;
    /** Whatever is kept with an offset from \a from to \a to, newest first; of all events, or besides others
     * of that one. */
    [[nodiscard]] OffsetMerge backward(quint64 from, quint64 to, const QString &event = {}) const;

    /** The history of one event (empty: of all that have one), newest first, from the one on that has \a
     * newer before it. */
    [[nodiscard]] OffsetMerge history(const QString &event, int newer) const;
    [[nodiscard]] int kept(const QString &event) const; ///< How many history() gives in all.

private:
    friend class LogReader;
    using Entries = Ring<Publication>;
    struct History
    {
        QString event;
        Entries entries;
        std::size_t over = 0; ///< How many of the oldest are there for readers only.
        quint64 lost; ///< None of its publications after this one is missing.
    };
    /** What a log that was ever appended to has. */
    struct Windows
    {
        Entries recent; ///< Of all events, without a hole up to the newest.
        qint64 recentBytes = 0; ///< On the wire.
        qint64 bytes = 0; ///< In memory, of both windows.
        std::vector<History> histories; ///< Of the few events that are declared with one.
        quint64 lostOfOthers = 0; ///< As History::lost, of all events without one.
        quint64 policiesChangedAt = 0;
        LogReaders readers;
    };

    void keepInHistory(const Publication &publication, const HistoryPolicy &policy,
                       QList<Publication> *evicted);
    void trim(History &history, std::size_t limit, QList<Publication> *evicted);
    void trimRecent(const RecoveryLimits &limits, int most);
    void forgetOldestRecent();
    void forgetOldestOf(History &history, QList<Publication> *evicted);
    void push(Entries &entries, Publication &&publication);
    Publication pop(Entries &entries);
    [[nodiscard]] quint64 mayBeLostOf(bool hasHistory) const;
    LogReaders &readers();
    [[nodiscard]] History *findHistory(const QString &event) const;
    [[nodiscard]] quint64 offsetBehind(std::size_t newer) const;

    quint64 m_offset = 0;
    std::unique_ptr<Windows> m_windows;
};

} // namespace dialogue
