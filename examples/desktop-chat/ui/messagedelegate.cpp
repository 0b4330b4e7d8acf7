#include "ui/messagedelegate.h"

#include "model/messagemodel.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QTextLayout>

namespace chat {

namespace {

constexpr int KeptSizes = 2 * MessageModel::MaxMessages;

void drawBroken(QPainter &painter, const QRect &rect, const QString &text, const QFont &font,
                const QColor &color)
{
    QTextLayout layout;
    layout.setFont(font);
    breakLines(layout, text, rect.width());
    painter.setPen(color);
    layout.draw(&painter, rect.topLeft());
}

QString dayText(const QDate &day)
{
    const QDate today = QDate::currentDate();
    if (day == today)
        return MessageDelegate::tr("Today");
    if (day.addDays(1) == today)
        return MessageDelegate::tr("Yesterday");
    return QLocale().toString(day, QLocale::LongFormat);
}

} // namespace

MessageDelegate::MessageDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
    , m_sizes(KeptSizes)
{ }

void MessageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const Theme theme(option.palette);
    const MessageLayout layout = layoutOf(option, index);
    painter->save();
    painter->translate(option.rect.topLeft());
    if (!layout.day.isEmpty())
        paintDay(*painter, layout.day, index, option.font, theme);
    if (layout.bubble.isEmpty())
        paintGap(*painter, layout.text, index, option.font, theme);
    else
        paintSaid(*painter, layout, index, option.font, theme);
    painter->restore();
}

QSize MessageDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const MessageLayout layout = layoutOf(option, index);
    return {option.widget ? 1 : option.rect.width(),
            layout.height}; // never wider than the view, which stretches it
}

bool MessageDelegate::editorEvent(QEvent *event, QAbstractItemModel *model,
                                  const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() == QEvent::MouseButtonRelease) {
        const QPoint at = static_cast<QMouseEvent *>(event)->position().toPoint() - option.rect.topLeft();
        if (layoutOf(option, index).again.contains(at)) {
            Q_EMIT editWanted(index);
            return true;
        }
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

MessageLayout MessageDelegate::layoutOf(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *const view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.width();
    return {index, option.font, width, [this](const QString &text, const QFont &font, int within) {
                return measured(text, font, within);
            }};
}

QSize MessageDelegate::measured(const QString &text, const QFont &font, int width) const
{
    const SizeKey key{text, width, QFontMetrics(font).height()};
    if (const QSize *const known = m_sizes.object(key))
        return *known;
    QTextLayout layout;
    layout.setFont(font);
    const QSize size = breakLines(layout, text, width);
    m_sizes.insert(key, new QSize(size));
    return size;
}

void MessageDelegate::paintDay(QPainter &painter, const QRect &rect, const QModelIndex &index,
                               const QFont &font, const Theme &theme) const
{
    const QString text = dayText(index.data(MessageModel::TimeRole).toDateTime().date());
    painter.setFont(smaller(font));
    const int half = painter.fontMetrics().horizontalAdvance(text) / 2 + painter.fontMetrics().height();
    const QPoint middle = rect.center();
    painter.setPen(theme.line);
    painter.drawLine(rect.left(), middle.y(), middle.x() - half, middle.y());
    painter.drawLine(middle.x() + half, middle.y(), rect.right(), middle.y());
    painter.setPen(theme.muted);
    painter.drawText(rect, Qt::AlignCenter, text);
}

void MessageDelegate::paintGap(QPainter &painter, const QRect &rect, const QModelIndex &index,
                               const QFont &font, const Theme &theme) const
{
    painter.setFont(smaller(font));
    painter.setPen(theme.wait);
    painter.drawText(rect, Qt::AlignCenter | Qt::TextWordWrap, index.data().toString());
    painter.drawLine(rect.left(), rect.top() - 3, rect.right(), rect.top() - 3);
    painter.drawLine(rect.left(), rect.bottom() + 3, rect.right(), rect.bottom() + 3);
}

void MessageDelegate::paintSaid(QPainter &painter, const MessageLayout &layout, const QModelIndex &index,
                                const QFont &font, const Theme &theme) const
{
    const bool own = index.data(MessageModel::OwnRole).toBool();
    const QString from = index.data(MessageModel::FromRole).toString();
    const auto delivery = static_cast<Message::Delivery>(index.data(MessageModel::DeliveryRole).toInt());
    if (!layout.avatar.isEmpty())
        paintAvatar(painter, layout.avatar, from, font);
    if (!layout.head.isEmpty()) {
        const QString time = QLocale().toString(index.data(MessageModel::TimeRole).toDateTime().time(),
                                                QLocale::ShortFormat);
        const QFontMetrics nameMetrics(bold(smaller(font)));
        const int timeWidth = QFontMetrics(smaller(font)).horizontalAdvance(time);
        const int gap = nameMetrics.averageCharWidth();
        const QString name = own
            ? tr("You")
            : nameMetrics.elidedText(from, Qt::ElideRight, layout.head.width() - timeWidth - gap);
        const int nameWidth = nameMetrics.horizontalAdvance(name);
        const int left = own ? layout.head.right() + 1 - nameWidth - gap - timeWidth : layout.head.left();
        painter.setFont(bold(smaller(font)));
        painter.setPen(theme.text);
        painter.drawText(QRect(left, layout.head.top(), nameWidth + 1, layout.head.height()),
                         Qt::AlignVCenter, name);
        painter.setFont(smaller(font));
        painter.setPen(theme.muted);
        painter.drawText(
            QRect(left + nameWidth + gap, layout.head.top(), timeWidth + 1, layout.head.height()),
            Qt::AlignVCenter, time);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const bool sent = delivery == Message::Delivery::Sent;
    QPen border(delivery == Message::Delivery::Refused ? theme.bad : theme.muted, 1, Qt::DashLine);
    painter.setPen(sent ? QPen(Qt::NoPen) : border);
    painter.setBrush(sent ? QBrush(own ? theme.ownBubble : theme.bubble) : QBrush(Qt::NoBrush));
    const qreal radius = QFontMetricsF(font).height() * 0.6;
    painter.drawRoundedRect(QRectF(layout.bubble).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    drawBroken(painter, layout.text, index.data().toString(), font, sent ? theme.text : theme.muted);
    if (!layout.note.isEmpty())
        drawBroken(painter, layout.note, MessageLayout::noteText(index), smaller(font),
                   sent ? theme.muted : border.color());
    if (!layout.again.isEmpty()) {
        QFont link = smaller(font);
        link.setUnderline(true);
        drawBroken(painter, layout.again, MessageLayout::againText(), link, theme.link);
    }
}

} // namespace chat
