#include "client/engineio/watchdog.h"

#include <algorithm>

namespace dialogue::client {

using namespace std::chrono_literals;

namespace {

/** Shorter sleeps than this leave the connection as it was; clocks that are set a little do as well. */
constexpr auto ShortestSleep = 2s;
constexpr auto LongestInterval = 5s;

} // namespace

Watchdog::Watchdog(Clock asleep, QObject *parent)
    : QObject(parent)
    , m_asleep(std::move(asleep))
{
    connect(&m_timer, &QTimer::timeout, this, &Watchdog::look);
}

void Watchdog::start(std::chrono::milliseconds patience)
{
    m_patience = patience;
    m_sleepAtStart = m_asleep();
    heard();
    m_timer.start(std::clamp<std::chrono::milliseconds>(patience / 4, 1ms, LongestInterval));
}

std::chrono::milliseconds Watchdog::quiet() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - m_heard);
}

std::chrono::milliseconds Watchdog::interval() const { return m_timer.intervalAsDuration(); }

void Watchdog::look()
{
    const auto quiet = std::chrono::steady_clock::now() - m_heard;
    const auto asleep = m_asleep() - m_sleepAtStart;
    if (quiet <= m_patience && asleep < ShortestSleep)
        return;
    stop();
    if (quiet > m_patience)
        Q_EMIT silent();
    else
        Q_EMIT slept();
}

} // namespace dialogue::client
