#pragma once

#include "console/charts/chartunit.h"
#include "console/model/timepoint.h"

#include <QString>

#include <optional>
#include <vector>

namespace dialogue::console {

/** A value that is not to be passed, as a line across a chart. */
struct ChartThreshold
{
    double value;
    QString label;
};

/** One line of a chart. */
struct ChartLine
{
    std::vector<TimePoint> points = {}; ///< The oldest first.
    bool isTold = true; ///< Else the server does not know that figure.
};

/** What a chart shows. Times in milliseconds since the Unix epoch. */
struct ChartData
{
    qint64 from = 0;
    qint64 to = 0;
    qint64 step = 1000; ///< From one point to the next, where there is no gap.
    std::vector<ChartLine> lines = {};
    std::optional<ChartThreshold> threshold = {};
};

} // namespace dialogue::console
