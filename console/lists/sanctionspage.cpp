#include "console/lists/sanctionspage.h"

#include "console/acting/actiondialog.h"
#include "console/connection/adminconnection.h"
#include "console/lists/listpane.h"
#include "console/lists/listsync.h"
#include "console/look/tonedlabel.h"

#include <QAction>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

QString liftOf(const SanctionRow &row) { return row.isBan ? u"liftBan"_s : u"liftMute"_s; }

} // namespace

SanctionsPage::SanctionsPage(AdminConnection &connection, QWidget *parent)
    : Page(parent)
    , m_connection(connection)
    , m_list(new ListPane(
          connection, m_model, {.what = u"sanctions"_s},
          {.name = u"sanctions"_s,
           .search = tr("Search bans and mutes"),
           .empty = tr("Nobody is banned or muted"),
           .emptyHint = tr("Under Clients, who is selected can be. A server that starts anew has none."),
           .nothingFound = tr("No ban or mute has this text")},
          {u"userId"_s, u"kind"_s, u"roomId"_s, u"until"_s, u"by"_s, u"since"_s, {}}))
    , m_obstacle(new TonedLabel(Tone::Quiet))
    , m_lift(new QAction(tr("Lift…"), this))
{
    using Kind = CellDelegate::Kind;
    setWindowTitle(tr("Bans and mutes"));
    m_list->table().setColumns({{Kind::Text, 20},
                                {Kind::Text, 19},
                                {Kind::Text, 16},
                                {Kind::DateTime, 22},
                                {Kind::Text, 20},
                                {Kind::DateTime, 22},
                                {Kind::Text, 30}});
    keepInStep<SanctionRow>(m_list->feed(), m_model, &sanctionRowOf);
    m_list->table().sortByColumn(SanctionModel::User, Qt::AscendingOrder);
    m_obstacle->letNothingGrow();
    auto *const column = new QVBoxLayout(this);
    column->addWidget(m_list, 1);
    column->addWidget(m_obstacle);

    m_lift->setShortcut(QKeySequence::Delete);
    m_lift->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(m_lift, &QAction::triggered, this, &SanctionsPage::lift);
    addAction(m_lift);
    m_list->table().addAction(m_lift);
    auto *const search = new QAction(tr("Search bans and mutes"), this);
    search->setShortcut(QKeySequence::Find);
    search->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(search, &QAction::triggered, m_list, &ListPane::focusSearch);
    addAction(search);
    connect(&m_list->table(), &ListTable::selectionChangedTo, this, &SanctionsPage::updateActions);
    connect(&connection, &AdminConnection::stateChanged, this, &SanctionsPage::updateActions);
    updateActions();
}

SanctionsPage::~SanctionsPage() { m_list->table().setModel(nullptr); }

QList<SanctionRow> SanctionsPage::selected() const
{
    QList<SanctionRow> rows;
    const QStringList ids = m_list->table().selectedTexts(SortedTableModel::IdRole);
    for (const QString &id : ids) {
        if (const int row = m_model.rowOf(id); row >= 0)
            rows.append(m_model.rowAt(row));
    }
    return rows;
}

QString SanctionsPage::obstacle(const QList<SanctionRow> &rows) const
{
    if (!m_connection.isIn())
        return tr("Not connected: nothing can be lifted now.");
    const Hello &hello = m_connection.hello();
    if (!hello.canDo(u"liftBan") || !hello.canDo(u"liftMute")) {
        return tr("Lifting is for operators and owners; %1 comes in as %2.")
            .arg(cellText(hello.account), cellText(hello.role));
    }
    if (rows.isEmpty())
        return tr("Select what is to be lifted.");
    const bool areOfOneKind = std::all_of(
        rows.begin(), rows.end(), [&](const SanctionRow &each) { return each.isBan == rows.first().isBan; });
    return areOfOneKind ? QString() : tr("Bans and mutes are lifted one after the other: select one kind.");
}

void SanctionsPage::updateActions()
{
    const QString why = obstacle(selected());
    m_lift->setEnabled(why.isEmpty());
    m_lift->setToolTip(why.isEmpty() ? tr("It ends before its time is over.") : why);
    m_obstacle->setText(why.isEmpty() ? u" "_s : why);
}

void SanctionsPage::lift()
{
    const QList<SanctionRow> rows = selected();
    if (!obstacle(rows).isEmpty())
        return;
    QList<ActionCatalogue::Sanction> sanctions;
    for (const SanctionRow &each : rows) {
        sanctions.append({.user = each.userId,
                          .room = each.roomId,
                          .name = each.roomId.isEmpty() ? tr("%1, everywhere").arg(each.user)
                                                        : tr("%1, in %2").arg(each.user, each.room)});
    }
    ActionDialog dialog(m_connection, ActionCatalogue::lift(liftOf(rows.first()), sanctions), phrase(), this);
    dialog.exec();
    m_list->feed().refresh();
}

} // namespace dialogue::console
