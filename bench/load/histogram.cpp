#include "bench/load/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace dialogue::bench {

// Values below PerDoubling have a bucket each. Above, a bucket is named by the position of the highest bit
// and the Bits bits that follow it.

std::size_t Histogram::bucketOf(std::uint64_t value)
{
    if (value < PerDoubling)
        return static_cast<std::size_t>(value);
    const int shift = std::bit_width(value) - 1 - Bits;
    return static_cast<std::size_t>(shift) * PerDoubling + static_cast<std::size_t>(value >> shift);
}

std::uint64_t Histogram::upperEdge(std::size_t bucket)
{
    if (bucket < PerDoubling)
        return bucket;
    const std::size_t shift = bucket / PerDoubling - 1;
    const std::uint64_t leading = bucket % PerDoubling + PerDoubling;
    return ((leading + 1) << shift) - 1;
}

void Histogram::record(std::uint64_t value)
{
    ++m_buckets[bucketOf(value)];
    ++m_count;
    m_max = std::max(m_max, value);
    m_sum += static_cast<double>(value);
}

std::uint64_t Histogram::percentile(double percent) const
{
    if (m_count == 0)
        return 0;
    const double share = std::clamp(percent, 0.0, 100.0) / 100 * static_cast<double>(m_count);
    // 99.9 % of 1,000 is 999, though not in binary fractions.
    const auto wanted = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(share - 1e-6)));
    std::uint64_t seen = 0;
    for (std::size_t bucket = 0; bucket < m_buckets.size(); ++bucket) {
        seen += m_buckets[bucket];
        if (seen >= wanted)
            return std::min(upperEdge(bucket), m_max);
    }
    return m_max;
}

} // namespace dialogue::bench
