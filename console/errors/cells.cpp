#include "console/errors/cells.h"

#include "console/look/tones.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

/** What stands below the text of a cell: selected or not. */
void paintGround(QPainter *painter, const QStyleOptionViewItem &option)
{
    const QStyle *const style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
}

/** \a counts, neighbours put together until each bar may be seen. */
QList<qint64> barsOf(const QList<qint64> &counts, double width)
{
    constexpr double Narrowest = 4;
    const auto most = std::max<qsizetype>(1, qsizetype(width / Narrowest));
    const qsizetype together = (counts.size() + most - 1) / most;
    QList<qint64> bars;
    // From the end: the newest are always as many.
    for (qsizetype end = counts.size(); end > 0; end -= together) {
        const auto from = counts.begin() + std::max<qsizetype>(0, end - together);
        bars.prepend(std::accumulate(from, counts.begin() + end, qint64(0)));
    }
    return bars;
}

QColor barColor(const QStyleOptionViewItem &option, Tone tone)
{
    return option.state.testFlag(QStyle::State_Selected) ? option.palette.color(QPalette::HighlightedText)
                                                         : toneColor(tone, option.palette);
}

Tone toneOf(double share)
{
    if (share >= ShareDelegate::NearlyAll)
        return Tone::Bad;
    return share >= ShareDelegate::Much ? Tone::Warning : Tone::Accent;
}

} // namespace

QString TrendDelegate::displayText(const QVariant &value, const QLocale &locale) const
{
    // For who reads it by a screen reader: the newest piece.
    const auto counts = value.value<QList<qint64>>();
    return counts.isEmpty() ? QString() : locale.toString(counts.last());
}

void TrendDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    QStyleOptionViewItem own = option;
    initStyleOption(&own, index);
    paintGround(painter, own);
    const QRectF area = QRectF(option.rect).adjusted(4, 3, -4, -3);
    const QList<qint64> counts = barsOf(index.data().value<QList<qint64>>(), area.width());
    const qint64 most = counts.isEmpty() ? 0 : *std::max_element(counts.begin(), counts.end());
    if (most == 0)
        return;
    const double width = area.width() / double(counts.size());
    const QColor color = barColor(own, Tone::Accent);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QColor ground = color;
    ground.setAlphaF(0.25F);
    painter->fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), ground);
    for (qsizetype i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0)
            continue;
        const double height = std::max(2.0, area.height() * double(counts[i]) / double(most));
        const double left = option.direction == Qt::RightToLeft ? area.right() - width * double(i + 1)
                                                                : area.left() + width * double(i);
        painter->fillRect(QRectF(left, area.bottom() - height, std::max(1.0, width - 1), height), color);
    }
    painter->restore();
}

QString ShareDelegate::displayText(const QVariant &value, const QLocale &locale) const
{
    const double share = value.toDouble();
    const QString text = tr("%1 %").arg(locale.toString(int(share * 100)));
    return share >= Much ? u"▲ "_s + text : text;
}

void ShareDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    QStyleOptionViewItem own = option;
    initStyleOption(&own, index);
    paintGround(painter, own);
    const double share = std::clamp(index.data().toDouble(), 0.0, 1.0);
    const QColor color = barColor(own, toneOf(share));
    const int words = own.fontMetrics.horizontalAdvance(u"▲ 100 %"_s) + 8;
    const bool isMirrored = option.direction == Qt::RightToLeft;
    QRect text = option.rect.adjusted(4, 0, -4, 0);
    QRectF bar = QRectF(text).adjusted(0, 5, 0, -5);
    if (isMirrored) {
        text.setLeft(text.right() - words);
        bar.setRight(text.left() - 4);
    } else {
        text.setRight(text.left() + words);
        bar.setLeft(text.right() + 4);
    }
    painter->save();
    painter->setFont(own.font);
    painter->setPen(barColor(own, toneOf(share)));
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignRight, own.text);
    QColor ground = color;
    ground.setAlphaF(0.2F);
    if (bar.width() > 4) {
        painter->fillRect(bar, ground);
        const double width = bar.width() * share;
        painter->fillRect(isMirrored ? QRectF(bar.right() - width, bar.top(), width, bar.height())
                                     : QRectF(bar.left(), bar.top(), width, bar.height()),
                          color);
    }
    painter->restore();
}

} // namespace dialogue::console
