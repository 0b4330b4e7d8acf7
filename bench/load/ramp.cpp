#include "bench/load/ramp.h"

#include "bench/load/clock.h"

namespace dialogue::bench {

namespace {

constexpr std::int64_t RampPatience = 30 * Second;

} // namespace

Ramp::Ramp(Poller &poller, std::vector<std::unique_ptr<Member>> &members, int atATime)
    : m_poller(poller)
    , m_members(members)
    , m_atATime(static_cast<std::size_t>(atATime))
{ }

std::optional<Failure> Ramp::run(const std::function<bool()> &isStopped,
                                 const std::function<void()> &onProgress)
{
    const std::int64_t begun = clockNow();
    std::int64_t movedAt = begun;
    std::int64_t shownAt = begun;
    std::size_t readyBefore = 0;
    while (m_ready < m_members.size() && !m_failure && !isStopped()) {
        while (m_opened < m_members.size() && m_opened - m_ready < m_atATime && !m_failure)
            m_members[m_opened++]->open();
        m_poller.turn(clockNow() + Second / 10);
        const std::int64_t now = clockNow();
        if (m_ready != readyBefore)
            movedAt = now;
        readyBefore = m_ready;
        if (now - movedAt > RampPatience)
            failed(ExitNoConnection, "the server stopped answering for 30 s");
        if (now - shownAt > Second) {
            shownAt = now;
            onProgress();
        }
    }
    m_seconds = static_cast<double>(clockNow() - begun) / Second;
    return m_failure;
}

void Ramp::onReady(Member &) { ++m_ready; }

void Ramp::onRefused(Member &, const std::string &text) { failed(ExitRefused, text); }

void Ramp::onLost(Member &, const std::string &reason, bool wasRefused)
{
    failed(wasRefused ? ExitRefused : ExitNoConnection, reason);
}

void Ramp::failed(ExitCode exit, const std::string &text)
{
    if (m_failure)
        return;
    m_failure = Failure{exit,
                        "connection " + std::to_string(m_ready + 1) + " of "
                            + std::to_string(m_members.size()) + ": " + text};
}

} // namespace dialogue::bench
