#include "server/rooms/appendbacklog.h"

namespace dialogue {

namespace {

constexpr std::chrono::milliseconds RetryAfter{1000};

} // namespace

Result<void> AppendBacklog::mayWait()
{
    if (m_counters.waitingBytes <= m_limit)
        return {};
    ++m_counters.refused;
    return Error{
        ErrorCode::Unavailable,
        QStringLiteral("%1 bytes of events wait to be kept already, as many as may (limits.appends); "
                       "try again")
            .arg(m_counters.waitingBytes),
        {},
        RetryAfter};
}

void AppendBacklog::add(qint64 bytes)
{
    ++m_counters.waiting;
    m_counters.waitingBytes += bytes;
}

void AppendBacklog::remove(qint64 bytes)
{
    m_counters.waitingBytes -= bytes;
    if (--m_counters.waiting == 0)
        Q_EMIT idle();
}

} // namespace dialogue
