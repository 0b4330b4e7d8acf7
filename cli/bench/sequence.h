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
        m_missing += missing;
        m_next = number + 1;
        return missing + 1;
    }

    /** Events of [\a from, \a to) that did not come, given that those before \a from do not matter. */
    [[nodiscard]] std::uint64_t lost(std::uint64_t from, std::uint64_t to) const
    {
        if (to <= from)
            return 0;
        if (!m_first)
            return to - from;
        const std::uint64_t before = *m_first > from ? (*m_first < to ? *m_first : to) - from : 0;
        const std::uint64_t reached = m_next > from ? m_next : from;
        return before + m_missing + (to > reached ? to - reached : 0);
    }

    [[nodiscard]] std::uint64_t repeated() const { return m_repeated; } ///< Came twice or out of order.
    void forgetMissing() { m_missing = 0; } ///< At the end of the warm-up.

private:
    std::optional<std::uint64_t> m_first;
    std::uint64_t m_next = 0;
    std::uint64_t m_missing = 0;
    std::uint64_t m_repeated = 0;
};

} // namespace dialogue::bench
