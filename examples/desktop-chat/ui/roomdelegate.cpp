#include "ui/roomdelegate.h"

#include "model/roomlistmodel.h"
#include "ui/theme.h"

#include <QApplication>
#include <QPainter>

namespace chat {

void RoomDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    item.text.clear();
    const QStyle *const style = item.widget ? item.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, item.widget);

    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QPalette::ColorGroup group
        = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    const QColor text = option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text);
    const QColor under = option.palette.color(group, selected ? QPalette::Highlight : QPalette::Base);
    const QColor muted = blend(under, text, 0.75);
    const int em = option.fontMetrics.height();
    const QRect inner = option.rect.adjusted(em / 2, em / 3, -em / 2, -em / 3);
    const QFont small = smaller(option.font);
    const QFontMetrics smallMetrics(small);
    const int unread = index.data(RoomListModel::UnreadRole).toInt();

    painter->save();
    const QString size = index.data(RoomListModel::SizeTextRole).toString();
    const QFont nameFont = bold(option.font);
    QRect firstLine(inner.left(), inner.top(), inner.width(), em);
    painter->setFont(small);
    painter->setPen(muted);
    painter->drawText(firstLine, Qt::AlignRight | Qt::AlignVCenter, size);
    firstLine.setRight(firstLine.right() - smallMetrics.horizontalAdvance(size) - em / 2);
    painter->setFont(nameFont);
    painter->setPen(text);
    painter->drawText(
        firstLine, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics(nameFont).elidedText(index.data().toString(), Qt::ElideRight, firstLine.width()));

    QRect secondLine(inner.left(), inner.bottom() + 1 - smallMetrics.height(), inner.width(),
                     smallMetrics.height());
    painter->setFont(small);
    if (unread > 0) {
        const QString count = unread > 99 ? QStringLiteral("99+") : QString::number(unread);
        const int width = std::max(smallMetrics.height(), smallMetrics.horizontalAdvance(count) + em / 2);
        const QRect badge(secondLine.right() + 1 - width, secondLine.top(), width, secondLine.height());
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(option.palette.color(selected ? QPalette::HighlightedText : QPalette::Highlight));
        painter->drawRoundedRect(badge, badge.height() / 2.0, badge.height() / 2.0);
        painter->setPen(option.palette.color(selected ? QPalette::Highlight : QPalette::HighlightedText));
        painter->drawText(badge, Qt::AlignCenter, count);
        secondLine.setRight(badge.left() - em / 3);
    }
    painter->setPen(muted);
    painter->drawText(secondLine, Qt::AlignLeft | Qt::AlignVCenter,
                      smallMetrics.elidedText(index.data(RoomListModel::DescriptionRole).toString(),
                                              Qt::ElideRight, secondLine.width()));
    painter->restore();
}

QSize RoomDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int em = option.fontMetrics.height();
    return {em * 6, em + QFontMetrics(smaller(option.font)).height() + em / 3 * 2 + em / 8};
}

} // namespace chat
