#include "console/lists/listpane.h"

#include "console/look/notice.h"
#include "console/look/wording.h"
#include "console/model/sortedtablemodel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr int LongestSearch = 255; // That a server takes.
constexpr std::chrono::seconds PauseBesideWatch(5);

} // namespace

ListPane::ListPane(AdminConnection &connection, SortedTableModel &model, const ListQuery &query, Words words,
                   QStringList sorts, QWidget *parent)
    : QWidget(parent)
    , m_connection(connection)
    , m_model(model)
    , m_feed(connection)
    , m_words(std::move(words))
    , m_sorts(std::move(sorts))
    , m_search(new QLineEdit)
    , m_bar(new QHBoxLayout)
    , m_table(new ListTable(m_words.name))
    , m_notice(new Notice(m_table))
    , m_footer(new QLabel)
{
    m_search->setPlaceholderText(m_words.search);
    m_search->setAccessibleName(m_words.search);
    m_search->setClearButtonEnabled(true);
    m_search->setMaxLength(LongestSearch);
    m_table->setAccessibleName(m_words.name);
    m_bar->addWidget(m_search, 1);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(m_bar);
    column->addWidget(m_notice, 1);
    column->addWidget(m_footer);
    m_table->setModel(&model);
    setFocusProxy(m_table);

    connect(m_search, &QLineEdit::textChanged, this, &ListPane::search);
    connect(m_search, &QLineEdit::returnPressed, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &ListPane::sortBy);
    connect(&m_feed, &ListFeed::completed, this, [this](qint64 total) {
        m_total = total;
        m_error = {};
        m_model.flush();
        tell();
    });
    // Rows come when whoever keeps the model in step has put them in, which may be later.
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&model, signal, this, &ListPane::rowsChanged);
    connect(&model, &QAbstractItemModel::modelReset, this, &ListPane::rowsChanged);
    connect(&m_feed, &ListFeed::failed, this, [this](const Error &error) {
        m_error = error;
        tell();
    });
    connect(&connection, &AdminConnection::stateChanged, this, &ListPane::tell);
    m_feed.setQuery(query);
    tell();
}

LiveTable &ListPane::watch(const AdminWatch::Kind &kind)
{
    m_feed.setPause(PauseBesideWatch);
    m_live = std::make_unique<LiveTable>(m_connection, *m_table, kind);
    return *m_live;
}

void ListPane::setQuery(const ListQuery &query)
{
    if (query == m_feed.query())
        return;
    m_total = -1;
    m_feed.setQuery(query);
    tell();
}

void ListPane::search(const QString &text)
{
    if (m_search->text() != text)
        return m_search->setText(text); // which comes here again
    ListQuery query = m_feed.query();
    query.search = text.trimmed();
    setQuery(query);
}

void ListPane::sortBy(int column, Qt::SortOrder order)
{
    const QString name = m_sorts.value(column);
    ListQuery query = m_feed.query();
    if (!name.isEmpty() && !hasOwnOrder(query.what)) {
        query.sort = name;
        query.descending = order == Qt::DescendingOrder;
        m_feed.setQuery(query);
    }
}

void ListPane::select(const QString &id)
{
    m_wantedId = id;
    selectWanted();
}

void ListPane::rowsChanged()
{
    selectWanted();
    tell();
}

void ListPane::selectWanted()
{
    if (m_wantedId.isEmpty())
        return;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex index = m_model.index(row, 0);
        if (index.data(SortedTableModel::IdRole).toString() == m_wantedId) {
            m_wantedId.clear();
            m_table->selectRow(row);
            m_table->scrollTo(index);
            return;
        }
    }
}

void ListPane::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void ListPane::tell()
{
    const int rows = m_model.rowCount();
    if (!m_error.message.isEmpty() && rows == 0) {
        m_notice->tell(tr("The server does not say"), m_error.text());
    } else if (rows > 0) {
        m_notice->showContent();
    } else if (m_total < 0) {
        m_notice->tell(m_connection.isIn() ? tr("Asking the server…") : tr("Not connected"), {});
    } else if (!m_feed.query().search.isEmpty()) {
        m_notice->tell(m_words.nothingFound.isEmpty() ? tr("Nothing found") : m_words.nothingFound,
                       tr("The search looks for a part of an id, a name or a user, capitals or not."));
    } else {
        m_notice->tell(m_words.empty, m_words.emptyHint);
    }
    if (m_total < 0)
        m_footer->setText(u" "_s);
    else if (m_total > rows)
        m_footer->setText(
            tr("The first %1 of %2: search to see others").arg(numberText(rows), numberText(m_total)));
    else
        m_footer->setText(tr("%1 in all").arg(numberText(m_total)));
    if (!m_connection.isIn() && rows > 0)
        m_footer->setText(tr("As it was when the connection was lost"));
}

void ListPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_feed.setActive(true);
    if (m_live)
        m_live->setActive(true);
}

void ListPane::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_feed.setActive(false);
    if (m_live)
        m_live->setActive(false);
}

} // namespace dialogue::console
