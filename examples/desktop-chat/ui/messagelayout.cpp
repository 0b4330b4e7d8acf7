#include "ui/messagelayout.h"

#include "model/messagemodel.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QTextLayout>

#include <cmath>

namespace chat {

namespace {

/** Left for others, right for ours. */
QRect aligned(bool right, int left, int top, int within, QSize size)
{
    return {QPoint(right ? left + within - size.width() : left, top), size};
}

} // namespace

MessageLayout::MessageLayout(const QModelIndex &index, const QFont &font, int width, const Measure &measure)
{
    const int em = QFontMetrics(font).height();
    const QFont small = smaller(font);
    const int smallLine = QFontMetrics(small).height();
    const int margin = em * 3 / 4;
    const bool isGap = index.data(MessageModel::KindRole).toInt() == static_cast<int>(Message::Kind::Gap);
    const bool own = index.data(MessageModel::OwnRole).toBool();
    const QString said = index.data(Qt::DisplayRole).toString();
    int y = 0;
    if (index.data(MessageModel::StartsDayRole).toBool()) {
        day = {margin, y + em / 2, width - 2 * margin, smallLine};
        y += smallLine + em * 3 / 4;
    }
    if (isGap) {
        const int inner = width - 4 * margin;
        text = {{2 * margin, y + em / 2}, QSize(inner, measure(said, small, inner).height())};
        height = text.bottom() + 1 + em / 2;
        return;
    }

    const int avatarSize = em * 2;
    const int left = margin + avatarSize + em / 2;
    const int within = width - left - margin;
    const int padX = em * 2 / 3;
    const int padY = em * 2 / 5;
    const int widest = std::max(em * 4, std::min(within * 4 / 5, em * 36));
    if (index.data(MessageModel::StartsGroupRole).toBool()) {
        y += em / 2;
        head = {left, y, within, smallLine};
        y += smallLine + em / 8;
        if (!own)
            avatar = {margin, head.top() + em / 4, avatarSize, avatarSize};
    } else {
        y += em / 8;
    }
    const QSize textSize = measure(said, font, widest - 2 * padX);
    bubble = aligned(own, left, y, within, textSize + QSize(2 * padX, 2 * padY));
    text = {bubble.topLeft() + QPoint(padX, padY), textSize};
    y = bubble.bottom() + 1;
    if (const QString below = noteText(index); !below.isEmpty()) {
        note = aligned(own, left, y + em / 8, within, measure(below, small, widest));
        y = note.bottom() + 1;
        if (index.data(MessageModel::DeliveryRole).toInt() == static_cast<int>(Message::Delivery::Refused)) {
            again = aligned(own, left, y, within, measure(againText(), small, widest));
            y = again.bottom() + 1;
        }
    }
    // A head beside an avatar may be shorter than it.
    height = std::max(y, avatar.bottom() + 1) + em / 8;
    if (index.row() == index.model()->rowCount() - 1)
        height += em / 2; // the last one does not stick to the frame
}

QString MessageLayout::noteText(const QModelIndex &index)
{
    switch (static_cast<Message::Delivery>(index.data(MessageModel::DeliveryRole).toInt())) {
    case Message::Delivery::Waiting:
        return QCoreApplication::translate("MessageLayout", "Waiting to be sent…");
    case Message::Delivery::Refused:
        return QCoreApplication::translate("MessageLayout", "Not sent: %1")
            .arg(index.data(MessageModel::ReasonRole).toString());
    case Message::Delivery::Sent:
        break;
    }
    return {};
}

QString MessageLayout::againText()
{
    return QCoreApplication::translate("MessageLayout", "Edit and send again");
}

QSize breakLines(QTextLayout &layout, const QString &text, int width)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.setText(QString(text).replace(u'\n', QChar::LineSeparator));
    layout.setCacheEnabled(true);
    qreal y = 0;
    qreal widest = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, y});
        y += line.height();
        widest = std::max(widest, line.naturalTextWidth());
    }
    layout.endLayout();
    return {std::min(width, static_cast<int>(std::ceil(widest))), static_cast<int>(std::ceil(y))};
}

} // namespace chat
