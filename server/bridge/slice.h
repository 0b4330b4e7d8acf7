#pragma once

#include <chrono>

namespace dialogue::bridge {

/**
 * When a thread that serves others has done enough for now: after a time, which is looked at every few of
 * them, or after one that took as long as \a Expensive. Knows no clock.
 */
class Slice
{
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::microseconds Expensive{1000};

    struct Length
    {
        std::chrono::microseconds time;
        int few; ///< At least so many, unless one was expensive.
    };

    Slice(Length length, Clock::time_point now)
        : m_few(length.few)
        , m_left(length.few)
        , m_last(now)
        , m_end(now + length.time)
    { }

    /** One more was served by \a now. True from the one on that was enough. */
    [[nodiscard]] bool isOver(Clock::time_point now)
    {
        const bool expensive = now - m_last >= Expensive;
        m_last = now;
        if (--m_left <= 0) {
            m_left = m_few;
            m_over = m_over || now >= m_end;
        }
        m_over = m_over || expensive;
        return m_over;
    }

private:
    int m_few;
    int m_left;
    bool m_over = false;
    Clock::time_point m_last;
    Clock::time_point m_end;
};

} // namespace dialogue::bridge
