#pragma once

#include "core/event/eventdefinition.h"
#include "server/fanout/publication.h"
#include "server/history/logreader.h"
#include "server/history/offsetmerge.h"
#include "server/history/ring.h"

#include <QList>

#include <algorithm>
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
    /** What the next event is to be submitted under: each number once, whether or not it comes to be kept. */
    [[nodiscard]] quint64 next() const { return std::max(m_offset, m_submitted) + 1; }
    void submitted(quint64 offset) { m_submitted = offset; }
    /** There was an event of that offset, of which nothing is left to be kept. */
    void reach(quint64 offset) { m_offset = std::max(m_offset, offset); }
    [[nodiscard]] bool isUntouched() const { return next() == 1; } ///< Nothing was ever submitted.

    /** What an earlier run kept in a history, oldest first, before continueFrom(). */
    void restoreHistory(const PublicationPtr &publication, const HistoryPolicy &policy);
    /** What an earlier run kept of all events begins behind \a offset, and is going to be appended. */
    void continueFrom(quint64 offset);

    /**
     * Takes \a publication, whose offset is greater than all before. What leaves its event's history for it
     * is added to \a evicted, oldest first, if anyone wants to know.
     */
    void append(const PublicationPtr &publication, const Retention &retention,
                QList<PublicationPtr> *evicted = nullptr);
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
    void forgetOldest(QList<PublicationPtr> *evicted = nullptr);
    /** Takes out what was said at \a offset, as if nothing had ever been: nobody is told that it is missing.
     * False: it is not kept. Takes time by how many are newer. */
    bool erase(quint64 offset);
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

    /** An offset, as great as is known, up to which nothing has a seq greater than \a seq. */
    [[nodiscard]] quint64 offsetAt(quint64 seq) const;

    /** Whatever is kept with an offset greater than \a after, oldest first. */
    [[nodiscard]] OffsetMerge forward(quint64 after) const;
    /** Whatever is kept with an offset from \a from to \a to, newest first; of all events, or besides others
     * of that one. */
    [[nodiscard]] OffsetMerge backward(quint64 from, quint64 to, const QString &event = {}) const;

    /** The history of one event (empty: of all that have one), newest first, from the one on that has \a
     * newer before it. */
    [[nodiscard]] OffsetMerge history(const QString &event, int newer) const;
    [[nodiscard]] int kept(const QString &event) const; ///< How many history() gives in all.
    /** Of all events that have a history: how many of the newest follow one another with none missing. */
    [[nodiscard]] int keptWhole() const;

private:
    friend class LogReader;
    using Entries = Ring<PublicationPtr>;
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
        quint64 lostOfEmptied = 0; ///< As History::lost, of those that hold nothing any more.
        quint64 lostSeq = 0; ///< The greatest of all that is lost.
        quint64 policiesChangedAt = 0;
        LogReaders readers;
    };

    void keepInHistory(const PublicationPtr &publication, const HistoryPolicy &policy,
                       QList<PublicationPtr> *evicted);
    void trim(History &history, std::size_t limit, QList<PublicationPtr> *evicted);
    void trimRecent(const RecoveryLimits &limits, int most);
    void forgetOldestRecent();
    void forgetOldestOf(History &history, QList<PublicationPtr> *evicted);
    void push(Entries &entries, PublicationPtr publication);
    PublicationPtr pop(Entries &entries);
    PublicationPtr take(Entries &entries, std::size_t place);
    void lose(const Publication &publication, quint64 &lost);
    [[nodiscard]] quint64 mayBeLostOf(bool hasHistory) const;
    LogReaders &readers();
    [[nodiscard]] History *findHistory(const QString &event) const;
    [[nodiscard]] quint64 offsetBehind(std::size_t newer) const;

    quint64 m_offset = 0;
    quint64 m_submitted = 0;
    std::unique_ptr<Windows> m_windows;
};

} // namespace dialogue
