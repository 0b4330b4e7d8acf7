#pragma once

#include "bench/load/options.h"
#include "bench/load/traffic.h"

#include <string>

namespace dialogue::bench {

/** What a run came to. */
struct Report
{
    std::size_t connections = 0;
    double rampSeconds = 0;
    double seconds = 0; ///< Measured.
    TrafficCounts counts = {};
    Histogram latency = {};
    std::uint64_t lost = 0; ///< By subscribers whose connection held.
    std::uint64_t repeated = 0;
    double generatorCpuSeconds = 0; ///< While measured; near seconds, and the generator is what limits.

    bool hasServer = false; ///< Whether what follows is known.
    double serverCpuSeconds = 0; ///< While measured.
    double busiestThreadSeconds = 0; ///< Of serverCpuSeconds, the most that one thread used.
    double connectCpuSeconds = 0; ///< While the connections were made.
    std::int64_t residentBefore = 0; ///< Before the connections.
    std::int64_t residentAfter = 0; ///< With all of them.
    std::int64_t residentEnd = 0;

    /** Whether everything arrived. */
    [[nodiscard]] bool isWhole() const
    {
        return lost == 0 && repeated == 0 && counts.broken == 0 && counts.unsent == 0;
    }
};

/** For people, some lines. */
std::string reportText(const LoadOptions &options, const Report &report);

/** One JSON object in one line; times in microseconds. */
std::string reportJson(const LoadOptions &options, const Report &report);

/** One line on how it goes. */
std::string progressText(int second, double eventsPerSecond, double deliveriesPerSecond, std::uint64_t worst);

} // namespace dialogue::bench
