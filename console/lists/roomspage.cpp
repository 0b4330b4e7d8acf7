#include "console/lists/roomspage.h"

#include "console/acting/actiondialog.h"
#include "console/connection/adminconnection.h"
#include "console/lists/listpane.h"
#include "console/lists/listsync.h"
#include "console/lists/roomview.h"
#include "console/lists/rowreader.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QSplitter>

#include <limits>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr int Many = std::numeric_limits<int>::max();

} // namespace

RoomsPage::RoomsPage(AdminConnection &connection, QWidget *parent)
    : Page(parent)
    , m_connection(connection)
    , m_list(new ListPane(connection, m_model, {.what = u"rooms"_s},
                          {.name = u"rooms"_s,
                           .search = tr("Search rooms"),
                           .empty = tr("There are no rooms"),
                           .emptyHint = tr("Rooms stand in the server's configuration, or are created.")},
                          {u"id"_s, u"name"_s, u"size"_s, {}, {}, {}, {}, u"offset"_s, u"keptBytes"_s, {}}))
    , m_room(new RoomView(connection))
{
    using Kind = CellDelegate::Kind;
    setWindowTitle(tr("Rooms"));
    m_clock.start();
    m_list->table().setColumns({{Kind::Text, 22},
                                {Kind::Text, 22},
                                {Kind::Number, 10},
                                {Kind::Number, 8},
                                {Kind::Rate, 8},
                                {Kind::Number, 8, 1},
                                {Kind::Number, 0},
                                {Kind::Number, 10},
                                {Kind::Bytes, 9},
                                {Kind::YesOrDash, 8}});
    m_list->table().sortByColumn(RoomListModel::Size, Qt::DescendingOrder);
    keepInStep<RoomRow>(m_list->feed(), m_model, [this](const QJsonObject &json) {
        RoomRow row = roomRowOf(json);
        const double reckoned = m_rates.take(row.id, row.lastOffset, m_clock.elapsed());
        row.eventsPerSecond = m_told.value(row.id, reckoned);
        return row;
    });
    connect(&m_list->feed(), &ListFeed::completed, this, [this] {
        m_rates.forgetOthers();
        m_told.clear(); // What is watched is told again where it is another.
    });
    keepInStep<RoomRow>(m_list->watch(AdminWatch::rooms()), m_model, [this](const QJsonObject &json) {
        RoomRow row = roomRowOf(json);
        m_told.insert(row.id, row.eventsPerSecond);
        return row;
    });
    auto *const parts = new QSplitter;
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_list);
    parts->addWidget(m_room);
    parts->setStretchFactor(0, 3);
    parts->setStretchFactor(1, 2);
    auto *const row = new QHBoxLayout(this);
    row->addWidget(parts);
    addActions();
    connect(&m_list->table(), &ListTable::selectionChangedTo, this, &RoomsPage::showSelected);
    connect(&m_list->table(), &ListTable::rowActivated, this, [this](const QModelIndex &index) {
        Q_EMIT wanted({Place::Page::Events, index.data(SortedTableModel::IdRole).toString()});
    });
    connect(m_room, &RoomView::wanted, this, &Page::wanted);
    connect(&connection, &AdminConnection::entered, this, &RoomsPage::updateActions);
    updateActions();
}

RoomsPage::~RoomsPage() { m_list->table().setModel(nullptr); }

void RoomsPage::addActions()
{
    const auto add = [this](const QString &text, const QKeySequence &keys, const QString &operation,
                            int least, int most, auto &&run) {
        auto *const action = new QAction(text, this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, run);
        addAction(action);
        m_list->table().addAction(action);
        m_own.append({action, operation, least, most});
    };
    const auto ask = [this](ActionSpec spec) {
        ActionDialog dialog(m_connection, std::move(spec), phrase(), this);
        dialog.exec();
        m_list->feed().refresh();
    };
    add(tr("Watch its events"), Qt::CTRL | Qt::Key_E, {}, 1, 1, [this] {
        Q_EMIT wanted({Place::Page::Events, selected().first()});
    });
    add(tr("Trigger an event…"), Qt::CTRL | Qt::Key_T, u"triggerEvent"_s, 1, 1,
        [this] { Q_EMIT triggerWanted(selected().first()); });
    add(tr("Broadcast…"), {}, u"broadcastToRoom"_s, 1, Many,
        [this, ask] { ask(ActionCatalogue::broadcastToRooms(selected())); });
    add(tr("Create a room…"), QKeySequence::New, u"createRoom"_s, 0, Many,
        [ask] { ask(ActionCatalogue::createRoom()); });
    add(tr("Change…"), Qt::Key_F2, u"updateRoom"_s, 1, 1, [this, ask] {
        const RoomRow &room = m_model.rowAt(m_model.rowOf(selected().first()));
        ask(ActionCatalogue::updateRoom(room.id, room.name, m_room->descriptionOf(room.id), room.maxSize));
    });
    add(tr("Delete…"), QKeySequence::Delete, u"deleteRoom"_s, 1, Many,
        [this, ask] { ask(ActionCatalogue::deleteRooms(selected())); });
    add(tr("Copy the id"), {}, {}, 1, Many,
        [this] { QGuiApplication::clipboard()->setText(selected().join(u'\n')); });
    auto *const search = new QAction(tr("Search rooms"), this);
    search->setShortcut(QKeySequence::Find);
    search->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(search, &QAction::triggered, m_list, &ListPane::focusSearch);
    addAction(search);
}

QStringList RoomsPage::selected() const { return m_list->table().selectedTexts(SortedTableModel::IdRole); }

void RoomsPage::showSelected()
{
    const QStringList ids = selected();
    m_room->setRoom(ids.size() == 1 ? ids.first() : QString(), int(ids.size()));
    updateActions();
}

void RoomsPage::updateActions()
{
    const qsizetype count = selected().size();
    for (const Own &own : std::as_const(m_own)) {
        const bool may = own.operation.isEmpty() || m_connection.hello().canDo(own.operation);
        own.action->setEnabled(may && count >= own.least && count <= own.most);
    }
}

void RoomsPage::go(const Place &place)
{
    if (place.id.isEmpty())
        return;
    m_list->search(m_model.rowOf(place.id) < 0 ? place.id : QString());
    m_list->select(place.id);
}

} // namespace dialogue::console
