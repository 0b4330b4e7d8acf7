#include "ui/peoplelist.h"

#include "model/conversation.h"
#include "ui/persondelegate.h"
#include "ui/theme.h"

#include <dialogue/client/participantsmodel.h>

#include <QLabel>
#include <QListView>
#include <QVBoxLayout>

namespace chat {

PeopleList::PeopleList(Conversation &conversation, QWidget *parent)
    : QWidget(parent)
    , m_conversation(conversation)
    , m_list(new QListView)
{
    const int em = fontMetrics().height();
    auto *const head = new QLabel(tr("People"));
    head->setFont(smaller(font()));
    head->setContentsMargins(em / 2, em / 2, em / 2, em / 4);
    m_list->setObjectName(QStringLiteral("people"));
    m_list->setAccessibleName(tr("People in this room"));
    m_list->setItemDelegate(new PersonDelegate(m_list));
    m_list->setEditTriggers(QListView::NoEditTriggers);
    m_list->setSelectionMode(QListView::NoSelection);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(m_list, 1);
    setFixedWidth(em * 10);

    connect(&conversation, &Conversation::stateChanged, this, &PeopleList::showModel);
    showModel();
}

void PeopleList::showModel()
{
    dialogue::ParticipantsModel *const model = m_conversation.people();
    if (m_model != model) {
        m_model = model;
        m_list->setModel(model);
        if (model) {
            connect(model, &QAbstractItemModel::rowsInserted, this, &PeopleList::showOrHide);
            connect(model, &QAbstractItemModel::rowsRemoved, this, &PeopleList::showOrHide);
            connect(model, &QAbstractItemModel::modelReset, this, &PeopleList::showOrHide);
        }
    }
    showOrHide();
}

void PeopleList::showOrHide() { setVisible(m_model && m_model->rowCount() > 0); }

} // namespace chat
