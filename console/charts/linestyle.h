#pragma once

#include <QColor>
#include <QPalette>
#include <QPointF>

class QPainter;
class QPolygonF;

namespace dialogue::console {

/** Lines of one chart that are told apart. */
constexpr int MostLines = 6;

/** 3:1 at least on the palette's base (WCAG 2.1, 1.4.11), in light and in dark. */
[[nodiscard]] QColor lineColor(int line, const QPalette &palette);
/** The same where it is of before, not of now. */
[[nodiscard]] QColor fadedLineColor(int line, const QPalette &palette);
/** One piece after the other: as a whole it would be stroked a hundred times as slowly. A single point is a
 * dot. */
void paintPolyline(QPainter &painter, const QPolygonF &line, const QColor &color, double width);
/** What lies below a line, down to \a bottom. */
void paintBelow(QPainter &painter, const QPolygonF &line, double bottom, const QColor &color);
/** The mark that a line bears now and then, so that it is not told by its colour alone; \a size across. */
void paintMarker(QPainter &painter, int line, QPointF center, double size, const QColor &color,
                 const QColor &base);

} // namespace dialogue::console
