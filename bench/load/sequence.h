#pragma once

#include <cstdint>
#include <optional>

namespace dialogue::bench {

/** What one subscriber has seen of one stream: consecutive numbers, or how many are missing. */
class Sequence
{
public:
    /** Takes \a number; how many of the stream's events this accounts for (itself and those it leaves
     * missing), 0 when it was seen before or comes too late. */
    std::uint64_t take(std::uint64_t number)
    {
        if (!m_first) {
            m_first = number;
            m_next = number + 1;
            return 1;
        }
        if (number < m_next) {
            ++m_repeated;
            return 0;
        }
        const std::uint64_t missing = number - m_next;
        const std::uint64_t from = m_next > m_from ? m_next : m_from;
        m_missing += number > from ? number - from : 0;
        m_next = number + 1;
        return missing + 1;
    }

    /** The warm-up is over: events before \a from, which come yet, do not matter. */
    void countFrom(std::uint64_t from)
    {
        m_from = from;
        m_missing = 0;
    }

    /** Events that count, before \a to, and did not come. */
    [[nodiscard]] std::uint64_t lost(std::uint64_t to) const
    {
        if (to <= m_from)
            return 0;
        if (!m_first)
            return to - m_from;
        const std::uint64_t before = *m_first > m_from ? (*m_first < to ? *m_first : to) - m_from : 0;
        const std::uint64_t reached = m_next > m_from ? m_next : m_from;
        return before + m_missing + (to > reached ? to - reached : 0);
    }

    [[nodiscard]] std::uint64_t repeated() const { return m_repeated; } ///< Came twice or out of order.

private:
    std::optional<std::uint64_t> m_first;
    std::uint64_t m_next = 0;
    std::uint64_t m_from = 0;
    std::uint64_t m_missing = 0;
    std::uint64_t m_repeated = 0;
};

} // namespace dialogue::bench
