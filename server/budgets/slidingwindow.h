#pragma once

#include "server/config/serverconfig.h"

#include <QtGlobal>

#include <chrono>
#include <memory>
#include <optional>

namespace dialogue {

/**
 * When so many were taken last, for a RateLimit: a true sliding window, in no span of time as long as the
 * window is more than the limit taken. To the millisecond, and rather late than early. Takes constant time,
 * over many, and four bytes of each that is still in the window; nothing while empty.
 */
class SlidingWindow
{
public:
    using Clock = std::chrono::steady_clock;

    /** After what time the next may be taken, where that is not \a now. */
    [[nodiscard]] std::optional<std::chrono::milliseconds> wait(const RateLimit &limit,
                                                                Clock::time_point now);
    /** Takes one; only where there was no wait(). */
    void take(const RateLimit &limit, Clock::time_point now);

    /** All that was taken is out of the window. */
    [[nodiscard]] bool hasRunOut(const RateLimit &limit, Clock::time_point now) const;
    /** Forgets all, and gives its memory back. */
    void clear();

    [[nodiscard]] int taken() const { return m_size; } ///< As of the last call.
    [[nodiscard]] qsizetype bytes() const { return qsizetype(sizeof(quint32)) * m_capacity; }

private:
    void dropOld(const RateLimit &limit, Clock::time_point now);
    void grow(int most);
    [[nodiscard]] quint32 &at(int index) { return m_times[(m_first + index) & (m_capacity - 1)]; }

    /** A ring, oldest first: milliseconds, of which the upper bits are gone. */
    std::unique_ptr<quint32[]> m_times;
    int m_capacity = 0; ///< A power of two, or 0.
    int m_first = 0;
    int m_size = 0;
    qint64 m_last = 0; ///< When the newest was taken, in milliseconds.
};

} // namespace dialogue
