#include "console/model/eventlog.h"

#include <algorithm>
#include <array>
#include <utility>

namespace dialogue::console {

EventSegment &EventLog::open()
{
    m_segments.push_back(std::make_shared<EventSegment>(m_nextSeq, m_limits.segmentRows));
    return *m_segments.back();
}

void EventLog::appendGap(GapReason reason, qint64 count, qint64 time)
{
    if (m_segments.empty() || !m_segments.back()->appendGap(reason, count, time))
        open().appendGap(reason, count, time);
    ++m_nextSeq;
}

void EventLog::append(const EventBatch &batch)
{
    if (batch.afterLoss)
        appendGap(GapReason::Connection, 0, batch.time);
    const std::array gaps{
        std::pair(GapReason::Rate, batch.dropped.rate), std::pair(GapReason::Ring, batch.dropped.ring),
        std::pair(GapReason::Queue, batch.dropped.queue), std::pair(GapReason::Filter, batch.dropped.filter)};
    for (const auto &[reason, count] : gaps) {
        if (count > 0)
            appendGap(reason, count, batch.time);
    }
    EventSegment::Naming naming(batch);
    for (const EventRecord &record : batch.records) {
        if (m_segments.empty() || !m_segments.back()->append(batch, record, naming))
            open().append(batch, record, naming); // What has room in no segment has lost its data for that.
        ++m_nextSeq;
    }
}

qint64 EventLog::rowsToEvict() const
{
    qint64 rows = qint64(endSeq() - firstSeq());
    qint64 allocated = bytes();
    qint64 evicted = 0;
    for (std::size_t i = 0; i + 1 < m_segments.size(); ++i) {
        const EventSegment &segment = *m_segments[i];
        if (rows - segment.rows() < m_limits.rows && allocated <= m_limits.bytes)
            break;
        rows -= segment.rows();
        allocated -= segment.allocated();
        evicted += segment.rows();
    }
    return evicted;
}

void EventLog::evict(qint64 rows)
{
    while (rows > 0 && !m_segments.empty()) {
        rows -= m_segments.front()->rows();
        m_segments.pop_front();
    }
}

void EventLog::clear() { m_segments.clear(); }

qint64 EventLog::bytes() const
{
    qint64 sum = 0;
    for (const auto &segment : m_segments)
        sum += segment->allocated();
    return sum;
}

const std::shared_ptr<EventSegment> &EventLog::segmentOf(quint64 seq) const
{
    const auto behind
        = std::upper_bound(m_segments.begin(), m_segments.end(), seq,
                           [](quint64 wanted, const auto &segment) { return wanted < segment->firstSeq(); });
    return *std::prev(behind);
}

} // namespace dialogue::console
