#include "console/charts/decimation.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace dialogue::console {

namespace {

std::span<const TimePoint>::iterator firstSince(std::span<const TimePoint> points, qint64 time)
{
    return std::partition_point(points.begin(), points.end(),
                                [time](const TimePoint &each) { return each.time < time; });
}

} // namespace

std::vector<LineColumn> decimated(std::span<const TimePoint> points, qint64 from, qint64 to, int columns)
{
    std::vector<LineColumn> line;
    if (to <= from || columns <= 0)
        return line;
    line.reserve(std::min(points.size(), std::size_t(columns)) + 1);
    const double scale = columns / double(to - from);
    auto point = firstSince(points, from);
    if (point != points.begin())
        --point;
    bool isOpen = false;
    double column = 0;
    double firstX = 0;
    for (; point != points.end() && point->time <= to; ++point) {
        if (point->isGap()) {
            isOpen = false;
            continue;
        }
        const double x = double(point->time - from) * scale;
        const double value = point->value;
        if (!isOpen || std::floor(x) != column) {
            line.push_back({x, value, value, value, value, isOpen});
            column = std::floor(x);
            firstX = x;
            isOpen = true;
            continue;
        }
        LineColumn &now = line.back();
        now.x = (firstX + x) / 2;
        now.least = std::min(now.least, value);
        now.most = std::max(now.most, value);
        now.last = value;
    }
    return line;
}

ValueSpan valuesAt(std::span<const TimePoint> points, qint64 time, qint64 reach, qint64 farthest)
{
    ValueSpan span{0, 0, 0};
    qint64 nearest = 0;
    for (auto point = firstSince(points, time - farthest);
         point != points.end() && point->time <= time + farthest; ++point) {
        if (point->isGap())
            continue;
        const qint64 distance = std::abs(point->time - time);
        const bool isNearer = !span.isThere || distance < nearest;
        if (!span.isThere || (isNearer && nearest > reach))
            span = {point->time, point->value, point->value, true};
        else if (distance <= reach) {
            span.least = std::min(span.least, point->value);
            span.most = std::max(span.most, point->value);
        }
        if (isNearer) {
            nearest = distance;
            span.time = point->time;
        }
    }
    return span;
}

} // namespace dialogue::console
