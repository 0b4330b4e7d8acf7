#include "console/charts/legend.h"

#include "console/charts/card.h"
#include "console/charts/linestyle.h"
#include "console/look/tones.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr int SwatchWidth = 22;
constexpr int LegendGap = 6;
constexpr int LegendPadding = 3;

QFont valueFont(QFont font)
{
    font.setBold(true);
    return font;
}

/** With what rounding takes, so that nothing is elided for it. */
int widthOf(const QString &text, const QFont &font)
{
    return int(std::ceil(QFontMetricsF(font).horizontalAdvance(text))) + 1;
}

} // namespace

LegendEntry::LegendEntry(int line, const QString &name, bool isAlone, QWidget *parent)
    : QAbstractButton(parent)
    , m_line(line)
{
    setText(name);
    setAccessibleName(name);
    setCheckable(true);
    setChecked(true);
    setFocusPolicy(isAlone ? Qt::NoFocus : Qt::StrongFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents, isAlone);
    setToolTip(isAlone ? name : tr("%1: show or hide").arg(name));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void LegendEntry::setValue(const QString &value)
{
    if (std::exchange(m_value, value) == value)
        return;
    const int width = widthOf(value, valueFont(font()));
    if (width > m_valueWidth) {
        m_valueWidth = width;
        updateGeometry();
    }
    update();
}

void LegendEntry::setFaded(bool isFaded)
{
    m_isFaded = isFaded;
    update();
}

QSize LegendEntry::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {LegendPadding * 2 + SwatchWidth + LegendGap + widthOf(text(), font()) + LegendGap
                + std::max(m_valueWidth, widthOf(u"000,0"_s, valueFont(font()))),
            metrics.height() + LegendPadding * 2};
}

QSize LegendEntry::minimumSizeHint() const
{
    return {SwatchWidth + QFontMetrics(font()).horizontalAdvance(u'0') * 12, sizeHint().height()};
}

void LegendEntry::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        m_valueWidth = widthOf(m_value, valueFont(font()));
    QAbstractButton::changeEvent(event);
}

void LegendEntry::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isShown = isChecked() && isEnabled();
    const QColor color = isShown ? lineColor(m_line, palette()) : faint(palette(), 0.35);
    const QColor base = palette().color(QPalette::Base);
    QRect inner = rect().adjusted(LegendPadding, 0, -LegendPadding, 0);
    const QRect swatch
        = QStyle::visualRect(layoutDirection(), inner, QRect(inner.topLeft(), QSize(SwatchWidth, height())));
    const QPointF center = QRectF(swatch).center();
    painter.setPen(QPen(color, 2));
    painter.drawLine(QPointF(swatch.left(), center.y()), QPointF(swatch.right(), center.y()));
    paintMarker(painter, m_line, center, 8, isShown ? color : base, isShown ? base : color);

    const QRect texts
        = QStyle::visualRect(layoutDirection(), inner, inner.adjusted(SwatchWidth + LegendGap, 0, 0, 0));
    const QFontMetrics values(valueFont(font()));
    const int valueWidth = std::min(widthOf(m_value, valueFont(font())), texts.width());
    QFont nameFont = font();
    nameFont.setStrikeOut(!isChecked());
    const QString name = QFontMetrics(nameFont).elidedText(
        text(), Qt::ElideRight, std::max(0, texts.width() - valueWidth - LegendGap));
    const int nameWidth = widthOf(name, nameFont);
    painter.setPen(isShown && !m_isFaded ? palette().color(QPalette::Text)
                                         : toneColor(Tone::Quiet, palette()));
    painter.setFont(nameFont);
    const auto place = [&](int left, int width) {
        return QStyle::visualRect(layoutDirection(), texts,
                                  QRect(texts.left() + left, 0, width + 1, height()));
    };
    painter.drawText(place(0, nameWidth), Qt::AlignVCenter | Qt::TextSingleLine, name);
    if (isChecked()) {
        painter.setFont(valueFont(font()));
        painter.drawText(place(nameWidth + LegendGap, valueWidth), Qt::AlignVCenter | Qt::TextSingleLine,
                         values.elidedText(m_value, Qt::ElideRight, valueWidth));
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 3, 3);
    }
}

} // namespace dialogue::console
