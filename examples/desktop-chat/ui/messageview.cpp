#include "ui/messageview.h"

#include "model/messagemodel.h"
#include "ui/messagedelegate.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QScrollBar>
#include <QToolButton>

namespace chat {

MessageView::MessageView(QWidget *parent)
    : QListView(parent)
    , m_jump(new QToolButton(this))
{
    setObjectName(QStringLiteral("messages"));
    setAccessibleName(tr("Messages"));
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(
        Qt::ScrollBarAlwaysOn); // a width that comes and goes breaks the lines anew each time
    setResizeMode(Adjust);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    auto *const delegate = new MessageDelegate(this);
    setItemDelegate(delegate);
    connect(delegate, &MessageDelegate::editWanted, this, &MessageView::editWanted);

    m_jump->setText(tr("New messages"));
    m_jump->setArrowType(Qt::DownArrow);
    m_jump->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_jump->hide();
    connect(m_jump, &QToolButton::clicked, this, &MessageView::toEnd);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &MessageView::keepPlace);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        m_fromEnd = verticalScrollBar()->maximum() - value;
        m_atEnd = m_fromEnd < fontMetrics().height();
        if (m_atEnd)
            m_jump->hide();
    });
}

void MessageView::setModel(QAbstractItemModel *model)
{
    QListView::setModel(model);
    toEnd();
}

void MessageView::toEnd()
{
    m_atEnd = true;
    m_fromEnd = 0;
    m_jump->hide();
    scrollToBottom();
}

void MessageView::keepPlace()
{
    QScrollBar &bar = *verticalScrollBar();
    if (m_atEnd)
        bar.setValue(bar.maximum());
    else if (std::exchange(m_grewAbove, false))
        bar.setValue(bar.maximum() - m_fromEnd);
    else
        m_fromEnd = bar.maximum() - bar.value();
}

void MessageView::rowsInserted(const QModelIndex &parent, int first, int last)
{
    const QModelIndex top = indexAt({1, 1});
    m_grewAbove = m_grewAbove || (top.isValid() && first <= top.row());
    QListView::rowsInserted(parent, first, last);
    if (last < model()->rowCount() - 1 || m_atEnd)
        return;
    if (model()->index(last, 0).data(MessageModel::OwnRole).toBool())
        return toEnd();
    m_jump->show();
    placeJump();
}

void MessageView::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        scheduleDelayedItemsLayout(); // Lines break elsewhere; QListView does so for another height alone.
    placeJump();
}

void MessageView::placeJump()
{
    m_jump->adjustSize();
    m_jump->move((viewport()->width() - m_jump->width()) / 2,
                 viewport()->height() - m_jump->height() * 5 / 4);
}

void MessageView::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    QMenu menu;
    menu.addAction(tr("Copy"), this, [this] { copy(); });
    if (index.data(MessageModel::DeliveryRole).toInt() == static_cast<int>(Message::Delivery::Refused))
        menu.addAction(MessageLayout::againText(), this, [this, index] { Q_EMIT editWanted(index); });
    menu.exec(event->globalPos());
}

void MessageView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else
        QListView::keyPressEvent(event);
}

void MessageView::copy() const
{
    if (currentIndex().isValid())
        QGuiApplication::clipboard()->setText(currentIndex().data().toString());
}

} // namespace chat
