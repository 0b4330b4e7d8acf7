#include "server/engine/heartbeat.h"

#include <algorithm>

namespace dialogue::engineio {

namespace {

/** A timer this late says that the process stood still; then nobody loses time for it. */
constexpr std::chrono::milliseconds TolerableLateness{50};
/** Clients count in whole milliseconds, and from a cached clock. */
constexpr std::chrono::milliseconds ClockGrain{5};

} // namespace

Heartbeat::Heartbeat(DeadlineQueue *deadlines, std::chrono::milliseconds interval,
                     std::chrono::milliseconds timeout, HeartbeatListener *listener)
    : m_deadlines(deadlines)
    , m_interval(interval)
    , m_timeout(timeout)
    , m_listener(listener)
{ }

void Heartbeat::start()
{
    m_awaitingPong = false;
    schedule(Clock::now() + m_interval);
}

void Heartbeat::pong()
{
    if (m_awaitingPong)
        m_roundTrip = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - m_pinged);
    if (m_deadline.isScheduled())
        start();
}

void Heartbeat::packet()
{
    if (m_awaitingPong && !m_refreshed) {
        m_refreshed = true;
        extend();
    }
}

void Heartbeat::setForgiving(bool forgiving)
{
    m_forgiving = forgiving;
    if (!forgiving)
        extend();
}

void Heartbeat::extend()
{
    if (m_awaitingPong && m_deadline.isScheduled())
        schedule(Clock::now() + m_timeout);
}

void Heartbeat::expired()
{
    if (!m_awaitingPong) {
        m_awaitingPong = true;
        m_refreshed = false;
        // Counted from when the ping was due, so that two timers' lateness does not add up.
        const Clock::time_point now = Clock::now();
        schedule((now - m_due > TolerableLateness ? now : m_due) + m_timeout);
        m_pinged = now;
        m_listener->pingDue();
        return;
    }
    if (m_forgiving)
        schedule(Clock::now() + m_timeout);
    else
        m_listener->pongMissing();
}

bool Heartbeat::isOverdue() const
{
    return m_awaitingPong && !m_forgiving && m_deadline.isScheduled() && Clock::now() + ClockGrain >= m_due;
}

void Heartbeat::schedule(Clock::time_point due)
{
    m_due = due;
    const auto delay = std::chrono::floor<std::chrono::milliseconds>(due - Clock::now());
    m_deadline.schedule(m_deadlines, std::max(delay, std::chrono::milliseconds(0)));
}

} // namespace dialogue::engineio
