#include "server/tcp/admissions.h"

#include "core/base/logging.h"

#include <utility>

namespace dialogue {

Admissions::Admissions(std::shared_ptr<Places> places, TrustedProxies proxies)
    : m_places(std::move(places))
    , m_proxies(std::move(proxies))
{ }

std::optional<Place> Admissions::admit(const Peer &peer, GiveWay giveWay)
{
    using Share = Places::Share;
    std::optional<Place> place = m_places->admit(
        peer, std::move(giveWay), m_proxies.contains(peer) ? Share::OfAll : Share::OfItsAddress);
    if (!place) {
        if (const int times = m_refusals.count()) {
            qCWarning(lcNet,
                      "Connections closed at once: %d. There are as many as limits.maxConnections, "
                      "maxConnectionsPerIp, waitingConnections or waitingConnectionsPerIp allow",
                      times);
        }
    }
    tellOfThoseThatGaveWay();
    return place;
}

void Admissions::tellOfThoseThatGaveWay()
{
    const quint64 gaveWay = m_places->gaveWay();
    if (gaveWay == m_gaveWay)
        return;
    if (const int times = m_givingWay.count(int(gaveWay - std::exchange(m_gaveWay, gaveWay)))) {
        qCInfo(lcNet,
               "Connections that served nothing and gave way to others: %d. See limits.waitingConnections",
               times);
    }
}

} // namespace dialogue
