#pragma once

#include <array>
#include <cstdint>

namespace dialogue::bench {

/**
 * Counts of durations in buckets whose width grows with the value, as HdrHistogram's: 64 buckets for every
 * doubling, so that a percentile is right to 1.6 % whatever its size, in 30 KB and a few instructions.
 * Any unit; the generator uses nanoseconds.
 */
class Histogram
{
public:
    void record(std::uint64_t value);
    void clear() { *this = {}; }

    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] std::uint64_t max() const { return m_max; } ///< Exact.
    [[nodiscard]] double mean() const { return m_count ? m_sum / static_cast<double>(m_count) : 0; }

    /** The value that \a percent of all are at or below: the upper edge of its bucket, at most max(). */
    [[nodiscard]] std::uint64_t percentile(double percent) const;

private:
    static constexpr int Bits = 6;
    static constexpr std::size_t PerDoubling = std::size_t(1) << Bits;

    static std::size_t bucketOf(std::uint64_t value);
    static std::uint64_t upperEdge(std::size_t bucket);

    std::array<std::uint64_t, (64 - Bits + 1) * PerDoubling> m_buckets{};
    std::uint64_t m_count = 0;
    std::uint64_t m_max = 0;
    double m_sum = 0;
};

} // namespace dialogue::bench
