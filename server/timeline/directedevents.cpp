#include "server/timeline/directedevents.h"

#include <algorithm>

namespace dialogue {

qint64 DirectedEvents::Directed::bytes() const
{
    const auto spared = static_cast<qint64>(delivery.spared.size());
    const auto only = delivery.only ? static_cast<qint64>(delivery.only->size()) : 0;
    return qint64(sizeof(Directed)) + (spared + only) * qint64(sizeof(SocketId));
}

void DirectedEvents::add(quint64 seq, const EventDelivery &delivery)
{
    if (delivery.spared.empty() && !delivery.only)
        return;
    m_events.push_back({seq, delivery});
    m_bytes += m_events.back().bytes();
    while (m_bytes > m_mostBytes) {
        m_bytes -= m_events.front().bytes();
        m_forgottenUpTo = m_events.front().seq;
        m_events.pop_front();
    }
}

std::optional<bool> DirectedEvents::wasFor(quint64 seq, SocketId socket) const
{
    const auto found = std::ranges::lower_bound(m_events, seq, {}, &Directed::seq);
    if (found == m_events.end() || found->seq != seq) {
        if (seq <= m_forgottenUpTo)
            return {};
        return true;
    }
    const EventDelivery &delivery = found->delivery;
    if (std::ranges::binary_search(delivery.spared, socket))
        return false;
    return !delivery.only || std::ranges::binary_search(*delivery.only, socket);
}

} // namespace dialogue
