#include "server/tls/tlsworker.h"

#include "core/base/logging.h"
#include "server/tcp/peer.h"

#include <utility>

namespace dialogue::tls {

bool TlsWorker::mayGoOn(Waiting &who)
{
    const bool isNext = std::exchange(who.m_isNext, false);
    if (m_spent < MostOfATurn && (isNext || m_waiting.empty()))
        return true;
    who.m_waits = true;
    if (isNext)
        m_waiting.push_front(&who);
    else
        m_waiting.push_back(&who);
    who.setWaiting(true);
    m_turnEnd->schedule(this);
    return false;
}

void TlsWorker::forget(Waiting &who)
{
    who.m_isNext = false;
    if (!std::exchange(who.m_waits, false))
        return;
    std::erase(m_waiting, &who);
    m_turnEnd->schedule(this); // Whoever was to come after it.
}

// Those that go on have something to read: what they spend schedules the next.
void TlsWorker::flush()
{
    m_spent = {};
    for (int i = 0; i < MostAtATime && !m_waiting.empty(); ++i) {
        Waiting &who = *m_waiting.front();
        m_waiting.pop_front();
        who.m_waits = false;
        who.m_isNext = true;
        who.setWaiting(false);
    }
}

void TlsWorker::spent(Clock::duration time)
{
    m_spent += time;
    m_turnEnd->schedule(this);
}

void TlsWorker::cameWithout(const Peer &peer)
{
    ++m_counters.plain;
    tell(m_plain, peer, QStringLiteral("speaks no TLS, and was told to"));
}

void TlsWorker::failed(const Peer &peer, const QString &why)
{
    ++m_counters.failed;
    tell(m_failures, peer, why);
}

void TlsWorker::refused(const Peer &peer)
{
    ++m_counters.refused;
    tell(m_refusals, peer,
         QStringLiteral("came while there were as many as tls.maxHandshakes or "
                        "tls.maxHandshakesPerIp allow"));
}

// How often, a stranger decides.
void TlsWorker::tell(Seldom &seldom, const Peer &peer, const QString &what)
{
    if (const int times = seldom.count()) {
        qCInfo(lcNet).noquote() << "TLS connections that came to nothing:" << times << "- the last from"
                                << nameOf(peer) << "-" << what;
    }
}

} // namespace dialogue::tls
