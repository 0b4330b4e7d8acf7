#include "server/health/vitals.h"

namespace dialogue {

Vitals::Vitals(Now now)
    : m_now(now)
    , m_turned(now().time_since_epoch().count())
{ }

void Vitals::turned() { m_turned = m_now().time_since_epoch().count(); }

bool Vitals::isTurning() const
{
    const Clock::time_point last{Clock::duration(m_turned.load())};
    return m_now() - last <= Patience;
}

QList<Unready> Vitals::reasons() const
{
    QList<Unready> reasons;
    if (!m_isListening)
        reasons.append(Unready::NotListening);
    if (!isTurning())
        reasons.append(Unready::Stuck);
    if (!m_isStoring)
        reasons.append(Unready::NotStoring);
    if (m_isDraining)
        reasons.append(Unready::Draining);
    return reasons;
}

} // namespace dialogue
