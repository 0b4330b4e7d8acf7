#include "console/charts/chartpainter.h"

#include "console/charts/card.h"
#include "console/charts/linestyle.h"
#include "console/look/tones.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr double LineWidth = 1.5;
constexpr double LabelGap = 6; // Between an axis and what its marks say.
constexpr double MarkerDistance = 90;
constexpr double MarkerSize = 6;
/** A threshold so many times as high as all there is would press the lines to the floor. */
constexpr double FarThreshold = 4;

QRectF plotArea(const ChartPainter::Surface &surface, const QStringList &texts)
{
    const QFontMetricsF metrics(surface.font);
    // Charts below one another begin at the same place, unless one has much to say.
    double labels = metrics.horizontalAdvance(u"8,888 MiB"_s);
    for (const QString &text : texts)
        labels = std::max(labels, metrics.horizontalAdvance(text));
    QRectF area(QPointF(), QSizeF(surface.size));
    area.adjust(std::ceil(labels + LabelGap * 1.5), std::ceil(metrics.height() / 2 + LabelGap / 2),
                -std::ceil(LabelGap * 2), -std::ceil(metrics.height() + LabelGap * 1.5));
    return area;
}

} // namespace

ChartPainter::ChartPainter(const ChartData &data, const std::vector<bool> &shown, ChartUnit unit,
                           Surface surface)
    : m_data(data)
    , m_shown(shown)
    , m_surface(std::move(surface))
{
    const double line = QFontMetricsF(m_surface.font).height();
    const int count = std::clamp(int(m_surface.size.height() / (line * 2)) - 1, 2, 5);
    double most = mostShown();
    if (m_data.threshold && m_data.threshold->value <= most * FarThreshold)
        most = std::max(most, m_data.threshold->value);
    m_ticks = valueTicks(most, count, unit);
    m_scale = {plotArea(m_surface, m_ticks.texts), m_data.from, m_data.to, m_ticks.top};
}

double ChartPainter::mostShown() const
{
    double most = 0;
    for (std::size_t i = 0; i < m_data.lines.size(); ++i) {
        if (i < m_shown.size() && !m_shown[i])
            continue;
        for (const TimePoint &each : m_data.lines[i].points) {
            if (!each.isGap() && each.time >= m_data.from && each.time <= m_data.to)
                most = std::max(most, each.value);
        }
    }
    return most;
}

