#pragma once

#include <chrono>
#include <deque>
#include <optional>

namespace dialogue {

/** At most \a count within any \a window: a true sliding window, which remembers each of the last \a count
 * times. */
class SlidingWindow
{
public:
    using Clock = std::chrono::steady_clock;

    SlidingWindow(int count, std::chrono::milliseconds window)
        : m_count(count)
        , m_window(window)
    { }

    /** Takes one at \a now; or says after what time the next one may be taken. */
    std::optional<std::chrono::milliseconds> take(Clock::time_point now = Clock::now())
    {
        while (!m_taken.empty() && now - m_taken.front() >= m_window)
            m_taken.pop_front();
        if (m_taken.size() >= static_cast<size_t>(m_count)) {
            if (m_taken.empty())
                return m_window;
            return std::chrono::ceil<std::chrono::milliseconds>(m_taken.front() + m_window - now);
        }
        m_taken.push_back(now);
        return std::nullopt;
    }

private:
    int m_count;
    std::chrono::milliseconds m_window;
    std::deque<Clock::time_point> m_taken;
};

} // namespace dialogue
