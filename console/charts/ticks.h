#pragma once

#include "console/charts/chartunit.h"

#include <QStringList>

#include <vector>

namespace dialogue::console {

/** Where an axis has its marks, and what they say; round numbers, of bytes those of powers of two. */
struct ValueTicks
{
    double top = 0; ///< Of the axis, which begins with 0: the last of values.
    std::vector<double> values = {};
    QStringList texts = {};
};

/** For an axis up to \a most, with \a count steps at most. */
[[nodiscard]] ValueTicks valueTicks(double most, int count, ChartUnit unit);

/** Of times: those that are round in the time of day here. */
struct TimeTicks
{
    std::vector<qint64> times = {}; ///< Milliseconds since the Unix epoch.
    QStringList texts = {};
};

/** From \a from to \a to, with \a count at most. */
[[nodiscard]] TimeTicks timeTicks(qint64 from, qint64 to, int count);

} // namespace dialogue::console
