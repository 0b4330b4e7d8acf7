#include "console/events/seqranges.h"

#include <algorithm>

namespace dialogue::console {

void SeqRanges::add(Range range)
{
    if (range.first >= range.end)
        return;
    // All that touch it become one with it.
    const auto first = std::lower_bound(m_ranges.begin(), m_ranges.end(), range.first,
                                        [](const Range &each, quint64 seq) { return each.end < seq; });
    auto last = first;
    for (; last != m_ranges.end() && last->first <= range.end; ++last)
        range = {std::min(range.first, last->first), std::max(range.end, last->end)};
    m_ranges.insert(m_ranges.erase(first, last), range);
}

void SeqRanges::remove(Range range)
{
    if (range.first >= range.end)
        return;
    QList<Range> left;
    left.reserve(m_ranges.size() + 1);
    for (const Range &each : std::as_const(m_ranges)) {
        if (each.end <= range.first || each.first >= range.end) {
            left.append(each);
            continue;
        }
        if (each.first < range.first)
            left.append({each.first, range.first});
        if (each.end > range.end)
            left.append({range.end, each.end});
    }
    m_ranges = left;
}

void SeqRanges::unite(const SeqRanges &other)
{
    for (const Range &each : other.m_ranges)
        add(each);
}

void SeqRanges::subtract(const SeqRanges &other)
{
    for (const Range &each : other.m_ranges)
        remove(each);
}

void SeqRanges::toggle(const SeqRanges &other)
{
    SeqRanges added = other;
    added.subtract(*this);
    subtract(other);
    unite(added);
}

void SeqRanges::forgetBefore(quint64 seq) { remove({0, seq}); }

bool SeqRanges::contains(quint64 seq) const
{
    const auto behind
        = std::upper_bound(m_ranges.begin(), m_ranges.end(), seq,
                           [](quint64 wanted, const Range &each) { return wanted < each.first; });
    return behind != m_ranges.begin() && seq < std::prev(behind)->end;
}

quint64 SeqRanges::count() const
{
    quint64 sum = 0;
    for (const Range &each : m_ranges)
        sum += each.end - each.first;
    return sum;
}

} // namespace dialogue::console
