#include "console/charts/linestyle.h"

#include "console/charts/card.h"
#include "console/look/tones.h"

#include <QPainter>
#include <QPolygonF>

#include <array>

namespace dialogue::console {

namespace {

// Of different lightness as well, for who tells few colours apart.
constexpr std::array<QRgb, MostLines> OnLight{0x1b5fb8, 0xb85c00, 0x7b2d8e, 0x00796b, 0xa3123f, 0x5c5c5c};
constexpr std::array<QRgb, MostLines> OnDark{0x7ab7ff, 0xffb35c, 0xd9a0ee, 0x5fd3c0, 0xff8fa8, 0xc4c4c4};

constexpr double FadedPart = 0.45;
constexpr float BelowPart = 0.15F;

QPolygonF markerShape(int line, double r)
{
    switch (line) {
    case 1:
        return QPolygonF({{-r, -r}, {r, -r}, {r, r}, {-r, r}});
    case 2:
        return QPolygonF({{0, -r * 1.2}, {r * 1.2, r}, {-r * 1.2, r}});
    case 3:
        return QPolygonF({{0, -r * 1.35}, {r * 1.35, 0}, {0, r * 1.35}, {-r * 1.35, 0}});
    case 4:
        return QPolygonF({{-r * 1.2, -r}, {r * 1.2, -r}, {0, r * 1.2}});
    default:
        break;
    }
    return QPolygonF({{-r * 1.5, -r * 0.6}, {r * 1.5, -r * 0.6}, {r * 1.5, r * 0.6}, {-r * 1.5, r * 0.6}});
}

} // namespace

QColor lineColor(int line, const QPalette &palette)
{
    const auto place = std::size_t(line) % MostLines;
    return QColor(isDark(palette) ? OnDark[place] : OnLight[place]);
}

QColor fadedLineColor(int line, const QPalette &palette)
{
    return mixed(palette.color(QPalette::Base), lineColor(line, palette), FadedPart);
}

void paintPolyline(QPainter &painter, const QPolygonF &line, const QColor &color, double width)
{
    if (line.size() == 1) {
        painter.setPen(QPen(color, width * 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawPoint(line.first());
        return;
    }
    QList<QLineF> pieces;
    pieces.reserve(line.size());
    for (qsizetype i = 1; i < line.size(); ++i)
        pieces.append({line[i - 1], line[i]});
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::SquareCap));
    painter.drawLines(pieces);
}

void paintBelow(QPainter &painter, const QPolygonF &line, double bottom, const QColor &color)
{
    if (line.size() < 2)
        return;
    QColor fill = color;
    fill.setAlphaF(BelowPart);
    QPolygonF below = line;
    below << QPointF(line.last().x(), bottom) << QPointF(line.first().x(), bottom);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(below, Qt::WindingFill);
}

void paintMarker(QPainter &painter, int line, QPointF center, double size, const QColor &color,
                 const QColor &base)
{
    painter.save();
    painter.translate(center);
    painter.setPen(QPen(base, 1));
    painter.setBrush(color);
    if (line % MostLines == 0)
        painter.drawEllipse(QPointF(), size / 2, size / 2);
    else
        painter.drawPolygon(markerShape(line % MostLines, size / 2));
    painter.restore();
}

} // namespace dialogue::console
