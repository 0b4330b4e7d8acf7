#include "console/charts/card.h"

#include <QPainter>

namespace dialogue::console {

namespace {

constexpr double CardRadius = 5;

double mixedPart(double under, double over, double part) { return under + (over - under) * part; }

} // namespace

QColor mixed(const QColor &under, const QColor &over, double part)
{
    return QColor::fromRgbF(float(mixedPart(under.redF(), over.redF(), part)),
                            float(mixedPart(under.greenF(), over.greenF(), part)),
                            float(mixedPart(under.blueF(), over.blueF(), part)));
}

QColor faint(const QPalette &palette, double part)
{
    return mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), part);
}

void paintCard(QPainter &painter, const QRect &rect, const QColor &fill, const QColor &outline, double width)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill);
    painter.setPen(QPen(outline, width));
    const double half = width / 2;
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), CardRadius, CardRadius);
    painter.restore();
}

} // namespace dialogue::console
