#pragma once

#include <QWidget>

class QLabel;
class QListView;
class QPushButton;

namespace chat {

class ChatSession;

/** Who we are, the rooms there are, and making one. */
class RoomSidebar : public QWidget
{
    Q_OBJECT
public:
    explicit RoomSidebar(ChatSession &session, QWidget *parent = nullptr);

Q_SIGNALS:
    void signOutWanted();

private:
    [[nodiscard]] QWidget *makeHead();
    void askForRoom();
    void showCurrent();
    void showStatus();

    ChatSession &m_session;
    QListView *m_list;
    QLabel *m_empty;
    QPushButton *m_newRoom;
};

} // namespace chat
