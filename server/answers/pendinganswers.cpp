#include "server/answers/pendinganswers.h"

#include "core/base/logging.h"

#include <algorithm>

namespace dialogue {

namespace {

constexpr std::chrono::seconds RetryAfter{1};

} // namespace

PendingAnswer::PendingAnswer(PendingAnswers &all, std::stop_source stop)
    : m_all(all)
    , m_stop(std::move(stop))
{
    AnswerCounters &counters = m_all.m_counters;
    counters.mostWaiting = std::max(counters.mostWaiting, ++counters.waiting);
    schedule(&m_all.m_deadlines, m_all.m_limits.timeout);
}

PendingAnswer::~PendingAnswer()
{
    if (!m_settled)
        ++m_all.m_counters.abandoned;
    m_stop.request_stop();
    if (--m_all.m_counters.waiting == 0)
        Q_EMIT m_all.idle();
}

void PendingAnswer::expired()
{
    ++m_all.m_counters.timedOut;
    finish({ErrorCode::Unavailable,
            QStringLiteral("The server was not told in time whether it may do this; try again"),
            {},
            RetryAfter});
}

PendingAnswers::PendingAnswers(const Limits &limits, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
    , m_exceptions(lcServer, QStringLiteral("hooks that answer later"))
{ }

Result<void> PendingAnswers::mayAsk()
{
    if (m_counters.waiting < m_limits.most)
        return {};
    ++m_counters.refused;
    return Error{ErrorCode::Unavailable,
                 QStringLiteral("The server waits for %1 answers already, as many as it may "
                                "(hooks.maxPending); try again")
                     .arg(m_limits.most),
                 {},
                 RetryAfter};
}

} // namespace dialogue
