#include "bench/console/turns.h"

#include <QAbstractEventDispatcher>

#include <algorithm>
#include <ctime>

namespace dialogue::bench {

qint64 threadMicroseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return qint64(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
}

Turns::Turns(QObject *parent)
    : QObject(parent)
    , m_begin(threadMicroseconds())
{
    // Sleeping takes no CPU, and what is done before and behind it differs from one event loop of Qt to
    // another.
    connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this, [this] {
        constexpr qint64 Idle = 20; // It only looked.
        const qint64 now = threadMicroseconds();
        if (now - m_begin > Idle)
            m_turns.push_back(now - m_begin);
        m_begin = now;
    });
}

void Turns::clear()
{
    m_turns.clear();
    m_begin = threadMicroseconds();
}

qint64 Turns::longest() const
{
    return m_turns.empty() ? 0 : *std::max_element(m_turns.begin(), m_turns.end());
}

qint64 Turns::percentile(int percent) const
{
    if (m_turns.empty())
        return 0;
    std::vector<qint64> sorted = m_turns;
    std::sort(sorted.begin(), sorted.end());
    return sorted[(sorted.size() - 1) * std::size_t(percent) / 100];
}

} // namespace dialogue::bench
