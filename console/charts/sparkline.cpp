#include "console/charts/sparkline.h"

#include "console/charts/card.h"
#include "console/charts/linestyle.h"
#include "console/charts/plotscale.h"

#include <QPainter>

#include <algorithm>

namespace dialogue::console {

Sparkline::Sparkline(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Sparkline::setPoints(std::vector<TimePoint> points, qint64 from, qint64 to)
{
    m_points = std::move(points);
    m_from = from;
    m_to = to;
    update();
}

void Sparkline::setFaded(bool isFaded)
{
    m_isFaded = isFaded;
    update();
}

QSize Sparkline::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(u'0') * 12, metrics.height() * 3 / 2};
}

void Sparkline::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    PlotScale scale{QRectF(rect()).adjusted(0, 2, 0, -1), m_from, m_to, 0};
    for (const TimePoint &each : m_points) {
        if (!each.isGap() && each.time >= m_from)
            scale.top = std::max(scale.top, each.value);
    }
    painter.fillRect(QRectF(0, height() - 1, width(), 1), faint(palette(), 0.15));
    const QColor color = m_isFaded ? fadedLineColor(0, palette()) : lineColor(0, palette());
    for (const QPolygonF &polygon : linePolygons(m_points, scale, devicePixelRatioF())) {
        paintBelow(painter, polygon, scale.area.bottom(), color);
        paintPolyline(painter, polygon, color, 1.25);
    }
}

} // namespace dialogue::console
