#include "console/errors/errorspage.h"

#include "console/errors/cells.h"
#include "console/errors/tallytable.h"
#include "console/look/listtable.h"
#include "console/look/notice.h"
#include "console/look/wording.h"

#include <QAction>
#include <QComboBox>
#include <QDateTime>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QTimerEvent>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr int RefreshMs = 1000;
constexpr int MostCodes = 64; // That a server has, and more.

QSplitter *splitter(Qt::Orientation orientation, const QList<QWidget *> &parts)
{
    auto *const splitter = new QSplitter(orientation);
    splitter->setChildrenCollapsible(false);
    for (QWidget *const each : parts)
        splitter->addWidget(each);
    return splitter;
}

} // namespace

ErrorsPage::ErrorsPage(AdminConnection &connection, QWidget *parent)
    : Page(parent)
    , m_connection(connection)
    , m_feed(connection)
    , m_limitsFeed(connection, m_limits)
    , m_codes(new TallyTable(u"refusalCodes"_s, tr("By code"), tr("Code")))
    , m_users(new TallyTable(u"refusalUsers"_s, tr("By user"), tr("User")))
    , m_requests(new TallyTable(u"refusalRequests"_s, tr("By request and path"), tr("Request")))
    , m_code(new QComboBox)
    , m_search(new QLineEdit)
    , m_newest(new ListTable(u"refusals"_s))
    , m_newestNotice(new Notice(m_newest))
    , m_footer(new QLabel)
    , m_limitsTable(new ListTable(u"limits"_s))
    , m_limitsNotice(new Notice(m_limitsTable))
{
    setWindowTitle(tr("Errors and limits"));
    QSplitter *const tallies = splitter(Qt::Horizontal, {m_codes, m_users, m_requests});
    QSplitter *const lists = splitter(Qt::Horizontal, {makeNewest(), makeLimits()});
    lists->setStretchFactor(0, 3);
    lists->setStretchFactor(1, 2);
    QSplitter *const parts = splitter(Qt::Vertical, {tallies, lists});
    parts->setStretchFactor(0, 2);
    parts->setStretchFactor(1, 3);
    m_notice = new Notice(parts);
    auto *const column = new QVBoxLayout(this);
    column->addWidget(m_notice);
    setFocusProxy(m_newest);
    addActions();

    connect(&m_feed, &RefusalFeed::rows, this, &ErrorsPage::take);
    connect(&m_feed, &RefusalFeed::counted, this, &ErrorsPage::count);
    connect(&m_feed, &RefusalFeed::listed, this, [this] {
        m_isListed = true;
        m_failure.clear();
        refresh();
    });
    connect(&m_feed, &RefusalFeed::began, this, [this] {
        m_refusals.forgetAll();
        for (TallyTable *const each : {m_codes, m_users, m_requests})
            each->tally().clear();
        m_counted = 0;
    });
    connect(&m_feed, &RefusalFeed::failed, this, [this](const Error &error) {
        m_failure = error.text();
        tell();
    });
    connect(&m_limitsFeed, &LimitsFeed::changed, this, &ErrorsPage::tell);
    connect(&connection, &AdminConnection::stateChanged, this, &ErrorsPage::tell);
    connect(m_codes, &TallyTable::chosen, this, &ErrorsPage::showCode);
    connect(m_users, &TallyTable::chosen, m_search, &QLineEdit::setText);
    connect(m_requests, &TallyTable::chosen, this,
            [this](const QString &kind) { m_search->setText(kind.section(u' ', 0, 0)); });
    tell();
}

ErrorsPage::~ErrorsPage()
{
    m_newest->setModel(nullptr);
    m_limitsTable->setModel(nullptr);
}

