#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace dialogue {

/** What a metric is, as Prometheus knows them. */
enum class MetricType {
    Counter, ///< Only grows, from 0 at the start of the server.
    Gauge, ///< As it is now.
    Histogram,
};

/** How many were at most so much. */
struct MetricHistogram
{
    QList<std::pair<double, quint64>> buckets
        = {}; ///< Upper bounds, ascending; each counts those below it, too.
    quint64 count = 0; ///< In all.
    double sum = 0;
};

using MetricLabels = QList<std::pair<QByteArray, QString>>; ///< Names and values.

struct MetricSample
{
    MetricLabels labels = {};
    double value = 0; ///< Of counters and gauges.
    std::optional<MetricHistogram> histogram = {};
};

/** All samples of one name, in base units: seconds, bytes. */
struct MetricFamily
{
    QByteArray name = {}; ///< "dialogue_events_total"
    QByteArray help = {};
    MetricType type = MetricType::Gauge;
    QList<MetricSample> samples = {};
};

using MetricFamilies = QList<MetricFamily>;

} // namespace dialogue
