#pragma once

#include <QString>

namespace dialogue::console {

/** What the values of a chart are. */
enum class ChartUnit {
    Number, ///< Whole.
    Rate, ///< In a second.
    Bytes,
    Seconds, ///< How long something took.
    Share, ///< 1 is 100 %.
};

/** 12,345; 12.3/s; 4.2 MiB; 12 ms; 37 % */
[[nodiscard]] QString valueText(ChartUnit unit, double value);

} // namespace dialogue::console
