#include "server/tls/tlsworker.h"

#include "core/base/logging.h"
#include "server/tcp/peer.h"

namespace dialogue::tls {

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
