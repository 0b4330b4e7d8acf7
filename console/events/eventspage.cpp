#include "console/events/eventspage.h"

#include "console/details/eventdetails.h"
#include "console/events/columnlayout.h"
#include "console/events/eventcommands.h"
#include "console/events/eventstatus.h"
#include "console/events/eventtable.h"
#include "console/events/exportbar.h"
#include "console/events/narrowbar.h"
#include "console/events/searchbar.h"
#include "console/look/notice.h"

#include "core/base/foreigntext.h"

#include <QAction>
#include <QDateTime>
#include <QHeaderView>
#include <QSettings>
#include <QSplitter>
#include <QToolBar>
#include <QVBoxLayout>

#include <utility>

namespace dialogue::console {

using namespace Qt::StringLiterals;

EventsPage::EventsPage(AdminConnection &connection, QWidget *parent)
    : Page(parent)
    , m_connection(connection)
    , m_watch(connection, u"events-page"_s)
    , m_shown(m_model)
    , m_vocabulary(connection)
    , m_look(m_model)
    , m_commands(new EventCommands(*this))
    , m_scope(new ScopeBar([this] { return m_vocabulary.vocabulary(); }))
    , m_narrow(new NarrowBar([this] { return m_vocabulary.vocabulary(); }))
    , m_table(new EventTable(m_shown, m_look))
    , m_notice(new Notice(m_table))
    , m_search(new SearchBar(m_model))
    , m_export(new ExportBar)
    , m_status(new EventStatus)
    , m_details(new EventDetails)
    , m_splitter(new QSplitter(Qt::Vertical))
{
    setWindowTitle(tr("Live events"));
    layOut();
    connectWatch();
    connectRows();
    connectCommands();
    tellState();
    tellRows();
}

EventsPage::~EventsPage()
{
    keepColumns();
    disconnect(&m_watch, nullptr, this, nullptr); // It tells when it ends, and then the models are gone.
    delete m_splitter; // Before the models that its views show.
}

void EventsPage::layOut()
{
    auto *const bar = new QToolBar;
    bar->setToolButtonStyle(Qt::ToolButtonTextOnly);
    bar->setAccessibleName(tr("What can be done with events"));
    m_commands->fill(*bar);
    m_commands->limitTo(*m_table);
    auto *const upper = new QWidget;
    auto *const rows = new QVBoxLayout(upper);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_notice, 1);
    rows->addWidget(m_search);
    m_splitter->addWidget(upper);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    auto *const column = new QVBoxLayout(this);
    column->addWidget(m_scope);
    column->addWidget(bar);
    column->addWidget(m_narrow);
    column->addWidget(m_splitter, 1);
    column->addWidget(m_export);
    column->addWidget(m_status);

    QSettings settings;
    QHeaderView &header = *m_table->horizontalHeader();
    ColumnLayout::usual(fontMetrics().averageCharWidth()).applyTo(m_model, header);
    ColumnLayout::read(settings).applyTo(m_model, header);
    m_look.setRules(ColourRules::read(settings));
    const bool showsDetails = settings.value(u"events/details"_s, true).toBool();
    m_details->setVisible(showsDetails);
    (*m_commands)[EventCommands::Details].setChecked(showsDetails);
    header.setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
}

void EventsPage::connectWatch()
{
    connect(m_scope, &ScopeBar::startRequested, this, &EventsPage::start);
    connect(m_scope, &ScopeBar::stopRequested, this, [this] {
        m_next.reset();
        m_watch.stop();
        tellState();
    });
    connect(&m_watch, &EventWatch::batch, this, &EventsPage::take);
    connect(&m_watch, &EventWatch::changed, this, &EventsPage::tellState);
    connect(&m_watch, &EventWatch::failed, this, [this](const Error &error) {
        m_scope->tellRefusal(error.text());
        tellState();
    });
    connect(&m_watch, &EventWatch::resumed, this,
            [this] { take({.afterLoss = true, .time = QDateTime::currentMSecsSinceEpoch()}); });
    connect(&m_connection, &AdminConnection::stateChanged, this, &EventsPage::tellState);
    connect(&m_connection, &AdminConnection::entered, this, [this] {
        tellState();
        if (const auto next = std::exchange(m_next, {}))
            start(*next);
    });
}

void EventsPage::connectRows()
{
    connect(&m_shown, &FilteredEventModel::rowsInserted, this, &EventsPage::tellRows);
    connect(&m_shown, &FilteredEventModel::rowsRemoved, this, &EventsPage::tellRows);
    connect(&m_shown, &FilteredEventModel::modelReset, this, &EventsPage::tellRows);
    connect(&m_shown, &FilteredEventModel::scanningChanged, this, &EventsPage::tellRows);
    connect(&m_model, &EventModel::rowsInserted, this, &EventsPage::tellRows);
    connect(&m_model, &EventModel::rowsRemoved, this, [this] {
        m_table->selection().forgetBefore(m_model.log().firstSeq());
        tellRows();
    });
    connect(&m_model, &EventModel::hiddenRowsChanged, this,
            [this](qint64 rows) { m_status->setPaused(m_model.isPaused(), rows); });
    connect(&m_model, &EventModel::pausedChanged, this, [this](bool paused) {
        (*m_commands)[EventCommands::Pause].setChecked(paused);
        m_status->setPaused(paused, m_model.hiddenRows());
    });
    connect(&m_look, &RowLook::changed, m_table->viewport(), qOverload<>(&QWidget::update));
    connect(m_narrow, &NarrowBar::queryChanged, this, &EventsPage::narrow);
    connect(m_notice, &Notice::actionTriggered, this, [this] {
        m_narrow->clear();
        narrow();
    });
    connect(m_table, &EventTable::followingChanged, m_status, &EventStatus::setFollowing);
    connect(m_table, &EventTable::currentEventChanged, this, &EventsPage::showDetails);
    connect(m_table, &QWidget::customContextMenuRequested, this, &EventsPage::showMenu);
    connect(m_table->horizontalHeader(), &QWidget::customContextMenuRequested, this,
            &EventsPage::showColumnMenu);
    connect(m_search, &SearchBar::found, m_table, &EventTable::goTo);
    connect(m_search, &SearchBar::closed, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_status, &EventStatus::newestRequested, m_table, &EventTable::follow);
    connect(m_status, &EventStatus::resumeRequested, this, [this] { m_model.setPaused(false); });
    connect(m_details, &EventDetails::columnWanted, this, &EventsPage::addColumn);
    connect(m_details, &EventDetails::filterWanted, this, &EventsPage::filterBy);
}

