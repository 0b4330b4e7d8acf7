#include "ui/conversationpane.h"

#include "ui/composer.h"
#include "ui/messageview.h"
#include "ui/peoplelist.h"
#include "ui/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace chat {

using State = Conversation::State;

ConversationPane::ConversationPane(Conversation &conversation, QWidget *parent)
    : QWidget(parent)
    , m_conversation(conversation)
    , m_earlier(new QPushButton)
    , m_stack(new QStackedWidget)
    , m_view(new MessageView)
    , m_emptyText(new QLabel)
    , m_joinAgain(new QPushButton(tr("Join again")))
    , m_typing(new QLabel)
    , m_listening(new QLabel(tr("One only listens in this room: it takes no messages.")))
    , m_composer(new Composer)
{
    const int em = fontMetrics().height();
    m_earlier->setObjectName(QStringLiteral("earlier"));
    m_earlier->setFlat(true);
    QFont link = smaller(font());
    link.setUnderline(true);
    m_earlier->setFont(link);
    m_earlier->setCursor(Qt::PointingHandCursor);
    m_view->setModel(&conversation.messages());
    m_stack->addWidget(m_view);
    m_stack->addWidget(makePlaceholder());
    m_typing->setObjectName(QStringLiteral("typing"));
    m_typing->setFont(smaller(font()));
    m_typing->setTextFormat(Qt::PlainText);
    m_typing->setFixedHeight(m_typing->fontMetrics().height() + em / 4); // nothing jumps when somebody types
    m_typing->setContentsMargins(em / 2, 0, em / 2, 0);
    m_listening->setFont(smaller(font()));
    m_listening->setAlignment(Qt::AlignCenter);
    m_listening->setWordWrap(true);

    auto *const foot = new QVBoxLayout;
    foot->setContentsMargins(em / 2, 0, em / 2, em / 2);
    foot->addWidget(m_composer);
    foot->addWidget(m_listening);
    auto *const column = new QVBoxLayout;
    column->setSpacing(0);
    auto *const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addLayout(column, 1);
    row->addWidget(new PeopleList(conversation));
    column->addWidget(m_earlier);
    column->addWidget(m_stack, 1);
    column->addWidget(m_typing);
    column->addLayout(foot);
    setFocusProxy(m_composer);

    connect(&conversation, &Conversation::stateChanged, this, &ConversationPane::showState);
    connect(&conversation, &Conversation::earlierChanged, this, &ConversationPane::showEarlier);
    connect(&conversation.messages(), &MessageModel::rowsInserted, this, &ConversationPane::showState);
    connect(&conversation.messages(), &MessageModel::rowsRemoved, this, &ConversationPane::showState);
    connect(&conversation.typing(), &TypingPeople::changed, this,
            [this] { m_typing->setText(m_conversation.typing().text()); });
    connect(m_earlier, &QPushButton::clicked, &conversation, &Conversation::loadEarlier);
    connect(m_joinAgain, &QPushButton::clicked, &conversation, &Conversation::join);
    connect(m_view, &MessageView::editWanted, this, &ConversationPane::edit);
    connect(m_composer, &Composer::sendWanted, this, &ConversationPane::send);
    connect(m_composer, &Composer::edited, this, [this](const QString &text) {
        m_composer->setTooLong(Conversation::tooMany(text));
        m_conversation.wrote(!text.trimmed().isEmpty());
    });
    showState();
    showEarlier();
}

QWidget *ConversationPane::makePlaceholder()
{
    m_emptyText->setObjectName(QStringLiteral("empty"));
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyText->setWordWrap(true);
    m_emptyText->setTextFormat(Qt::PlainText);
    auto *const page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto *const column = new QVBoxLayout(page);
    const int margin = fontMetrics().height() * 2;
    column->setContentsMargins(margin, margin, margin, margin);
    column->addStretch();
    column->addWidget(m_emptyText);
    column->addWidget(m_joinAgain, 0, Qt::AlignHCenter);
    column->addStretch();
    return page;
}

void ConversationPane::setConnected(bool connected)
{
    m_connected = connected;
    showPlaceholderText();
    showState();
}

void ConversationPane::setRoomName(const QString &name)
{
    m_roomName = name;
    showPlaceholderText();
}

void ConversationPane::showState()
{
    const State state = m_conversation.state();
    const bool out = state == State::Out;
    m_stack->setCurrentIndex(!out && m_conversation.messages().rowCount() > 0 ? 0 : 1);
    m_joinAgain->setVisible(out);
    if (out)
        m_emptyText->setText(tr("You are not in this room.\n%1").arg(m_conversation.problem()));
    else if (state == State::Joining)
        m_emptyText->setText(m_connected ? tr("Joining…")
                                         : tr("You join this room as soon as the connection is there."));
    else
        m_emptyText->setText(m_conversation.carriesMessages() ? tr("No messages yet.\nSay something!")
                                                              : tr("Nothing here yet."));
    m_composer->setEnabled(state == State::Joined || state == State::Away);
    m_composer->setVisible(m_conversation.carriesMessages());
    m_listening->setVisible(!m_conversation.carriesMessages());
}

void ConversationPane::showEarlier()
{
    const QString problem = m_conversation.historyProblem();
    const bool loading = m_conversation.isLoadingEarlier();
    m_earlier->setVisible(m_conversation.hasEarlier() || !problem.isEmpty());
    m_earlier->setEnabled(!loading);
    m_earlier->setText(loading                 ? tr("Loading…")
                           : problem.isEmpty() ? tr("Load earlier messages")
                                               : tr("Not loaded: %1. Try again").arg(problem));
}

void ConversationPane::showPlaceholderText()
{
    m_composer->setPlaceholder(m_connected ? tr("Message to %1").arg(m_roomName)
                                           : tr("Message, sent when back online"));
}

void ConversationPane::send(const QString &text)
{
    if (!m_conversation.say(text))
        return;
    m_composer->setText({});
    m_view->toEnd();
}

void ConversationPane::edit(const QModelIndex &index)
{
    const QString text = m_conversation.takeBack(index.row());
    if (text.isEmpty())
        return;
    const QString begun = m_composer->text();
    m_composer->setText(begun.isEmpty() ? text : text + u'\n' + begun);
    m_composer->setFocus();
}

} // namespace chat