QWidget *ErrorsPage::makeNewest()
{
    using Kind = CellDelegate::Kind;
    m_code->addItem(tr("All codes"), QString());
    m_code->setAccessibleName(tr("Refusals of which code"));
    m_code->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_search->setPlaceholderText(tr("Search refusals"));
    m_search->setAccessibleName(tr("Search refusals"));
    m_search->setClearButtonEnabled(true);
    m_newest->setAccessibleName(tr("The newest refusals"));
    m_newest->setModel(&m_refusals);
    m_newest->setColumns({{Kind::DateTime, 26},
                          {Kind::Text, 19},
                          {Kind::Text, 17},
                          {Kind::Text, 13},
                          {Kind::Text, 13},
                          {Kind::Text, 0},
                          {Kind::Text, 12},
                          {Kind::Text, 40}});
    m_newest->sortByColumn(RefusalModel::Time, Qt::DescendingOrder);
    auto *const bar = new QHBoxLayout;
    bar->addWidget(m_search, 1);
    bar->addWidget(m_code);
    auto *const box = new QGroupBox(tr("The newest refusals"));
    auto *const column = new QVBoxLayout(box);
    column->addLayout(bar);
    column->addWidget(m_newestNotice, 1);
    column->addWidget(m_footer);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_refusals.setSearch(text.trimmed());
        tell();
    });
    connect(m_code, &QComboBox::currentIndexChanged, this, [this] {
        m_refusals.setCode(m_code->currentData().toString());
        tell();
    });
    connect(m_newest, &ListTable::rowActivated, this, [this] {
        if (const RefusalRow *const row = selected())
            row->client.isEmpty() ? openRoom() : openClient();
    });
    return box;
}

QWidget *ErrorsPage::makeLimits()
{
    using Kind = CellDelegate::Kind;
    m_limitsTable->setAccessibleName(tr("Near a limit"));
    m_limitsTable->setModel(&m_limits);
    m_limitsTable->setColumns(
        {{Kind::Text, 14}, {Kind::Text, 14}, {Kind::Text, 15}, {Kind::Text, 19}, {Kind::Duration, 10}});
    m_limitsTable->setItemDelegateForColumn(LimitsModel::Share, new ShareDelegate(m_limitsTable));
    m_limitsTable->sortByColumn(LimitsModel::Share, Qt::DescendingOrder);
    auto *const box = new QGroupBox(tr("Near a limit"));
    auto *const column = new QVBoxLayout(box);
    column->addWidget(m_limitsNotice, 1);
    connect(m_limitsTable, &ListTable::rowActivated, this, [this](const QModelIndex &index) {
        const LimitRow &row = m_limits.rowAt(index.row());
        if (row.roomId.isEmpty())
            Q_EMIT wanted({Place::Page::Clients, row.clientId});
        else
            Q_EMIT wanted({Place::Page::Rooms, row.roomId});
    });
    return box;
}

void ErrorsPage::addActions()
{
    const auto add = [this](const QString &text, const QKeySequence &keys, auto &&run) {
        auto *const action = new QAction(text, this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, run);
        addAction(action);
        return action;
    };
    m_toClient = add(tr("Go to the client"), {}, &ErrorsPage::openClient);
    m_toRoom = add(tr("Go to the room"), {}, &ErrorsPage::openRoom);
    m_newest->addActions({m_toClient, m_toRoom});
    add(tr("Search refusals"), QKeySequence::Find, [this] {
        m_search->setFocus();
        m_search->selectAll();
    });
    add(tr("Show all refusals"), {}, [this] {
        m_search->clear();
        showCode({});
    });
    const auto update = [this] {
        const RefusalRow *const row = selected();
        m_toClient->setEnabled(row != nullptr && !row->client.isEmpty());
        m_toRoom->setEnabled(row != nullptr && !row->roomId.isEmpty());
    };
    connect(m_newest, &ListTable::selectionChangedTo, this, update);
    update();
}

const RefusalRow *ErrorsPage::selected() const
{
    const QStringList ids = m_newest->selectedTexts(SortedTableModel::IdRole);
    const int row = ids.size() == 1 ? m_refusals.rowOf(ids.first()) : -1;
    return row < 0 ? nullptr : &m_refusals.rowAt(row);
}

