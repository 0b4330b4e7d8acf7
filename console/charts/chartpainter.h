#pragma once

#include "console/charts/chartdata.h"
#include "console/charts/plotscale.h"
#include "console/charts/ticks.h"

#include <QFont>
#include <QPalette>
#include <QSize>

class QPainter;

namespace dialogue::console {

/** Paints a chart without what moves over it: axes, threshold and lines. */
class ChartPainter
{
public:
    struct Surface
    {
        QSize size;
        double ratio; ///< Pixels of the device for each of ours.
        QFont font;
        QPalette palette;
    };
    /** Lines that are not in \a shown are left out, of the scale too. */
    ChartPainter(const ChartData &data, const std::vector<bool> &shown, ChartUnit unit, Surface surface);

    [[nodiscard]] const PlotScale &scale() const { return m_scale; }
    void setFaded(bool isFaded) { m_isFaded = isFaded; }
    void paint(QPainter &painter) const;

private:
    [[nodiscard]] double mostShown() const;
    void paintRule(QPainter &painter, double x, double y, double length, Qt::Orientation along,
                   const QColor &color) const;
    void paintValueAxis(QPainter &painter) const;
    void paintTimeAxis(QPainter &painter) const;
    [[nodiscard]] QColor colorOf(int line) const;
    void paintLine(QPainter &painter, int line) const;
    void paintMarkers(QPainter &painter, int line, const std::vector<QPolygonF> &polygons) const;
    void paintThreshold(QPainter &painter) const;

    const ChartData &m_data;
    const std::vector<bool> &m_shown;
    Surface m_surface;
    ValueTicks m_ticks;
    PlotScale m_scale;
    bool m_isFaded = false;
};

} // namespace dialogue::console
