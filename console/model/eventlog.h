#pragma once

#include "console/model/eventsegment.h"

#include <deque>

namespace dialogue::console {

/** How much of what has come is kept: the youngest rows, by segments. */
struct LogLimits
{
    qint64 rows = 1'000'000; ///< Kept at least; up to a segment more.
    qint64 bytes = 1024LL * 1024 * 1024; ///< At most, about; a segment is kept whatever it takes.
    int segmentRows = 65'536;
};

/**
 * Events in the order in which they came, numbered through (seq). Whoever shows them is told of nothing: it
 * asks, and evicts when it is ready for that. One thread's.
 */
class EventLog
{
public:
    explicit EventLog(const LogLimits &limits = {})
        : m_limits(limits)
    { }

    void append(const EventBatch &batch);

    /** Of the oldest rows, whole segments: those beyond the limits. */
    [[nodiscard]] qint64 rowsToEvict() const;
    void evict(qint64 rows); ///< What rowsToEvict() said.
    void clear(); ///< Numbers go on.

    [[nodiscard]] quint64 firstSeq() const
    {
        return m_segments.empty() ? m_nextSeq : m_segments.front()->firstSeq();
    }
    [[nodiscard]] quint64 endSeq() const { return m_nextSeq; }
    [[nodiscard]] qint64 bytes() const; ///< That it takes of the memory, about.

    /** From the oldest on. */
    [[nodiscard]] const std::deque<std::shared_ptr<EventSegment>> &segments() const { return m_segments; }
    /** The segment that has \a seq, which is one that is kept. */
    [[nodiscard]] const std::shared_ptr<EventSegment> &segmentOf(quint64 seq) const;

    [[nodiscard]] const LogLimits &limits() const { return m_limits; }

private:
    EventSegment &open();
    void appendGap(GapReason reason, qint64 count, qint64 time);

    LogLimits m_limits;
    std::deque<std::shared_ptr<EventSegment>> m_segments;
    quint64 m_nextSeq = 0;
};

} // namespace dialogue::console
