#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace chat {

class ChatSession;

/** How the connection is, why, and what can be done about it. Quiet while all is well. */
class ConnectionBar : public QFrame
{
    Q_OBJECT
public:
    explicit ConnectionBar(ChatSession &session, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showStatus();
    void showDetail();
    void act();

    ChatSession &m_session;
    QLabel *m_dot;
    QLabel *m_text;
    QLabel *m_detail;
    QPushButton *m_action;
};

} // namespace chat
