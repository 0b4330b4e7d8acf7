#pragma once

#include <cstdint>

#include <time.h>

namespace dialogue::bench {

constexpr std::int64_t Second = 1'000'000'000;

/** Nanoseconds of the monotonic clock. */
inline std::int64_t clockNow()
{
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t(time.tv_sec) * Second + time.tv_nsec;
}

} // namespace dialogue::bench
