#include "server/fanout/linger.h"

#include <algorithm>

namespace dialogue {

Linger::Duration Linger::wait(Clock::time_point now, std::size_t connections, quint64 frames)
{
    if (!m_until) {
        const Duration cost = m_costPerConnection * connections;
        if (frames == 0 || !begins(now, cost))
            return Duration(0);
        m_until = now + std::min<Duration>(cost / 2, Longest);
        m_framesBefore = frames;
    }
    if (now < *m_until)
        return *m_until - now;
    waited(frames);
    return Duration(0);
}

bool Linger::begins(Clock::time_point now, Duration cost)
{
    if (cost / 2 < Shortest || now - m_lastEnd >= cost * Idle)
        return false;
    if (m_trust == 0 && ++m_untried < TryEvery)
        return false;
    m_untried = 0;
    return true;
}

void Linger::waited(quint64 frames)
{
    m_until.reset();
    const bool paid = (frames - m_framesBefore) * WorthIt >= m_framesBefore;
    m_trust = paid ? Trust : std::max(m_trust - 1, 0);
}

void Linger::flushed(Clock::time_point began, Clock::time_point ended, std::size_t connections)
{
    m_until.reset(); // Where somebody wanted all out at once.
    if (connections < FewConnections)
        return;
    m_lastEnd = ended;
    m_costPerConnection = Duration(ended - began) / connections;
}

} // namespace dialogue
