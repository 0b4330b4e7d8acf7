#pragma once

#include "server/metrics/metricfamily.h"

namespace dialogue::metrics {

/** What Prometheus is answered with (text format 0.0.4). */
inline constexpr const char *PrometheusType = "text/plain; version=0.0.4; charset=utf-8";
[[nodiscard]] QByteArray prometheusText(const MetricFamilies &families);

} // namespace dialogue::metrics
