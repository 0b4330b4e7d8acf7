#include "console/charts/plotscale.h"

#include <algorithm>
#include <cmath>

namespace dialogue::console {

double PlotScale::x(qint64 time) const
{
    return to > from ? area.left() + area.width() * double(time - from) / double(to - from) : area.left();
}

double PlotScale::y(double value) const
{
    return area.bottom() - area.height() * (top > 0 ? value / top : 0);
}

qint64 PlotScale::time(double x) const
{
    return area.width() > 0 ? from + std::llround((x - area.left()) / area.width() * double(to - from))
                            : from;
}

std::vector<QPolygonF> linePolygons(std::span<const TimePoint> points, const PlotScale &scale, double ratio)
{
    std::vector<QPolygonF> polygons;
    const int columns = std::max(1, int(std::ceil(scale.area.width() * ratio)));
    const double width = scale.area.width() / columns;
    for (const LineColumn &each : decimated(points, scale.from, scale.to, columns)) {
        if (!each.isJoined || polygons.empty())
            polygons.emplace_back();
        QPolygonF &line = polygons.back();
        const double x = scale.area.left() + each.x * width;
        const auto add = [&line, &scale, x](double value) {
            const QPointF point(x, scale.y(value));
            if (line.isEmpty() || line.last() != point)
                line.append(point);
        };
        add(each.first);
        const bool isRising = each.last >= each.first;
        add(isRising ? each.least : each.most);
        add(isRising ? each.most : each.least);
        add(each.last);
    }
    return polygons;
}

} // namespace dialogue::console
