#pragma once

#include "server/loop/durations.h"
#include "server/metrics/metricfamily.h"

#include <initializer_list>

namespace dialogue::metrics {

/** What the catalogue is written with. */
class FamilyList
{
public:
    using Labelled = std::initializer_list<std::pair<const char *, double>>;

    template <class Number>
    void counter(const char *name, const char *help, Number value)
    {
        add(name, help, MetricType::Counter, static_cast<double>(value));
    }
    template <class Number>
    void gauge(const char *name, const char *help, Number value)
    {
        add(name, help, MetricType::Gauge, static_cast<double>(value));
    }
    /** One sample for each value of \a label. */
    void counters(const char *name, const char *help, const char *label, Labelled values);
    void histogram(const char *name, const char *help, const Durations &durations);
    void add(MetricFamily &&family) { m_families.append(std::move(family)); }
    /** One that samples are added to. */
    MetricFamily &family(const char *name, const char *help, MetricType type);

    [[nodiscard]] static MetricHistogram histogramOf(const Durations &durations);
    [[nodiscard]] MetricFamilies take() { return std::move(m_families); }

private:
    void add(const char *name, const char *help, MetricType type, double value);

    MetricFamilies m_families;
};

} // namespace dialogue::metrics
