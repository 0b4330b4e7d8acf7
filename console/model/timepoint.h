#pragma once

#include <QtGlobal>

#include <cmath>
#include <limits>

namespace dialogue::console {

/** A figure at a time, in milliseconds since the Unix epoch; or that nothing is known from the point before
 * up to the next one. */
struct TimePoint
{
    qint64 time = 0;
    double value = 0;

    [[nodiscard]] static TimePoint gap(qint64 time)
    {
        return {time, std::numeric_limits<double>::quiet_NaN()};
    }
    [[nodiscard]] bool isGap() const { return std::isnan(value); }
};

} // namespace dialogue::console
