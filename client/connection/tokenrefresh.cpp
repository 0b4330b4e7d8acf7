#include "client/connection/tokenrefresh.h"

#include <algorithm>

namespace dialogue::client {

namespace {

// Not all clients at once, and with time left for another try.
constexpr double Earliest = 0.8;
constexpr double Latest = 0.9;

constexpr std::chrono::milliseconds LongestWait = std::chrono::hours(24 * 7); ///< A timer does not take all.
constexpr std::chrono::milliseconds Again{5000};

} // namespace

TokenRefresh::TokenRefresh()
    : m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer); // Others may be late by a twentieth of the time.
    connect(&m_timer, &QTimer::timeout, this, &TokenRefresh::due);
}

void TokenRefresh::start(std::optional<std::chrono::milliseconds> expiresIn, double chance)
{
    m_timer.stop();
    if (!expiresIn)
        return;
    const auto end = std::min(*expiresIn, LongestWait);
    m_end = QDeadlineTimer(end);
    const double share = Earliest + (Latest - Earliest) * chance;
    m_timer.start(std::chrono::milliseconds(qint64(double(end.count()) * share)));
}

void TokenRefresh::tryAgain(std::optional<std::chrono::milliseconds> wait)
{
    const auto next = wait.value_or(Again);
    if (m_end.remainingTime() > next.count())
        m_timer.start(next);
}

} // namespace dialogue::client
