#pragma once

#include "model/conversation.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace chat {

class Composer;
class MessageView;

/** One conversation: its messages, or why there are none; who is typing, and who is there; and where to
 * write. */
class ConversationPane : public QWidget
{
    Q_OBJECT
public:
    explicit ConversationPane(Conversation &conversation, QWidget *parent = nullptr);

    [[nodiscard]] Conversation &conversation() { return m_conversation; }
    void setConnected(bool connected);
    void setRoomName(const QString &name);

private:
    [[nodiscard]] QWidget *makePlaceholder();
    void showState();
    void showEarlier();
    void showPlaceholderText();
    void send(const QString &text);
    void edit(const QModelIndex &index);

    Conversation &m_conversation;
    QString m_roomName;
    bool m_connected = true;
    QPushButton *m_earlier;
    QStackedWidget *m_stack;
    MessageView *m_view;
    QLabel *m_emptyText;
    QPushButton *m_joinAgain;
    QLabel *m_typing;
    QLabel *m_listening; ///< In the composer's place, where a room takes no messages.
    Composer *m_composer;
};

} // namespace chat
