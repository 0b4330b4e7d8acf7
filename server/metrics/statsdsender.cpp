#include "server/metrics/statsdsender.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"

namespace dialogue::metrics {

StatsdSender::StatsdSender(const QString &address, const QString &prefix)
    : m_text(prefix)
{
    const qsizetype colon = address.lastIndexOf(u':');
    m_host = address.left(colon);
    if (m_host.startsWith(u'[') && m_host.endsWith(u']'))
        m_host = m_host.sliced(1).chopped(1);
    m_port = address.mid(colon + 1).toUShort();
    m_socket.connectToHost(m_host, m_port);
}

void StatsdSender::send(const MetricFamilies &families)
{
    if (m_socket.state() == QAbstractSocket::UnconnectedState) // Its name was not to be found.
        m_socket.connectToHost(m_host, m_port);
    QString error;
    if (m_socket.state() != QAbstractSocket::ConnectedState) {
        error = m_socket.errorString(); // What was added meanwhile is sent the next time.
    } else {
        for (const QByteArray &datagram : m_text.datagrams(families)) {
            if (m_socket.write(datagram) != datagram.size())
                error = m_socket.errorString();
        }
    }
    if (const int times = error.isEmpty() ? 0 : m_failures.count()) {
        qCWarning(lcServer).noquote()
            << "The metrics could not be sent to" << quoted(m_host) << times << "times:" << printable(error);
    }
}

} // namespace dialogue::metrics
