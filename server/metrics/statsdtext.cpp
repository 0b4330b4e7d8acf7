#include "server/metrics/statsdtext.h"

namespace dialogue::metrics {

namespace {

/** What would end a name, a value or a tag in a line of statsd's stands for itself no longer. */
QByteArray statsdWord(QString text)
{
    for (QChar &each : text) {
        const bool divides = each == u':' || each == u'|' || each == u'@' || each == u'#' || each == u',';
        if (divides || each.isSpace() || each.category() == QChar::Other_Control)
            each = u'_';
    }
    return text.toUtf8();
}

QByteArray tagsOf(const MetricLabels &labels)
{
    QByteArray tags;
    for (const auto &[name, value] : labels)
        tags += (tags.isEmpty() ? "|#" : ",") + name + ':' + statsdWord(value);
    return tags;
}

/** Whole numbers as they are: not 1e+07, which daemons read differently. */
QByteArray numberOf(double value)
{
    QByteArray text = QByteArray::number(value, 'f', 6);
    while (text.endsWith('0'))
        text.chop(1);
    if (text.endsWith('.'))
        text.chop(1);
    return text;
}

} // namespace

StatsdText::StatsdText(const QString &prefix)
    : m_prefix(prefix.isEmpty() ? QByteArray() : prefix.toUtf8() + '.')
{ }

double StatsdText::added(const QByteArray &what, double value)
{
    double &last = m_last[what];
    const double more = value >= last ? value - last : value; // It has begun anew.
    last = value;
    return more;
}

QList<QByteArray> StatsdText::datagrams(const MetricFamilies &families)
{
    QList<QByteArray> datagrams;
    const auto add = [&](const QByteArray &line) {
        if (line.size() > LargestDatagram) {
            ++m_tooLong;
            return;
        }
        if (datagrams.isEmpty() || datagrams.last().size() + 1 + line.size() > LargestDatagram)
            datagrams.append(line);
        else
            datagrams.last() += '\n' + line;
    };
    const auto addCounter = [&](const QByteArray &name, const QByteArray &tags, double value) {
        if (const double more = added(name + tags, value); more > 0)
            add(m_prefix + name + ':' + numberOf(more) + "|c" + tags);
    };
    for (const MetricFamily &family : families) {
        for (const MetricSample &sample : family.samples) {
            const QByteArray tags = tagsOf(sample.labels);
            if (sample.histogram) {
                addCounter(family.name + "_count", tags, static_cast<double>(sample.histogram->count));
                addCounter(family.name + "_sum", tags, sample.histogram->sum);
            } else if (family.type == MetricType::Counter) {
                addCounter(family.name, tags, sample.value);
            } else {
                // A sign would make it a change of what was there.
                if (sample.value < 0)
                    add(m_prefix + family.name + ":0|g" + tags);
                add(m_prefix + family.name + ':' + numberOf(sample.value) + "|g" + tags);
            }
        }
    }
    return datagrams;
}

} // namespace dialogue::metrics
