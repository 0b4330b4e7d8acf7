#pragma once

#include "console/charts/decimation.h"

#include <QPolygonF>
#include <QRectF>

#include <vector>

namespace dialogue::console {

/** Where a time and a value are painted; values begin with 0. */
struct PlotScale
{
    QRectF area = {};
    qint64 from = 0;
    qint64 to = 0;
    double top = 1;

    [[nodiscard]] double x(qint64 time) const;
    [[nodiscard]] double y(double value) const;
    [[nodiscard]] qint64 time(double x) const;
    [[nodiscard]] qint64 range() const { return to - from; }
};

/** What is painted of a line, a polygon for each part between two gaps; as finely as a device shows it that
 * has \a ratio pixels for each of ours. */
[[nodiscard]] std::vector<QPolygonF> linePolygons(std::span<const TimePoint> points, const PlotScale &scale,
                                                  double ratio);

} // namespace dialogue::console
