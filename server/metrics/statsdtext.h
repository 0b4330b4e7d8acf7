#pragma once

#include "server/metrics/metricfamily.h"

#include <QHash>

namespace dialogue::metrics {

/**
 * The metrics as a statsd daemon takes them: "prefix.dialogue_events_total:3|c|#room:chat,event:message", the
 * labels as tags. Counters are what was added since the last time; what nothing was added to is left out. A
 * histogram is two of them, how many and how long together.
 */
class StatsdText
{
public:
    /** Bytes: one packet of Ethernet, in IPv6. */
    static constexpr qsizetype LargestDatagram = 1432;

    explicit StatsdText(const QString &prefix);

    /** Each of LargestDatagram bytes at most; a line that is longer is left out, and counted. */
    [[nodiscard]] QList<QByteArray> datagrams(const MetricFamilies &families);
    [[nodiscard]] qint64 linesTooLong() const { return m_tooLong; }

private:
    [[nodiscard]] double added(const QByteArray &what, double value);

    const QByteArray m_prefix;
    QHash<QByteArray, double> m_last; ///< Of counters, by name and tags.
    qint64 m_tooLong = 0;
};

} // namespace dialogue::metrics
