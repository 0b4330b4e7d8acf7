#pragma once

#include "server/config/serverconfig.h"

#include <chrono>

namespace dialogue {

/**
 * How a client takes it that it is refused for a while: who goes on nevertheless is not answered each time,
 * but held back for a while; who does so for long is to go. Forgotten once it has kept to its limits
 * for a whole window. Knows no clock.
 */
class Insistence
{
public:
    using Clock = std::chrono::steady_clock;
    enum class Verdict {
        Tell, ///< And that is all.
        Hold, ///< Tell, and look at nothing more of it for a while.
        End, ///< Tell, and disconnect it.
    };

    /** It was refused by a limit with this \a window, for \a wait. */
    Verdict refused(Clock::time_point now, std::chrono::milliseconds wait, std::chrono::milliseconds window,
                    const RateLimitConfig &config)
    {
        if (now >= m_calmAt) {
            m_refusals = 0;
            m_held = false;
        } else if (now >= m_until && !m_held) {
            m_refusals = 0;
        }
        m_until = now + wait;
        m_calmAt = m_until + window;
        ++m_refusals;
        if (!m_held && m_refusals < config.refusals)
            return Verdict::Tell;
        if (!m_held)
            m_since = now;
        m_held = true;
        return now - m_since >= config.patience ? Verdict::End : Verdict::Hold;
    }

private:
    Clock::time_point m_until; ///< Before that it may not.
    Clock::time_point m_calmAt; ///< From then on nothing is held against it.
    Clock::time_point m_since; ///< When it was held back first.
    int m_refusals = 0; ///< That it did not wait for the end of.
    bool m_held = false; ///< And is held back at once from then on.
};

} // namespace dialogue
