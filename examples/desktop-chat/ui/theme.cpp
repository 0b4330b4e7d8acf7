#include "ui/theme.h"

#include <QPainter>

namespace chat {

namespace {

int hueOf(const QString &name)
{
    uint sum = 0; // not qHash(), which is another one in each run
    for (const QChar c : name)
        sum = sum * 31 + c.unicode();
    return static_cast<int>(sum * 2654435761U / 11930465U) % 360; // Knuth's: neighbours end up far apart
}

QString initialsOf(const QString &name)
{
    QString initials;
    bool starts = true;
    for (const QChar c : name) {
        if (starts && c.isLetterOrNumber())
            initials += c.toUpper();
        starts = !c.isLetterOrNumber();
    }
    return initials.left(2);
}

} // namespace

Theme::Theme(const QPalette &palette)
    : text(palette.color(QPalette::Text))
{
    const QColor base = palette.color(QPalette::Base);
    const QColor highlight = palette.color(QPalette::Highlight);
    const bool isDark = base.lightnessF() < 0.5;
    const auto signal = [isDark](int hue) { return QColor::fromHsl(hue, 165, isDark ? 150 : 85); };
    muted = blend(base, text, 0.62);
    line = blend(base, text, 0.15);
    bubble = blend(base, text, isDark ? 0.13 : 0.08);
    ownBubble = blend(base, highlight, isDark ? 0.4 : 0.22);
    link = blend(highlight, text, 0.25);
    good = signal(135);
    wait = signal(38);
    bad = signal(2);
}

QColor blend(const QColor &under, const QColor &over, qreal share)
{
    const auto mixed = [share](float a, float b) { return static_cast<float>(a + (b - a) * share); };
    return QColor::fromRgbF(mixed(under.redF(), over.redF()), mixed(under.greenF(), over.greenF()),
                            mixed(under.blueF(), over.blueF()));
}

void paintAvatar(QPainter &painter, const QRectF &rect, const QString &name, const QFont &font)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor::fromHsl(hueOf(name), 110, 100)); // white is read on it, and it on light and dark
    painter.drawEllipse(rect);
    QFont initials = bold(font);
    initials.setPixelSize(std::max(1, static_cast<int>(rect.height() * 0.4)));
    painter.setFont(initials);
    painter.setPen(Qt::white);
    painter.drawText(rect, Qt::AlignCenter, initialsOf(name));
    painter.restore();
}

QFont smaller(QFont font)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * 0.85);
    else
        font.setPixelSize(std::max(1, font.pixelSize() * 85 / 100));
    return font;
}

QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

} // namespace chat
