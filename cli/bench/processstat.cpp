#include "cli/bench/processstat.h"

#include <charconv>
#include <fstream>
#include <string>

#include <unistd.h>

namespace dialogue::bench {

namespace {

// Fields after the name, the state being 0; proc(5) counts from 1 and from the pid.
constexpr int kUserTicks = 11;
constexpr int kSystemTicks = 12;
constexpr int kResidentPages = 21;

} // namespace

std::optional<ProcessStat> readStatLine(std::string_view line, long ticksPerSecond, long pageSize)
{
    const std::size_t nameEnd = line.rfind(')');
    if (nameEnd == std::string_view::npos || nameEnd + 2 > line.size())
        return std::nullopt;
    line.remove_prefix(nameEnd + 2);
    ProcessStat stat;
    std::int64_t ticks = 0;
    for (int field = 0; field <= kResidentPages; ++field) {
        const std::size_t end = line.find(' ');
        if (end == std::string_view::npos)
            return std::nullopt;
        if (field == kUserTicks || field == kSystemTicks || field == kResidentPages) {
            std::int64_t number = 0;
            const auto [next, error] = std::from_chars(line.data(), line.data() + end, number);
            if (error != std::errc() || next != line.data() + end)
                return std::nullopt;
            if (field == kResidentPages)
                stat.residentBytes = number * pageSize;
            else
                ticks += number;
        }
        line.remove_prefix(end + 1);
    }
    stat.cpuSeconds = static_cast<double>(ticks) / static_cast<double>(ticksPerSecond);
    return stat;
}

std::optional<ProcessStat> processStat(pid_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    if (!std::getline(file, line))
        return std::nullopt;
    return readStatLine(line, sysconf(_SC_CLK_TCK), sysconf(_SC_PAGESIZE));
}

} // namespace dialogue::bench