void EventsPage::connectCommands()
{
    using Command = EventCommands::Command;
    m_commands->on(Command::Pause, this, [this] { m_model.setPaused(!m_model.isPaused()); });
    m_commands->on(Command::Newest, m_table, [this] { m_table->follow(); });
    m_commands->on(Command::Clear, this, [this] {
        m_model.clear();
        m_table->selection().forgetBefore(m_model.log().firstSeq());
        m_status->forgetMissing();
    });
    m_commands->on(Command::Find, m_search, [this] { m_search->open(); });
    m_commands->on(Command::FindNext, m_search, [this] { m_search->goNext(); });
    m_commands->on(Command::FindPrevious, m_search, [this] { m_search->goPrevious(); });
    m_commands->on(Command::Copy, this, [this] { copy(); });
    m_commands->on(Command::TriggerAgain, this, [this] { triggerAgain(); });
    m_commands->on(Command::AskWhy, this, [this] { askWhy(); });
    m_commands->on(Command::ExportShown, this, [this] { askForExport(false); });
    m_commands->on(Command::ExportSelected, this, [this] { askForExport(true); });
    m_commands->on(Command::Mark, this, [this] { askForMark(); });
    m_commands->on(Command::NextMark, this, [this] { goToMark(true); });
    m_commands->on(Command::PreviousMark, this, [this] { goToMark(false); });
    m_commands->on(Command::Columns, this,
                   [this] { showColumnMenu(m_table->horizontalHeader()->rect().bottomLeft()); });
    m_commands->on(Command::Colours, this, [this] { editColours(); });
    m_commands->on(Command::Details, this, [this] {
        const bool shows = (*m_commands)[Command::Details].isChecked();
        m_details->setVisible(shows);
        QSettings().setValue(u"events/details"_s, shows);
        showDetails();
    });
}

void EventsPage::go(const Place &place)
{
    EventScope scope = m_scope->scope();
    scope.rooms = place.id.isEmpty() ? QStringList() : QStringList{place.id};
    scope.events.clear();
    scope.filter.clear();
    m_scope->setScope(scope);
    start(m_scope->scope());
}

void EventsPage::start(const EventScope &scope)
{
    m_scope->tellRefusal({});
    if (!m_connection.isIn()) {
        m_next = scope;
        return tellState();
    }
    m_vocabulary.askFor(scope.rooms);
    m_watch.start(scope);
}

void EventsPage::take(const EventBatch &batch)
{
    m_vocabulary.see(batch);
    m_status->see(batch);
    m_model.append(batch);
}

void EventsPage::tellState()
{
    const Hello &hello = m_connection.hello();
    const bool wasIn = !hello.account.isEmpty();
    m_scope->setPermissions(wasIn && hello.may(u"seePayloads"), wasIn && hello.may(u"audit"));
    m_scope->setState(m_connection.isIn(), m_watch.isWanted() || m_next, m_watch.scope());
    using Watch = EventStatus::Watch;
    const bool isWanted = m_watch.isWanted() || m_next;
    m_status->setWatch(!isWanted                 ? Watch::Off
                           : m_watch.isOn()      ? Watch::On
                           : m_connection.isIn() ? Watch::Asked
                                                 : Watch::Lost);
    tellNotice();
}

void EventsPage::tellRows()
{
    m_status->setRows(m_shown.rowCount(), m_model.rowCount());
    m_status->setScanning(m_shown.isScanning());
    tellNotice();
}

void EventsPage::tellNotice()
{
    if (m_shown.rowCount() > 0)
        return m_notice->showContent();
    if (m_model.rowCount() > 0 && m_shown.isScanning())
        return m_notice->tell(tr("Searching\u2026"), {});
    if (m_model.rowCount() > 0) {
        return m_notice->tell(
            tr("None of the events here is like that"),
            tr("%1 are hidden by what stands in \u201cShow only\u201d.").arg(m_model.rowCount()),
            tr("Show all"));
    }
    if (m_watch.isOn())
        return m_notice->tell(tr("Nothing has come yet"), tr("Events are shown as they are published."));
    if (m_watch.isWanted() || m_next)
        return m_notice->tell(tr("Waiting for the server"), {});
    if (!m_connection.isIn())
        return m_notice->tell(tr("No connection"), tr("Events can be watched when the server is connected."));
    m_notice->tell(
        tr("Nothing is watched"),
        tr("Say which rooms and events you want to see, and press Start. Without any it is all of them."));
}

void EventsPage::narrow()
{
    m_shown.setQuery(m_narrow->query());
    m_search->setShown(m_narrow->query());
}

} // namespace dialogue::console
