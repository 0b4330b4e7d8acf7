#include "server/gateway/turnshare.h"

#include <utility>

namespace dialogue::gateway {

using socketio::GaugePtr;

TurnShare::TurnShare(TurnEnd *turnEnd, DeadlineQueue *deadlines, std::function<void(const GaugePtr &)> resume)
    : m_turnEnd(turnEnd)
    , m_deadlines(deadlines)
    , m_resume(std::move(resume))
{ }

void TurnShare::add(const GaugePtr &gauge, qint64 bytes)
{
    m_turnEnd->schedule(this);
    m_done.emplace_back(gauge, bytes);
}

void TurnShare::flush()
{
    for (const auto &[gauge, bytes] : m_done) {
        if (gauge->countOut(bytes))
            m_paused.push_back(gauge);
    }
    m_done.clear();
    if (!m_paused.empty() && !m_nextTurn.isScheduled())
        m_nextTurn.schedule(m_deadlines, std::chrono::milliseconds(0));
}

void TurnShare::resume()
{
    const std::vector<GaugePtr> paused = std::exchange(m_paused, {});
    for (const GaugePtr &gauge : paused)
        m_resume(gauge);
}

} // namespace dialogue::gateway
