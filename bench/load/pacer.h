#pragma once

#include <cstdint>

namespace dialogue::bench {

/**
 * The times at which events are to go out, \a rate a second from \a start on, in nanoseconds of one clock.
 * They do not depend on when they are taken: a server that lags finds the events it delayed counted from when
 * they were due (no coordinated omission).
 */
class Pacer
{
public:
    Pacer(double rate, std::int64_t start)
        : m_interval(1e9 / rate)
        , m_start(start)
    { }

    [[nodiscard]] std::int64_t next() const
    {
        return m_start + static_cast<std::int64_t>(static_cast<double>(m_taken) * m_interval);
    }
    [[nodiscard]] bool isDue(std::int64_t now) const { return next() <= now; }
    /** The time of the next event, which is then taken. */
    std::int64_t take()
    {
        const std::int64_t due = next();
        ++m_taken;
        return due;
    }

private:
    double m_interval;
    std::int64_t m_start;
    std::int64_t m_taken = 0;
};

} // namespace dialogue::bench
