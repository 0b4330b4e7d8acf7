#include "console/errors/tallytable.h"

#include "console/errors/cells.h"
#include "console/look/listtable.h"
#include "console/look/notice.h"

#include <QHeaderView>
#include <QVBoxLayout>

namespace dialogue::console {

TallyTable::TallyTable(const QString &name, const QString &title, const QString &kind, QWidget *parent)
    : QGroupBox(title, parent)
    , m_model(kind)
    , m_table(new ListTable(name))
    , m_notice(new Notice(m_table))
{
    using Kind = CellDelegate::Kind;
    m_table->setAccessibleName(title);
    m_table->setModel(&m_model);
    m_table->setColumns({{Kind::Text, 18}, {Kind::Number, 7}, {Kind::Number, 7}, {Kind::Text, 9}});
    m_table->setItemDelegateForColumn(TallyModel::Trend, new TrendDelegate(m_table));
    m_table->horizontalHeader()->setSectionResizeMode(TallyModel::Kind, QHeaderView::Stretch);
    m_table->sortByColumn(TallyModel::LastMinute, Qt::DescendingOrder);
    auto *const column = new QVBoxLayout(this);
    column->addWidget(m_notice);
    connect(m_table, &ListTable::rowActivated, this, [this](const QModelIndex &index) {
        Q_EMIT chosen(index.data(SortedTableModel::IdRole).toString());
    });
}

TallyTable::~TallyTable() { m_table->setModel(nullptr); }

void TallyTable::refresh(qint64 now)
{
    m_tally.moveTo(now);
    m_model.show(m_tally);
    if (m_model.rowCount() > 0)
        m_notice->showContent();
    else
        m_notice->tell({}, tr("Nothing in the last 15 minutes"));
}

} // namespace dialogue::console
