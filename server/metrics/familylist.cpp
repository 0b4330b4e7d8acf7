#include "server/metrics/familylist.h"

namespace dialogue::metrics {

namespace {

double inSeconds(Durations::Nanoseconds time) { return static_cast<double>(time.count()) / 1e9; }

} // namespace

MetricFamily &FamilyList::family(const char *name, const char *help, MetricType type)
{
    m_families.append(MetricFamily{.name = name, .help = help, .type = type});
    return m_families.last();
}

void FamilyList::add(const char *name, const char *help, MetricType type, double value)
{
    family(name, help, type).samples.append(MetricSample{.value = value});
}

void FamilyList::counters(const char *name, const char *help, const char *label, Labelled values)
{
    MetricFamily &its = family(name, help, MetricType::Counter);
    for (const auto &[of, value] : values)
        its.samples.append(MetricSample{.labels = {{label, QString::fromLatin1(of)}}, .value = value});
}

void FamilyList::histogram(const char *name, const char *help, const Durations &durations)
{
    family(name, help, MetricType::Histogram)
        .samples.append(MetricSample{.histogram = histogramOf(durations)});
}

MetricHistogram FamilyList::histogramOf(const Durations &durations)
{
    MetricHistogram histogram{.sum = inSeconds(durations.sum)};
    for (std::size_t i = 0; i < Durations::Bounds.size(); ++i) {
        histogram.count += durations.counts[i];
        histogram.buckets.append({inSeconds(Durations::Bounds[i]), histogram.count});
    }
    histogram.count += durations.counts.back();
    return histogram;
}

} // namespace dialogue::metrics
