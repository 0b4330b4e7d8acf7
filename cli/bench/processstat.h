#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <sys/types.h>

namespace dialogue::bench {

/** What the kernel says of a process (proc(5)). */
struct ProcessStat
{
    double cpuSeconds = 0; ///< User and system, all threads.
    std::int64_t residentBytes = 0;
};

/** Reads the line of /proc/PID/stat; the name in it may hold spaces and parentheses. */
std::optional<ProcessStat> readStatLine(std::string_view line, long ticksPerSecond, long pageSize);

/** Of a process that runs; nothing when there is none with this number. */
std::optional<ProcessStat> processStat(pid_t pid);

} // namespace dialogue::bench
