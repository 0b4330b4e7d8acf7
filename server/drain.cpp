#include "server/drain.h"

#include "core/base/logging.h"
#include "server/http/openresponses.h"
#include "server/namespaces/namespaces.h"
#include "server/rooms/hubparts.h"

namespace dialogue {

Drain::Drain(HubParts &parts, Namespaces &namespaces, OpenResponses &responses,
             std::chrono::milliseconds timeout)
    : m_parts(parts)
    , m_namespaces(namespaces)
    , m_responses(responses)
    , m_timeout(timeout)
{
    m_timer.setSingleShot(true);
    m_timer.callOnTimeout(this, &Drain::over);
}

bool Drain::isIdle() const
{
    const bool isRequestIdle = m_parts.answers.counters().waiting == 0 && m_parts.hub.order().isIdle();
    return isRequestIdle && m_parts.appends.isIdle() && m_responses.isIdle();
}

bool Drain::begin()
{
    m_parts.hub.drain();
    m_namespaces.drain();
    if (isIdle() || m_timeout.count() == 0)
        return false;
    qCInfo(lcServer) << "Stops once" << m_parts.answers.counters().waiting << "answers of hooks,"
                     << m_parts.appends.counters().waiting << "events that are being kept and"
                     << m_responses.count() << "answers of routes are there, or in" << m_timeout.count()
                     << "ms";
    // Later: what is done with is done with in the middle of something.
    const auto overIfIdle = [this] {
        if (m_timer.isActive() && isIdle()) {
            m_timer.stop();
            Q_EMIT over();
        }
    };
    connect(&m_parts.answers, &PendingAnswers::idle, this, overIfIdle, Qt::QueuedConnection);
    connect(&m_parts.hub.order(), &RequestOrder::idle, this, overIfIdle, Qt::QueuedConnection);
    connect(&m_parts.appends, &AppendBacklog::idle, this, overIfIdle, Qt::QueuedConnection);
    connect(&m_responses, &OpenResponses::idle, this, overIfIdle, Qt::QueuedConnection);
    m_timer.start(m_timeout);
    return true;
}

void Drain::end()
{
    m_timer.stop();
    m_parts.hub.close();
    m_namespaces.close();
    m_parts.acks.shutDown();
}

} // namespace dialogue