void ChartPainter::paint(QPainter &painter) const
{
    painter.setFont(m_surface.font);
    paintValueAxis(painter);
    if (m_scale.range() > 0)
        paintTimeAxis(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.save();
    painter.setClipRect(m_scale.area.adjusted(0, -LineWidth, LineWidth, LineWidth));
    // The first lies above the others.
    for (int i = int(m_data.lines.size()) - 1; i >= 0; --i) {
        if (std::size_t(i) >= m_shown.size() || m_shown[std::size_t(i)])
            paintLine(painter, i);
    }
    painter.restore();
    if (m_data.threshold)
        paintThreshold(painter);
}

/** One pixel of ours thick, along the pixels of the device. */
void ChartPainter::paintRule(QPainter &painter, double x, double y, double length, Qt::Orientation along,
                             const QColor &color) const
{
    const double ratio = m_surface.ratio;
    const double thick = std::max(1.0, std::floor(ratio)) / ratio;
    const QPointF corner(std::floor(x * ratio) / ratio, std::floor(y * ratio) / ratio);
    painter.fillRect(QRectF(corner, along == Qt::Horizontal ? QSizeF(length, thick) : QSizeF(thick, length)),
                     color);
}

void ChartPainter::paintValueAxis(QPainter &painter) const
{
    const QRectF &area = m_scale.area;
    const QFontMetricsF metrics(m_surface.font);
    const QColor text = toneColor(Tone::Quiet, m_surface.palette);
    for (std::size_t i = 0; i < m_ticks.values.size(); ++i) {
        const double y = m_scale.y(m_ticks.values[i]);
        paintRule(painter, area.left(), y, area.width(), Qt::Horizontal,
                  faint(m_surface.palette, i == 0 ? 0.45 : 0.13));
        painter.setPen(text);
        painter.drawText(QRectF(0, y - metrics.height() / 2, area.left() - LabelGap, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                         m_ticks.texts.at(qsizetype(i)));
    }
}

void ChartPainter::paintTimeAxis(QPainter &painter) const
{
    const QRectF &area = m_scale.area;
    const QFontMetricsF metrics(m_surface.font);
    const double widest = metrics.horizontalAdvance(u"88:88:88"_s);
    const int count = std::max(1, int(area.width() / (widest * 1.3)));
    const TimeTicks ticks = timeTicks(m_data.from, m_data.to, count);
    for (std::size_t i = 0; i < ticks.times.size(); ++i) {
        const double x = m_scale.x(ticks.times[i]);
        paintRule(painter, x, area.bottom(), LabelGap / 2, Qt::Vertical, faint(m_surface.palette, 0.45));
        const QString &text = ticks.texts.at(qsizetype(i));
        const double width = metrics.horizontalAdvance(text);
        const double left = std::min(x - width / 2, m_surface.size.width() - width);
        painter.setPen(toneColor(Tone::Quiet, m_surface.palette));
        painter.drawText(QPointF(left, area.bottom() + LabelGap + metrics.ascent()), text);
    }
}

void ChartPainter::paintLine(QPainter &painter, int line) const
{
    const QColor color = colorOf(line);
    const std::vector<QPolygonF> polygons
        = linePolygons(m_data.lines[std::size_t(line)].points, m_scale, m_surface.ratio);
    const bool isAlone = m_data.lines.size() == 1;
    for (const QPolygonF &polygon : polygons) {
        if (isAlone)
            paintBelow(painter, polygon, m_scale.area.bottom(), color);
        paintPolyline(painter, polygon, color, LineWidth);
    }
    if (!isAlone)
        paintMarkers(painter, line, polygons);
}

QColor ChartPainter::colorOf(int line) const
{
    return m_isFaded ? fadedLineColor(line, m_surface.palette) : lineColor(line, m_surface.palette);
}

/** They stay with their times, and those of one line are not where another's are. */
void ChartPainter::paintMarkers(QPainter &painter, int line, const std::vector<QPolygonF> &polygons) const
{
    if (m_scale.area.width() <= 0)
        return;
    const auto every
        = std::max<qint64>(1, qint64(double(m_scale.range()) * MarkerDistance / m_scale.area.width()));
    const qint64 shift = every * line / std::max<qint64>(1, qint64(m_data.lines.size()));
    qint64 last = (m_scale.from + shift) / every;
    for (const QPolygonF &polygon : polygons) {
        for (const QPointF &point : polygon) {
            const qint64 now = (m_scale.time(point.x()) + shift) / every;
            if (now == last)
                continue;
            last = now;
            paintMarker(painter, line, point, MarkerSize, colorOf(line),
                        m_surface.palette.color(QPalette::Base));
        }
    }
}

void ChartPainter::paintThreshold(QPainter &painter) const
{
    const QFontMetricsF metrics(m_surface.font);
    const QRectF &area = m_scale.area;
    const QColor color = toneColor(Tone::Warning, m_surface.palette);
    const bool isBeyond = m_data.threshold->value > m_scale.top;
    double baseline = area.top() + metrics.ascent();
    painter.setPen(QPen(color, 1, Qt::DashLine));
    if (!isBeyond) {
        const double y = m_scale.y(m_data.threshold->value);
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        const bool isRoomAbove = y - metrics.height() > area.top();
        baseline = isRoomAbove ? y - metrics.descent() - 1 : y + metrics.ascent() + 2;
    }
    const QString label = isBeyond ? u"↑ "_s + m_data.threshold->label : m_data.threshold->label;
    const QString text = metrics.elidedText(label, Qt::ElideRight, area.width() - 4);
    const QRectF box(area.right() - metrics.horizontalAdvance(text) - 4, baseline - metrics.ascent(),
                     metrics.horizontalAdvance(text) + 4, metrics.height());
    QColor behind = m_surface.palette.color(QPalette::Base);
    behind.setAlphaF(0.8F);
    painter.fillRect(box, behind); // Lines may run through it.
    painter.setPen(color);
    painter.drawText(QPointF(box.left() + 2, baseline), text);
}

} // namespace dialogue::console
