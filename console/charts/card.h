#pragma once

#include <QColor>
#include <QPalette>
#include <QRect>

class QPainter;

namespace dialogue::console {

/** The text's colour, as much of it as \a part says, on the palette's base: for lines that stay behind. */
[[nodiscard]] QColor faint(const QPalette &palette, double part);

/** \a part of \a over, on \a under. */
[[nodiscard]] QColor mixed(const QColor &under, const QColor &over, double part);

/** What a tile or a chart stands on; \a outline around it, \a width wide. */
void paintCard(QPainter &painter, const QRect &rect, const QColor &fill, const QColor &outline,
               double width = 1);

} // namespace dialogue::console
