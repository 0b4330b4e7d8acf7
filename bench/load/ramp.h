#pragma once

#include "bench/load/failure.h"
#include "bench/load/member.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace dialogue::bench {

/** Brings the members to where they belong, so many at a time, in their order. */
class Ramp final : public MemberListener
{
public:
    Ramp(Poller &poller, std::vector<std::unique_ptr<Member>> &members, int atATime);

    /** Until all are there, one could not, nothing moved for 30 s, or \a isStopped. */
    std::optional<Failure> run(const std::function<bool()> &isStopped,
                               const std::function<void()> &onProgress);

    [[nodiscard]] std::size_t ready() const { return m_ready; }
    [[nodiscard]] double seconds() const { return m_seconds; }

    void onReady(Member &member) override;
    void onDelivery(Member &, std::string_view) override { }
    void onRefused(Member &member, const std::string &text) override;
    void onLost(Member &member, const std::string &reason, bool wasRefused) override;

private:
    void failed(ExitCode exit, const std::string &text);

    Poller &m_poller;
    std::vector<std::unique_ptr<Member>> &m_members;
    std::size_t m_atATime;
    std::size_t m_opened = 0;
    std::size_t m_ready = 0;
    double m_seconds = 0;
    std::optional<Failure> m_failure;
};

} // namespace dialogue::bench
