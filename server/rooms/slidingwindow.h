#pragma once

#include <QList>

#include <chrono>
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
        while (!m_taken.isEmpty() && now - m_taken.constFirst() >= m_window)
            m_taken.removeFirst();
        if (m_taken.size() >= m_count) {
            if (m_taken.isEmpty())
                return m_window;
            return std::chrono::ceil<std::chrono::milliseconds>(m_taken.constFirst() + m_window - now);
        }
        m_taken.append(now);
        return std::nullopt;
    }

private:
    int m_count;
    std::chrono::milliseconds m_window;
    QList<Clock::time_point> m_taken; // Not a deque, which takes 600 bytes while it is empty.
};

} // namespace dialogue
