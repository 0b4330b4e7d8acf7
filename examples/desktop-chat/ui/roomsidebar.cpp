#include "ui/roomsidebar.h"

#include "model/chatsession.h"
#include "ui/roomdelegate.h"
#include "ui/theme.h"

#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace chat {

RoomSidebar::RoomSidebar(ChatSession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_list(new QListView)
    , m_empty(new QLabel(tr("No rooms yet.")))
    , m_newRoom(new QPushButton(tr("New room…")))
{
    m_list->setObjectName(QStringLiteral("rooms"));
    m_list->setAccessibleName(tr("Rooms"));
    m_list->setModel(&session.rooms());
    m_list->setItemDelegate(new RoomDelegate(m_list));
    m_list->setEditTriggers(QListView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    auto *const inList = new QVBoxLayout(m_list);
    inList->addWidget(m_empty);

    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(m_list, 1);
    auto *const foot = new QHBoxLayout;
    const int margin = fontMetrics().height() / 2;
    foot->setContentsMargins(margin, margin, margin, margin);
    foot->addWidget(m_newRoom);
    column->addLayout(foot);

    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) {
                if (index.isValid())
                    m_session.open(index.data(RoomListModel::IdRole).toString());
            });
    connect(m_newRoom, &QPushButton::clicked, this, &RoomSidebar::askForRoom);
    connect(&session, &ChatSession::currentChanged, this, &RoomSidebar::showCurrent);
    connect(&session.rooms(), &RoomListModel::rowsInserted, this, &RoomSidebar::showCurrent);
    connect(&session.rooms(), &RoomListModel::rowsRemoved, this, &RoomSidebar::showCurrent);
    connect(&session.status(), &ConnectionStatus::changed, this, &RoomSidebar::showStatus);
    showCurrent();
    showStatus();
}

QWidget *RoomSidebar::makeHead()
{
    const QString name = m_session.userName();
    const int em = fontMetrics().height();
    const QSize size(em * 2, em * 2);
    QPixmap picture(size * devicePixelRatioF());
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paintAvatar(painter, QRectF(QPointF(), size), name, font());
    painter.end();
    auto *const avatar = new QLabel;
    avatar->setPixmap(picture);
    auto *const nameLabel = new QLabel(name);
    nameLabel->setTextFormat(Qt::PlainText);
    nameLabel->setFont(bold(font()));
    nameLabel->setMinimumWidth(em * 3);
    auto *const signOut = new QToolButton;
    signOut->setText(tr("Sign out"));
    signOut->setAutoRaise(true);
    connect(signOut, &QToolButton::clicked, this, &RoomSidebar::signOutWanted);

    auto *const head = new QWidget;
    auto *const row = new QHBoxLayout(head);
    row->setContentsMargins(em / 2, em / 2, em / 2, em / 2);
    row->addWidget(avatar);
    row->addWidget(nameLabel, 1);
    row->addWidget(signOut);
    return head;
}

void RoomSidebar::askForRoom()
{
    bool wanted = false;
    const QString name
        = QInputDialog::getText(this, tr("New room"), tr("Its name:"), QLineEdit::Normal, {}, &wanted)
              .trimmed();
    if (wanted && !name.isEmpty())
        m_session.createRoom(name);
}

void RoomSidebar::showCurrent()
{
    const RoomListModel &rooms = m_session.rooms();
    m_empty->setVisible(rooms.rowCount() == 0);
    const Conversation *const current = m_session.current();
    const QModelIndex index = current ? rooms.index(rooms.rowOf(current->roomId())) : QModelIndex();
    const QSignalBlocker shownNotWished(m_list->selectionModel());
    m_list->setCurrentIndex(index);
    m_list->viewport()->update();
}

void RoomSidebar::showStatus()
{
    const bool connected = m_session.status().phase() == ConnectionStatus::Phase::Connected;
    m_newRoom->setEnabled(connected);
    m_empty->setText(connected ? tr("No rooms yet.") : tr("The rooms come with the connection."));
}

} // namespace chat
