#include "console/lists/clientspage.h"

#include "console/acting/actiondialog.h"
#include "console/connection/adminconnection.h"
#include "console/lists/clientview.h"
#include "console/lists/listpane.h"
#include "console/lists/listsync.h"
#include "console/lists/rowreader.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QSplitter>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr double ManyBytesWaiting = 64.0 * 1024; // Of one client: it reads slower than it is sent to.
constexpr double LongRoundTrip = 1000; // ms

} // namespace

ClientsPage::ClientsPage(AdminConnection &connection, QWidget *parent)
    : Page(parent)
    , m_connection(connection)
    , m_list(new ListPane(connection, m_model, {.what = u"clients"_s},
                          {.name = u"clients"_s,
                           .search = tr("Search clients by id or user"),
                           .empty = tr("Nobody is connected"),
                           .emptyHint = tr("Clients appear here as soon as they are.")},
                          {u"id"_s, u"userId"_s, {}, {}, u"transport"_s, {}, u"rooms"_s}))
    , m_what(new QComboBox)
    , m_client(new ClientView(connection))
{
    using Kind = CellDelegate::Kind;
    setWindowTitle(tr("Clients"));
    m_what->addItem(tr("All clients"), u"clients"_s);
    m_what->addItem(tr("The slowest"), u"slowest"_s);
    m_what->addItem(tr("Who left"), u"leavers"_s);
    m_what->setAccessibleName(tr("Which clients"));
    m_list->bar().addWidget(m_what);
    m_list->table().setColumns({{Kind::Text, 22},
                                {Kind::Text, 18},
                                {Kind::YesOrDash, 8},
                                {Kind::Text, 16},
                                {Kind::Text, 10},
                                {Kind::YesOrDash, 5},
                                {Kind::Number, 6},
                                {Kind::Duration, 9, LongRoundTrip},
                                {Kind::Bytes, 9, ManyBytesWaiting},
                                {Kind::YesOrDash, 0},
                                {Kind::DateTime, 0},
                                {Kind::Text, 0}});
    keepInStep<ClientRow>(m_list->feed(), m_model, &clientRowOf);
    keepInStep<ClientRow>(m_list->watch(AdminWatch::clients()), m_model, &clientRowOf);
    auto *const parts = new QSplitter;
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_list);
    parts->addWidget(m_client);
    parts->setStretchFactor(0, 3);
    parts->setStretchFactor(1, 2);
    auto *const row = new QHBoxLayout(this);
    row->addWidget(parts);
    addActions();
    connect(m_what, &QComboBox::currentIndexChanged, this,
            [this] { setWhat(m_what->currentData().toString()); });
    connect(&m_list->table(), &ListTable::selectionChangedTo, this, &ClientsPage::showSelected);
    connect(m_client, &ClientView::wanted, this, &Page::wanted);
    connect(&connection, &AdminConnection::entered, this, &ClientsPage::updateActions);
    updateActions();
}

ClientsPage::~ClientsPage() { m_list->table().setModel(nullptr); }

