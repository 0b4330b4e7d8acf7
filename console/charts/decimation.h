#pragma once

#include "console/model/timepoint.h"

#include <span>
#include <vector>

namespace dialogue::console {

/** What of a line falls into one column of pixels. */
struct LineColumn
{
    double x; ///< In columns, from the left; in the middle of those points.
    double first;
    double least;
    double most;
    double last;
    bool isJoined; ///< To the one before; else there is a gap between.
};

/**
 * \a points, in the order of their times, as what \a columns between \a from and \a to can show: of those in
 * one column the first, the last and what lies furthest apart, so that no spike is lost, however many there
 * are. Where there is a gap within a column it comes twice. The one before \a from is there too, with a
 * negative x, so that the line comes in from the left.
 */
[[nodiscard]] std::vector<LineColumn> decimated(std::span<const TimePoint> points, qint64 from, qint64 to,
                                                int columns);

/** The least and the most of those within \a reach milliseconds of a time; else of the nearest of those
 * within \a farthest. */
struct ValueSpan
{
    qint64 time; ///< Of the nearest.
    double least;
    double most;
    bool isThere = false;
};
[[nodiscard]] ValueSpan valuesAt(std::span<const TimePoint> points, qint64 time, qint64 reach,
                                 qint64 farthest);

} // namespace dialogue::console
