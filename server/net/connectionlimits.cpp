#include "server/net/connectionlimits.h"

#include <QAbstractSocket>

#include <utility>

namespace dialogue {

namespace {

/** "::ffff:10.0.0.1", as a socket bound to "::" reports it, and "10.0.0.1" are one address. */
QHostAddress plainAddress(const QHostAddress &address)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return address;
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    return isIpv4 ? QHostAddress(ipv4) : address;
}

} // namespace

ConnectionSlot &ConnectionSlot::operator=(ConnectionSlot &&other) noexcept
{
    if (this != &other) {
        release();
        m_limits = std::move(other.m_limits);
        m_address = other.m_address;
    }
    return *this;
}

void ConnectionSlot::release()
{
    if (const auto limits = std::exchange(m_limits, nullptr))
        limits->release(m_address);
}

ConnectionLimits::ConnectionLimits(int inAll, int perAddress)
    : m_inAll(inAll)
    , m_perAddress(perAddress)
{ }

std::optional<ConnectionSlot> ConnectionLimits::admit(const QHostAddress &address)
{
    const QHostAddress plain = plainAddress(address);
    {
        const std::lock_guard lock(m_mutex);
        if (m_connections < m_inAll && m_byAddress.value(plain) < m_perAddress) {
            ++m_connections;
            ++m_byAddress[plain];
            return ConnectionSlot(shared_from_this(), plain);
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

void ConnectionLimits::release(const QHostAddress &address)
{
    const std::lock_guard lock(m_mutex);
    --m_connections;
    const auto it = m_byAddress.find(address);
    if (it != m_byAddress.end() && --it.value() == 0)
        m_byAddress.erase(it);
}

} // namespace dialogue
