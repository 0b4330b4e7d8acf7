#pragma once

#include <cstdint>
#include <map>
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

/** CPU seconds of each thread of a process by its number; empty when there is no such process. */
using ThreadTimes = std::map<pid_t, double>;
ThreadTimes threadTimes(pid_t pid);

/** The most that one thread used between two readings; what it used before it appeared counts as well. */
double busiestThread(const ThreadTimes &before, const ThreadTimes &after);

} // namespace dialogue::bench
