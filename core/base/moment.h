#pragma once

#include <algorithm>
#include <chrono>

namespace dialogue {

/**
 * The moment \a seconds after 1970-01-01, or the nearest that a clock of nanoseconds can tell with room to
 * add to it: it ends in 2262, while certificates that never expire say 9999 (RFC 5280, 4.1.2.5), and a token
 * says what it likes.
 */
constexpr std::chrono::system_clock::time_point momentAt(std::chrono::seconds seconds)
{
    constexpr std::chrono::seconds Farthest = std::chrono::hours(24 * 365 * 200);
    return std::chrono::system_clock::time_point(std::clamp(seconds, -Farthest, Farthest));
}

} // namespace dialogue
