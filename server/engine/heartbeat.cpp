#include "server/engine/heartbeat.h"

namespace dialogue::engineio {

namespace {

/** A timer this late says that the process stood still; then nobody loses time for it. */
constexpr std::chrono::milliseconds tolerableLateness{50};

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
    schedule(m_interval);
}

void Heartbeat::pong()
{
    if (m_deadline.isScheduled())
        start();
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
        schedule(m_timeout);
}

void Heartbeat::expired()
{
    if (!m_awaitingPong) {
        m_awaitingPong = true;
        // Counted from when the ping was due, so that two timers' lateness does not add up.
        auto late = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - m_due);
        if (late > tolerableLateness)
            late = {};
        schedule(m_timeout - late);
        m_listener->pingDue();
        return;
    }
    if (m_forgiving)
        schedule(m_timeout);
    else
        m_listener->pongMissing();
}

void Heartbeat::schedule(std::chrono::milliseconds delay)
{
    m_due = Clock::now() + delay;
    m_deadline.schedule(m_deadlines, delay);
}

} // namespace dialogue::engineio
