#pragma once

#include <QPointer>
#include <QWidget>

class QListView;

namespace dialogue {
class ParticipantsModel;
}

namespace chat {

class Conversation;

/** Who is in a room, beside what is said there. It is not seen where the room does not tell; how many there
 * are stands above. */
class PeopleList : public QWidget
{
    Q_OBJECT
public:
    explicit PeopleList(Conversation &conversation, QWidget *parent = nullptr);

private:
    void showModel();
    void showOrHide();

    Conversation &m_conversation;
    QListView *m_list;
    QPointer<dialogue::ParticipantsModel> m_model;
};

} // namespace chat
