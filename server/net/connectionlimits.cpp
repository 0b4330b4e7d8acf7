#include "server/net/connectionlimits.h"

#include "server/net/addresskey.h"

#include <utility>

namespace dialogue {

ConnectionSlot &ConnectionSlot::operator=(ConnectionSlot &&other) noexcept
{
    if (this != &other) {
        release();
        m_limits = std::move(other.m_limits);
        m_peer = std::move(other.m_peer);
        m_counted = other.m_counted;
    }
    return *this;
}

void ConnectionSlot::release()
{
    if (const auto limits = std::exchange(m_limits, nullptr))
        limits->release(m_peer, m_counted);
}

ConnectionLimits::ConnectionLimits(int inAll, int perAddress)
    : m_inAll(inAll)
    , m_perAddress(perAddress)
{ }

std::optional<ConnectionSlot> ConnectionLimits::admit(const Peer &peer, Share share)
{
    const QHostAddress key = addressKey(peer.address);
    const bool counted = share == Share::OfItsAddress;
    {
        const std::lock_guard lock(m_mutex);
        if (m_connections < m_inAll && (!counted || m_byAddress.value(key) < m_perAddress)) {
            ++m_connections;
            if (counted)
                ++m_byAddress[key];
            return ConnectionSlot(shared_from_this(), peer, counted);
        }
    }
    m_refused.fetch_add(1, std::memory_order_relaxed);
    return std::nullopt;
}

int ConnectionLimits::connections() const
{
    const std::lock_guard lock(m_mutex);
    return m_connections;
}

void ConnectionLimits::release(const Peer &peer, bool counted)
{
    const std::lock_guard lock(m_mutex);
    --m_connections;
    if (!counted)
        return;
    const auto it = m_byAddress.find(addressKey(peer.address));
    if (it != m_byAddress.end() && --it.value() == 0)
        m_byAddress.erase(it);
}

} // namespace dialogue
