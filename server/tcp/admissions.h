#pragma once

#include "core/base/seldom.h"
#include "server/tcp/places.h"
#include "server/tcp/trustedproxies.h"

#include <memory>
#include <optional>

namespace dialogue {

/** Gives a listener's connections their places, and tells the log, now and then, of those that got none. */
class Admissions
{
public:
    /** The limit per address is not for connections from \a proxies. */
    Admissions(std::shared_ptr<Places> places, TrustedProxies proxies);

    [[nodiscard]] std::optional<Place> admit(const Peer &peer, GiveWay giveWay);

private:
    void tellOfThoseThatGaveWay();

    std::shared_ptr<Places> m_places;
    TrustedProxies m_proxies;
    Seldom m_refusals;
    Seldom m_givingWay;
    quint64 m_gaveWay = 0; ///< Of all; as far as it was noticed.
};

} // namespace dialogue
