#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QRectF>

class QPainter;

namespace chat {

/** Every colour that is not the palette's own, made from the palette: light and dark come by themselves. */
struct Theme
{
    explicit Theme(const QPalette &palette);

    QColor text;
    QColor muted; ///< What is there to be found, not to be read.
    QColor line;
    QColor bubble;
    QColor ownBubble;
    QColor link;
    QColor good;
    QColor wait;
    QColor bad;

    /** As a background to be tinted with, where \a color is for text and lines. */
    [[nodiscard]] static QColor vivid(const QColor &color)
    {
        return QColor::fromHsl(color.hslHue(), color.hslSaturation(), 128);
    }
};

/** \a share of \a over on \a under; 0 to 1. */
[[nodiscard]] QColor blend(const QColor &under, const QColor &over, qreal share);

/** The same person has the same colour and initials everywhere. */
void paintAvatar(QPainter &painter, const QRectF &rect, const QString &name, const QFont &font);

[[nodiscard]] QFont smaller(QFont font);
[[nodiscard]] QFont bold(QFont font);

} // namespace chat