void ErrorsPage::openClient()
{
    if (const RefusalRow *const row = selected(); row != nullptr && !row->client.isEmpty())
        Q_EMIT wanted({Place::Page::Clients, row->client});
}

void ErrorsPage::openRoom()
{
    if (const RefusalRow *const row = selected(); row != nullptr && !row->roomId.isEmpty())
        Q_EMIT wanted({Place::Page::Rooms, row->roomId});
}

void ErrorsPage::take(const QList<RefusalRow> &rows)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (const RefusalRow &row : rows) {
        if (!m_refusals.add(row))
            continue;
        const qint64 time = std::min(row.time, now); // The server's clock may be ahead.
        offerCode(row.code);
        m_codes->tally().add(row.code, time);
        if (!row.user.isEmpty())
            m_users->tally().add(row.user, time);
        m_requests->tally().add(row.path.isEmpty() ? row.request : row.request + u' ' + row.path, time);
    }
}

void ErrorsPage::count(const QString &code, int count)
{
    m_counted += count;
    offerCode(code);
    m_codes->tally().add(code, QDateTime::currentMSecsSinceEpoch(), count);
}

void ErrorsPage::offerCode(const QString &code)
{
    if (m_code->findData(code) >= 0 || m_code->count() > MostCodes)
        return;
    int place = 1;
    while (place < m_code->count() && m_code->itemText(place) < code)
        ++place;
    m_code->insertItem(place, code, code);
}

void ErrorsPage::showCode(const QString &code)
{
    m_code->setCurrentIndex(std::max(0, m_code->findData(code)));
}

void ErrorsPage::refresh()
{
    m_refusals.flush();
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (TallyTable *const each : {m_codes, m_users, m_requests})
        each->refresh(now);
    tell();
}

void ErrorsPage::tell()
{
    const bool hasSome = m_refusals.kept() > 0 || m_counted > 0;
    if (!m_failure.isEmpty() && !hasSome)
        return m_notice->tell(tr("The server does not say"), m_failure);
    if (!m_connection.isIn() && !m_isListed)
        return m_notice->tell(tr("Not connected"), {});
    m_notice->showContent();
    if (m_refusals.rowCount() > 0)
        m_newestNotice->showContent();
    else if (m_refusals.kept() > 0)
        m_newestNotice->tell(tr("Nothing found"), tr("No refusal that is kept has this code and this text."));
    else if (m_isListed)
        m_newestNotice->tell(tr("Nothing was refused"),
                             tr("What clients are refused appears here as it happens."));
    else
        m_newestNotice->tell(tr("Asking the server…"), {});
    QString footer
        = tr("%1 shown of %2").arg(numberText(m_refusals.rowCount()), numberText(qint64(m_refusals.kept())));
    if (m_counted > 0)
        footer
            = tr("%1; %2 more were counted alone: too many came at once").arg(footer, numberText(m_counted));
    m_footer->setText(m_connection.isIn() ? footer : tr("As it was when the connection was lost"));
    if (m_limits.rowCount() > 0)
        m_limitsNotice->showContent();
    else if (m_limitsFeed.isComplete())
        m_limitsNotice->tell(tr("Nobody is near a limit"),
                             tr("Send queues and rooms that are full to a tenth or more appear here."));
    else
        m_limitsNotice->tell(tr("Asking the server…"), {});
}

void ErrorsPage::go(const Place &place)
{
    showCode({});
    m_search->setText(place.id);
}

void ErrorsPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_feed.setActive(true);
    m_limitsFeed.setActive(true);
    m_clock.start(RefreshMs, this);
    tell();
}

void ErrorsPage::hideEvent(QHideEvent *event)
{
    m_feed.setActive(false);
    m_limitsFeed.setActive(false);
    m_clock.stop();
    Page::hideEvent(event);
}

void ErrorsPage::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_clock.timerId())
        refresh();
}

} // namespace dialogue::console
