#pragma once

#include <QHash>
#include <QWidget>

class QLabel;
class QStackedWidget;

namespace chat {

class ChatSession;
class Conversation;
class ConversationPane;

/** The window of someone who is signed in: rooms at the left, the conversation at the right. */
class ChatPage : public QWidget
{
    Q_OBJECT
public:
    explicit ChatPage(ChatSession &session, QWidget *parent = nullptr);

Q_SIGNALS:
    void signOutWanted();

private:
    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] ConversationPane *paneOf(Conversation *conversation);
    void showCurrent();
    void showHead();
    void showStatus();

    ChatSession &m_session;
    QLabel *m_name;
    QLabel *m_about;
    QStackedWidget *m_panes; ///< The first page is for no room at all.
    QHash<Conversation *, ConversationPane *> m_paneOf;
};

} // namespace chat
