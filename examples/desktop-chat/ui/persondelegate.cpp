#include "ui/persondelegate.h"

#include "ui/theme.h"

#include <dialogue/client/participantsmodel.h>

#include <QPainter>

namespace chat {

void PersonDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const Theme theme(option.palette);
    const int em = option.fontMetrics.height();
    const QString name = index.data().toString();
    const int connections = index.data(dialogue::ParticipantsModel::ConnectionsRole).toInt();
    const int size = em * 3 / 2;
    const QRect inner = option.rect.adjusted(em / 2, 0, -em / 2, 0);
    const QRect avatar(inner.left(), inner.center().y() - size / 2, size, size);

    painter->save();
    paintAvatar(*painter, avatar, name, option.font);
    QRect line = inner.adjusted(size + em / 2, 0, 0, 0);
    if (connections > 1) {
        const QFont small = smaller(option.font);
        const QString count = QStringLiteral("×%1").arg(connections);
        painter->setFont(small);
        painter->setPen(theme.muted);
        painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, count);
        line.setRight(line.right() - QFontMetrics(small).horizontalAdvance(count) - em / 2);
    }
    painter->setFont(option.font);
    painter->setPen(theme.text);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(name, Qt::ElideRight, line.width()));
    painter->restore();
}

QSize PersonDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int em = option.fontMetrics.height();
    return {em * 6, em * 2};
}

} // namespace chat
