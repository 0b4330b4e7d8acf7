#include "bench/load/processstat.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

namespace dialogue::bench {

namespace {

// Fields after the name, the state being 0; proc(5) counts from 1 and from the pid.
constexpr int UserTicks = 11;
constexpr int SystemTicks = 12;
constexpr int ResidentPages = 21;

std::optional<ProcessStat> readStatFile(const std::filesystem::path &path)
{
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line))
        return std::nullopt;
    return readStatLine(line, sysconf(_SC_CLK_TCK), sysconf(_SC_PAGESIZE));
}

} // namespace

std::optional<ProcessStat> readStatLine(std::string_view line, long ticksPerSecond, long pageSize)
{
    const std::size_t nameEnd = line.rfind(')');
    if (nameEnd == std::string_view::npos || nameEnd + 2 > line.size())
        return std::nullopt;
    line.remove_prefix(nameEnd + 2);
    ProcessStat stat;
    std::int64_t ticks = 0;
    for (int field = 0; field <= ResidentPages; ++field) {
        const std::size_t end = line.find(' ');
        if (end == std::string_view::npos)
            return std::nullopt;
        if (field == UserTicks || field == SystemTicks || field == ResidentPages) {
            std::int64_t number = 0;
            const auto [next, error] = std::from_chars(line.data(), line.data() + end, number);
            if (error != std::errc() || next != line.data() + end)
                return std::nullopt;
            if (field == ResidentPages)
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
    return readStatFile("/proc/" + std::to_string(pid) + "/stat");
}

ThreadTimes threadTimes(pid_t pid)
{
    ThreadTimes times;
    std::error_code gone; // the process, or one of its threads, while we read
    std::filesystem::directory_iterator thread("/proc/" + std::to_string(pid) + "/task", gone);
    for (; !gone && thread != std::filesystem::directory_iterator(); thread.increment(gone)) {
        const std::string name = thread->path().filename();
        pid_t id = 0;
        std::from_chars(name.data(), name.data() + name.size(), id);
        if (const auto stat = readStatFile(thread->path() / "stat"))
            times[id] = stat->cpuSeconds;
    }
    return times;
}

double busiestThread(const ThreadTimes &before, const ThreadTimes &after)
{
    double most = 0;
    for (const auto &[id, seconds] : after) {
        const auto earlier = before.find(id);
        most = std::max(most, seconds - (earlier == before.end() ? 0 : earlier->second));
    }
    return most;
}

} // namespace dialogue::bench
