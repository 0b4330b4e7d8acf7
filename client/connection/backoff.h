#pragma once

#include "client/clientconfig.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

namespace dialogue::client {

/** How long to wait before a join that the server refused for now is asked again: as long as it says, in
 * reason. */
inline std::chrono::milliseconds waitBeforeJoin(std::optional<std::chrono::milliseconds> said,
                                                const ClientConfig &config)
{
    constexpr std::chrono::milliseconds longest{60000};
    const auto least = config.reconnectionDelay;
    return std::clamp(said.value_or(config.reconnectionDelayMax), least, std::max(least, longest));
}

/** How long to wait before each attempt to connect again: doubling, bounded, and spread by chance. */
class Backoff
{
public:
    using milliseconds = std::chrono::milliseconds;

    /** \a jitter from 0 to 1: the share of a delay that chance decides. */
    Backoff(milliseconds first, milliseconds most, double jitter)
        : m_first(std::max(first, milliseconds(0)))
        , m_most(std::max(most, m_first))
        , m_jitter(std::clamp(jitter, 0.0, 1.0))
    { }

    /** The next delay; \a chance is a random number from 0 to 1. */
    milliseconds next(double chance)
    {
        // 2^32 times the first delay is beyond any bound, and no further doubling changes that.
        const double base
            = std::min(static_cast<double>(m_most.count()),
                       std::ldexp(static_cast<double>(m_first.count()), std::min(m_attempts, 32)));
        ++m_attempts;
        // Only ever shorter: spread around the bound and cut off there, half of all would come at the same
        // time.
        return milliseconds(std::llround(base * (1 - m_jitter * (1 - std::clamp(chance, 0.0, 1.0)))));
    }

    [[nodiscard]] int attempts() const { return m_attempts; }
    void reset() { m_attempts = 0; }

private:
    milliseconds m_first;
    milliseconds m_most;
    double m_jitter;
    int m_attempts = 0;
};

} // namespace dialogue::client
