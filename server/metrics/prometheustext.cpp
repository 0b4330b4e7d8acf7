#include "server/metrics/prometheustext.h"

#include <prometheus/text_serializer.h>

namespace dialogue::metrics {

namespace {

prometheus::MetricType typeOf(MetricType type)
{
    switch (type) {
    case MetricType::Counter:
        return prometheus::MetricType::Counter;
    case MetricType::Gauge:
        return prometheus::MetricType::Gauge;
    case MetricType::Histogram:
        return prometheus::MetricType::Histogram;
    }
    return prometheus::MetricType::Untyped;
}

prometheus::ClientMetric::Histogram histogramOf(const MetricHistogram &histogram)
{
    prometheus::ClientMetric::Histogram its;
    its.sample_count = histogram.count;
    its.sample_sum = histogram.sum;
    for (const auto &[bound, count] : histogram.buckets)
        its.bucket.push_back({count, bound});
    return its; // That of +Inf is written from the count.
}

prometheus::ClientMetric metricOf(const MetricSample &sample, MetricType type)
{
    prometheus::ClientMetric metric;
    for (const auto &[name, value] : sample.labels)
        metric.label.push_back({name.toStdString(), value.toStdString()});
    if (sample.histogram)
        metric.histogram = histogramOf(*sample.histogram);
    else if (type == MetricType::Counter)
        metric.counter.value = sample.value;
    else
        metric.gauge.value = sample.value;
    return metric;
}

} // namespace

QByteArray prometheusText(const MetricFamilies &families)
{
    std::vector<prometheus::MetricFamily> all;
    all.reserve(static_cast<std::size_t>(families.size()));
    for (const MetricFamily &family : families) {
        prometheus::MetricFamily &its = all.emplace_back();
        its.name = family.name.toStdString();
        its.help = family.help.toStdString();
        its.type = typeOf(family.type);
        for (const MetricSample &sample : family.samples)
            its.metric.push_back(metricOf(sample, family.type));
    }
    return QByteArray::fromStdString(prometheus::TextSerializer().Serialize(all));
}

} // namespace dialogue::metrics
