#pragma once

#include <chrono>

namespace dialogue {

/** At most so many in any span of time as long as the window. */
struct RateLimit
{
    int maxEvents = 1;
    std::chrono::milliseconds window{1000};

    friend bool operator==(const RateLimit &, const RateLimit &) = default;
};

} // namespace dialogue
