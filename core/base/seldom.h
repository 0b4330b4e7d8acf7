#pragma once

#include <QDeadlineTimer>

#include <chrono>
#include <utility>

namespace dialogue {

/**
 * For warnings about what a stranger may bring about as often as he likes: the first is said at once, and
 * then one a minute, with how many there were. Of one thread.
 */
class Seldom
{
public:
    /** How many times it happened that nobody was told of, these \a times included; 0: say nothing now. */
    int count(int times = 1)
    {
        m_untold += times;
        if (!m_quiet.hasExpired())
            return 0;
        m_quiet.setRemainingTime(Interval);
        return std::exchange(m_untold, 0);
    }

private:
    static constexpr std::chrono::minutes Interval{1};
    QDeadlineTimer m_quiet; ///< Expired while nothing was said.
    int m_untold = 0;
};

} // namespace dialogue
