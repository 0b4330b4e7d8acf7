#include "console/lists/auditpage.h"

#include "console/connection/adminconnection.h"
#include "console/lists/listpane.h"
#include "console/lists/listsync.h"
#include "console/look/notice.h"
#include "console/look/wording.h"

#include <QAction>
#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dialogue::console {

AuditPage::AuditPage(AdminConnection &connection, QWidget *parent)
    : Page(parent)
    , m_connection(connection)
    , m_watch(connection, u"audit"_s, AdminWatch::audit())
    , m_list(new ListPane(connection, m_model, {.what = u"audit"_s},
                          {.name = u"audit"_s,
                           .search = tr("Search the audit log"),
                           .empty = tr("Nobody has done anything yet"),
                           .emptyHint = tr("Actions, and who looked at what events say, stand here."),
                           .nothingFound = tr("No entry has this text")},
                          {}))
    , m_entry(new QPlainTextEdit)
{
    using Kind = CellDelegate::Kind;
    setWindowTitle(tr("Audit"));
    m_list->table().setColumns({{Kind::Number, 6},
                                {Kind::DateTime, 26},
                                {Kind::Text, 14},
                                {Kind::Text, 14},
                                {Kind::Text, 18},
                                {Kind::Text, 34},
                                {Kind::Text, 20},
                                {Kind::Text, 14}});
    m_list->table().sortByColumn(AuditModel::Number, Qt::DescendingOrder);
    keepInStep<AuditRow>(m_list->feed(), m_model, &auditRowOf);
    m_entry->setReadOnly(true);
    m_entry->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_entry->setAccessibleName(tr("The entry"));
    auto *const parts = new QSplitter(Qt::Vertical);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_list);
    parts->addWidget(m_entry);
    parts->setStretchFactor(0, 4);
    parts->setStretchFactor(1, 1);
    m_notice = new Notice(parts);
    auto *const column = new QVBoxLayout(this);
    column->addWidget(m_notice);

    auto *const search = new QAction(tr("Search the audit log"), this);
    search->setShortcut(QKeySequence::Find);
    search->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(search, &QAction::triggered, m_list, &ListPane::focusSearch);
    addAction(search);
    connect(&m_list->table(), &ListTable::selectionChangedTo, this, &AuditPage::showEntry);
    connect(&m_watch, &AdminWatch::told, &m_list->feed(), &ListFeed::refresh);
    connect(&connection, &AdminConnection::entered, this, &AuditPage::showWhetherPermitted);
    showEntry();
    showWhetherPermitted();
}

AuditPage::~AuditPage() { m_list->table().setModel(nullptr); }

void AuditPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_watch.start();
}

void AuditPage::hideEvent(QHideEvent *event)
{
    m_watch.stop();
    Page::hideEvent(event);
}

void AuditPage::showWhetherPermitted()
{
    if (m_connection.isIn() && !m_connection.hello().may(u"audit"))
        m_notice->tell(tr("Not for this account"),
                       tr("The audit log is for owners; %1 comes in as %2.")
                           .arg(cellText(m_connection.hello().account), cellText(m_connection.hello().role)));
    else
        m_notice->showContent();
}

void AuditPage::showEntry()
{
    const QStringList ids = m_list->table().selectedTexts(SortedTableModel::IdRole);
    if (ids.size() != 1) {
        m_entry->setPlainText(tr("Select an entry to see all of it."));
        return;
    }
    const AuditRow &row = m_model.rowAt(m_model.rowOf(ids.first()));
    QStringList lines{
        tr("Entry %1, %2").arg(numberText(row.number), dateTimeText(row.time)),
        tr("%1 from %2: %3").arg(row.account, row.address.isEmpty() ? u"–"_s : row.address, row.action)};
    if (!row.about.isEmpty())
        lines.append(row.about);
    if (!row.reason.isEmpty())
        lines.append(tr("Reason: %1").arg(row.reason));
    if (!row.outcome.isEmpty())
        lines.append(tr("Ended: %1").arg(row.outcome));
    if (!row.request.isEmpty())
        lines.append(tr("Request: %1").arg(row.request));
    m_entry->setPlainText(lines.join(u'\n'));
}

} // namespace dialogue::console
