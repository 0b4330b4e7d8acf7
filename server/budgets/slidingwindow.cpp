#include "server/budgets/slidingwindow.h"

#include <algorithm>
#include <bit>

namespace dialogue {

namespace {

using std::chrono::milliseconds;

// What was taken counts from the end of its millisecond, and what asks from the beginning of its.
qint64 takenAt(SlidingWindow::Clock::time_point time)
{
    return std::chrono::ceil<milliseconds>(time.time_since_epoch()).count();
}
qint64 askedAt(SlidingWindow::Clock::time_point time)
{
    return std::chrono::floor<milliseconds>(time.time_since_epoch()).count();
}

/** From \a then until \a now; they are less than 24 days apart, as any window is shorter. */
qint64 age(quint32 then, qint64 now) { return static_cast<qint32>(static_cast<quint32>(now) - then); }

constexpr int LeastCapacity = 8;

} // namespace

bool SlidingWindow::hasRunOut(const RateLimit &limit, Clock::time_point now) const
{
    return m_size == 0 || askedAt(now) - m_last >= limit.window.count();
}

void SlidingWindow::clear()
{
    m_times.reset();
    m_capacity = m_first = m_size = 0;
}

void SlidingWindow::dropOld(const RateLimit &limit, Clock::time_point now)
{
    if (hasRunOut(limit, now)) {
        m_first = m_size = 0;
        return;
    }
    while (m_size > 0 && age(at(0), askedAt(now)) >= limit.window.count()) {
        m_first = (m_first + 1) & (m_capacity - 1);
        --m_size;
    }
}

std::optional<milliseconds> SlidingWindow::wait(const RateLimit &limit, Clock::time_point now)
{
    dropOld(limit, now);
    if (m_size < limit.maxEvents)
        return std::nullopt;
    // A limit that was lowered lets nothing in before enough of what was taken is out.
    return milliseconds(limit.window.count() - age(at(m_size - limit.maxEvents), askedAt(now)));
}

void SlidingWindow::take(const RateLimit &limit, Clock::time_point now)
{
    if (m_size == m_capacity)
        grow(limit.maxEvents);
    m_last = takenAt(now);
    at(m_size++) = static_cast<quint32>(m_last);
}

void SlidingWindow::grow(int most)
{
    const int capacity = std::min<int>(std::max(2 * m_capacity, LeastCapacity),
                                       static_cast<int>(std::bit_ceil(static_cast<unsigned>(most))));
    auto times = std::make_unique<quint32[]>(static_cast<std::size_t>(capacity));
    for (int i = 0; i < m_size; ++i)
        times[static_cast<std::size_t>(i)] = at(i);
    m_times = std::move(times);
    m_capacity = capacity;
    m_first = 0;
}

} // namespace dialogue
