#pragma once

#include "core/base/seldom.h"
#include "server/metrics/statsdtext.h"

#include <QUdpSocket>

namespace dialogue::metrics {

/** Sends to a statsd daemon, which says nothing back: while nobody listens there it is lost. Of one thread.
 */
class StatsdSender
{
public:
    /** \a address: a host and a port, see addressProblem(). */
    StatsdSender(const QString &address, const QString &prefix);

    void send(const MetricFamilies &families);
    [[nodiscard]] qint64 linesTooLong() const { return m_text.linesTooLong(); }

private:
    StatsdText m_text;
    QString m_host;
    quint16 m_port = 0;
    QUdpSocket m_socket;
    Seldom m_failures;
};

} // namespace dialogue::metrics
