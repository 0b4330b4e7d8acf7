#pragma once

#include "server/fanout/publication.h"

#include <algorithm>
#include <set>

namespace dialogue {

/**
 * Numbers what is published, whatever the room, and knows what of it has gone out: mostly in the order of the
 * numbers, but where one room waits for its store and another does not.
 */
class Sequence
{
public:
    explicit Sequence(quint64 last)
        : m_first(last)
        , m_last(last)
        , m_outUpTo(last)
        , m_lastOrder(last)
    { }
    quint64 next() { return ++m_last; }
    [[nodiscard]] quint64 last() const { return m_last; }
    [[nodiscard]] quint64 published() const { return m_last - m_first; } ///< In this run.

    /** \a seq has been submitted, and goes out later, or never. */
    void wait(quint64 seq) { m_waiting.insert(seq); }
    void waitsNoMore(quint64 seq) { m_waiting.erase(seq); }

    /** \a seq, which does not wait, goes out now. */
    [[nodiscard]] Departure goesOut(quint64 seq)
    {
        m_outUpTo = std::max(m_outUpTo, seq);
        m_lastOrder = std::max(m_lastOrder + 1, seq);
        return {.order = m_lastOrder,
                .nothingMissingUpTo
                = m_waiting.empty() ? m_outUpTo : std::min(m_outUpTo, *m_waiting.begin() - 1)};
    }

private:
    const quint64 m_first;
    quint64 m_last;
    quint64 m_outUpTo;
    quint64 m_lastOrder;
    std::set<quint64> m_waiting;
};

} // namespace dialogue
