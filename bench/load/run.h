#pragma once

#include "bench/load/failure.h"
#include "bench/load/interrupt.h"
#include "bench/load/poller.h"
#include "bench/load/processstat.h"
#include "bench/load/ramp.h"
#include "bench/load/report.h"
#include "bench/load/roommaker.h"

#include <functional>
#include <memory>
#include <variant>
#include <vector>

namespace dialogue::bench {

/** One run from the first connection to the last number. */
class Run
{
public:
    using Progress = std::function<void(const std::string &line)>;

    Run(LoadOptions options, Progress progress);

    std::variant<Report, Failure> execute();

private:
    std::variant<Report, Failure> attempt();
    std::optional<Failure> prepare();
    std::optional<Failure> connectAll();
    void addMembers(Member::Role role, int count);
    [[nodiscard]] Member::Part part(Member::Role role, int index) const;
    [[nodiscard]] std::optional<ProcessStat> server() const;
    [[nodiscard]] ThreadTimes serverThreads() const;
    void measure();
    /** Keeps the traffic going until \a end, or Ctrl-C. */
    void runUntil(std::int64_t end, bool showsProgress);
    void drain(); ///< Takes in what is still on its way.
    /** Until \a isDone, or until nothing has arrived for a while. */
    void turnUntil(const std::function<bool()> &isDone);
    void settleLosses();

    const LoadOptions m_options;
    const Progress m_progress;
    Poller m_poller;
    Interrupt m_interrupt{m_poller};
    Endpoint m_endpoint;
    std::unique_ptr<RoomMaker> m_rooms;
    std::vector<std::unique_ptr<Member>> m_members;
    std::unique_ptr<Ramp> m_ramp;
    std::unique_ptr<Traffic> m_traffic;
    Report m_report;
};

} // namespace dialogue::bench
