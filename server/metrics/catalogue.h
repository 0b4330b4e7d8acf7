#pragma once

#include "server/metrics/figures.h"
#include "server/metrics/metricfamily.h"

namespace dialogue::metrics {

/** Every metric there is, by its name. */
[[nodiscard]] MetricFamilies familiesOf(const Figures &figures);

} // namespace dialogue::metrics