QAction *ClientsPage::addOwn(const QString &text, const QKeySequence &keys, const QString &operation,
                             const std::function<void()> &run)
{
    auto *const action = new QAction(text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    m_list->table().addAction(action);
    m_own.append({action, operation});
    return action;
}

void ClientsPage::addActions()
{
    addOwn(tr("Disconnect…"), QKeySequence::Delete, u"disconnectClient"_s,
           [this] { ask(ActionCatalogue::disconnectClients(selected())); });
    addOwn(tr("Have join a room…"), Qt::CTRL | Qt::Key_J, u"addParticipant"_s,
           [this] { ask(ActionCatalogue::join(selected())); });
    QAction *const kick = addOwn(tr("Remove from a room…"), QKeySequence(), u"removeParticipant"_s, [this] {
        ActionSpec spec = ActionCatalogue::kick({}, selected());
        spec.title = tr("Remove from a room");
        spec.fields = {{.name = u"roomId"_s,
                        .label = tr("Room"),
                        .isRequired = true,
                        .value = m_client->rooms().value(0)}};
        ask(spec);
    });
    kick->setToolTip(tr("They stay connected"));
    addOwn(tr("Disconnect the user everywhere…"), {}, u"disconnectUser"_s,
           [this] { ask(ActionCatalogue::disconnectUsers(selectedUsers())); });
    addOwn(tr("Ban the user…"), {}, u"banUser"_s, [this] { ask(ActionCatalogue::ban(selectedUsers())); });
    addOwn(tr("Mute the user…"), {}, u"muteUser"_s, [this] { ask(ActionCatalogue::mute(selectedUsers())); });
    addOwn(tr("Send to the user…"), {}, u"sendToUser"_s,
           [this] { ask(ActionCatalogue::sendToUsers(selectedUsers())); });
    addOwn(tr("Copy the id"), {}, {}, [this] {
        QGuiApplication::clipboard()->setText(
            m_list->table().selectedTexts(SortedTableModel::IdRole).join(u'\n'));
    });
    auto *const search = new QAction(tr("Search clients"), this);
    search->setShortcut(QKeySequence::Find);
    search->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(search, &QAction::triggered, m_list, &ListPane::focusSearch);
    addAction(search);
}

void ClientsPage::ask(ActionSpec spec)
{
    ActionDialog dialog(m_connection, std::move(spec), phrase(), this);
    dialog.exec();
    m_list->feed().refresh();
}

QList<ActionCatalogue::Client> ClientsPage::selected() const
{
    QList<ActionCatalogue::Client> clients;
    const QStringList ids = m_list->table().selectedTexts(SortedTableModel::IdRole);
    for (const QString &id : ids) {
        const int row = m_model.rowOf(id);
        const QString user = row < 0 ? QString() : m_model.rowAt(row).user;
        clients.append({.id = id, .name = user.isEmpty() ? id : tr("%1 (%2)").arg(user, id), .user = user});
    }
    return clients;
}

QStringList ClientsPage::selectedUsers() const
{
    QStringList users;
    const QList<ActionCatalogue::Client> clients = selected();
    for (const ActionCatalogue::Client &each : clients)
        users.append(each.user);
    users.removeDuplicates();
    users.removeAll(QString());
    return users;
}

void ClientsPage::showSelected()
{
    const QStringList ids = m_list->table().selectedTexts(SortedTableModel::IdRole);
    m_client->setClient(ids.size() == 1 ? ids.first() : QString(), int(ids.size()));
    updateActions();
}

void ClientsPage::updateActions()
{
    const bool hasRows = !m_list->table().selectedTexts(SortedTableModel::IdRole).isEmpty();
    for (const Own &own : std::as_const(m_own)) {
        const bool may = own.operation.isEmpty() || m_connection.hello().canDo(own.operation);
        own.action->setEnabled(may && hasRows);
    }
}

void ClientsPage::setWhat(const QString &what)
{
    m_model.clear();
    ListQuery query{.what = what};
    const bool haveLeft = what == u"leavers";
    if (hasOwnOrder(what)) {
        query.most = ListFeed::PageRows; // There are no pages of them.
        m_list->table().sortByColumn(haveLeft ? ClientListModel::Left : ClientListModel::QueueBytes,
                                     Qt::DescendingOrder);
    }
    // What there is to say of who is there, and what of who is not.
    for (const int column : {ClientListModel::Left, ClientListModel::Reason})
        m_list->table().setColumnHidden(column, !haveLeft);
    for (const int column : {ClientListModel::Verified, ClientListModel::Transport, ClientListModel::Secure,
                             ClientListModel::Rooms, ClientListModel::RoundTrip, ClientListModel::QueueBytes})
        m_list->table().setColumnHidden(column, haveLeft);
    m_list->setQuery(query);
}

void ClientsPage::go(const Place &place)
{
    if (place.id.isEmpty())
        return m_what->setCurrentIndex(1);
    m_what->setCurrentIndex(0);
    m_list->search(m_model.rowOf(place.id) < 0 ? place.id : QString());
    m_list->select(place.id);
}

} // namespace dialogue::console
