#pragma once

#include "server/metrics/metricfamily.h"

#include <QLatin1StringView>

#include <array>
#include <span>

namespace dialogue::admin {

/** How a figure of consoles comes from a metric. */
enum class SeriesKind {
    Gauge, ///< As it is.
    Rate, ///< Of a counter, in a second.
    Median, ///< Of a histogram, of what came since the figure before; in seconds.
    Percentile99,
};

struct Series
{
    QLatin1StringView name; ///< As consoles are told it.
    const char *metric;
    SeriesKind kind;
};

/** All there are, in the order of their values. */
[[nodiscard]] std::span<const Series> statsSeries();

/** One value for each of statsSeries(). */
using StatsValues = std::vector<double>;

/** Makes values of what was counted. */
class StatsReader
{
public:
    /** \a time in seconds, of whatever clock goes forward; the first has no rates. */
    [[nodiscard]] StatsValues read(const MetricFamilies &families, double time);

private:
    struct Last
    {
        double value = 0;
        std::optional<MetricHistogram> histogram = {};
    };
    [[nodiscard]] double valueOf(const Series &series, const MetricFamily &family, Last &last,
                                 double seconds);

    std::vector<Last> m_last;
    double m_lastTime = 0;
};

} // namespace dialogue::admin
