#include "server/qtwebsockets/unsentbytes.h"

#include <QRandomGenerator>

#include <utility>

namespace dialogue::qtwebsockets {

void UnsentBytes::flush()
{
    if (m_socket)
        m_socket->flush();
    ask();
}

void UnsentBytes::ask()
{
    if (!m_socket || m_given <= Few || !m_ping.isEmpty())
        return;
    m_ping = QByteArray::number(QRandomGenerator::system()->generate64(), 36);
    m_asked = m_given;
    m_socket->ping(m_ping);
}

void UnsentBytes::answered(const QByteArray &payload)
{
    if (m_ping.isEmpty() || payload != m_ping)
        return; // Clients may send pongs as they like (RFC 6455, section 5.5.3).
    m_ping.clear();
    m_given -= std::exchange(m_asked, 0);
    ask();
}

qint64 UnsentBytes::bytes() const
{
    if (!m_socket)
        return 0;
    if (!m_isSecure)
        return m_socket->bytesToWrite();
    return m_given > Few ? m_given : 0;
}

} // namespace dialogue::qtwebsockets
