#pragma once

#include "server/metrics/metricfamily.h"

namespace dialogue::metrics {

/** What every program tells Prometheus of itself; what the system does not tell is left out. */
[[nodiscard]] MetricFamilies processFamilies();

} // namespace dialogue::metrics
