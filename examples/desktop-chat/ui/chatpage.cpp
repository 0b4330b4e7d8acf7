#include "ui/chatpage.h"

#include "model/chatsession.h"
#include "ui/connectionbar.h"
#include "ui/conversationpane.h"
#include "ui/roomsidebar.h"
#include "ui/theme.h"

#include <QLabel>
#include <QMessageBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace chat {

ChatPage::ChatPage(ChatSession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_name(new QLabel)
    , m_about(new QLabel)
    , m_panes(new QStackedWidget)
{
    auto *const noRoom = new QLabel(tr("Choose a room to see what is said there."));
    noRoom->setAlignment(Qt::AlignCenter);
    noRoom->setWordWrap(true);
    noRoom->setBackgroundRole(QPalette::Base);
    noRoom->setAutoFillBackground(true);
    m_panes->addWidget(noRoom);

    auto *const right = new QWidget;
    auto *const rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->setSpacing(0);
    rightColumn->addWidget(makeHead());
    rightColumn->addWidget(m_panes, 1);
    auto *const sidebar = new RoomSidebar(session);
    auto *const splitter = new QSplitter;
    splitter->addWidget(sidebar);
    splitter->addWidget(right);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({fontMetrics().height() * 14, fontMetrics().height() * 40});
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new ConnectionBar(session, this));
    column->addWidget(splitter, 1);

    connect(sidebar, &RoomSidebar::signOutWanted, this, &ChatPage::signOutWanted);
    connect(&session, &ChatSession::currentChanged, this, &ChatPage::showCurrent);
    connect(&session, &ChatSession::refused, this, [this](const QString &what, const QString &why) {
        QMessageBox::warning(this, what, tr("%1:\n%2").arg(what, why));
    });
    connect(&session.rooms(), &RoomListModel::dataChanged, this, &ChatPage::showHead);
    connect(&session.rooms(), &RoomListModel::rowsInserted, this, &ChatPage::showHead);
    connect(&session.status(), &ConnectionStatus::changed, this, &ChatPage::showStatus);
    showCurrent();
}

QWidget *ChatPage::makeHead()
{
    const int em = fontMetrics().height();
    m_name->setTextFormat(Qt::PlainText);
    m_name->setFont(bold(font()));
    m_about->setTextFormat(Qt::PlainText);
    m_about->setFont(smaller(font()));
    m_about->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *const head = new QWidget;
    auto *const column = new QVBoxLayout(head);
    column->setContentsMargins(em * 3 / 4, em / 2, em * 3 / 4, em / 2);
    column->setSpacing(0);
    column->addWidget(m_name);
    column->addWidget(m_about);
    return head;
}

ConversationPane *ChatPage::paneOf(Conversation *conversation)
{
    ConversationPane *&pane = m_paneOf[conversation];
    if (!pane) {
        pane = new ConversationPane(*conversation);
        m_panes->addWidget(pane);
    }
    return pane;
}

void ChatPage::showCurrent()
{
    Conversation *const current = m_session.current();
    if (current) {
        ConversationPane *const pane = paneOf(current);
        m_panes->setCurrentWidget(pane);
        pane->setFocus();
    }
    showHead();
    showStatus();
}

void ChatPage::showHead()
{
    Conversation *const current = m_session.current();
    m_name->parentWidget()->setVisible(current);
    if (!current)
        return;
    const dialogue::RoomInfo *const room = m_session.rooms().find(current->roomId());
    const QString name = room && !room->name.isEmpty() ? room->name : current->roomId();
    m_name->setText(name);
    m_about->setText(room ? QStringList{tr("%n here", nullptr, room->size), room->description}.join(tr(" · "))
                          : QString());
    m_about->setToolTip(m_about->text());
    paneOf(current)->setRoomName(name);
}

void ChatPage::showStatus()
{
    for (ConversationPane *pane : std::as_const(m_paneOf))
        pane->setConnected(m_session.status().phase() == ConnectionStatus::Phase::Connected);
}

} // namespace chat
