#include "console/look/listtable.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QSettings>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::console {

ListTable::ListTable(const QString &name, QWidget *parent)
    : QTableView(parent)
    , m_name(name)
{
    setObjectName(name);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false); // Tab leads out of it
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setSortingEnabled(true);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + fontMetrics().height() / 2);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setDefaultAlignment(Qt::AlignVCenter | Qt::AlignLeading);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QHeaderView::customContextMenuRequested, this, &ListTable::offerColumns);
    connect(this, &QTableView::doubleClicked, this, &ListTable::rowActivated);
}

ListTable::~ListTable() { keepColumns(); }

void ListTable::setModel(QAbstractItemModel *model)
{
    keepColumns();
    QTableView::setModel(model);
}

void ListTable::keepColumns()
{
    if (model() != nullptr)
        QSettings().setValue(m_name + u"/columns"_s, horizontalHeader()->saveState());
}

void ListTable::setColumns(const QList<ColumnLook> &columns)
{
    const int width = fontMetrics().averageCharWidth();
    for (int i = 0; i < columns.size(); ++i) {
        auto *const delegate = new CellDelegate(columns[i].kind, this);
        delegate->setThreshold(columns[i].threshold);
        setItemDelegateForColumn(i, delegate);
        setColumnHidden(i, columns[i].characters == 0);
        const int title = horizontalHeader()->sectionSizeHint(i);
        setColumnWidth(i, std::max(title, width * std::max(columns[i].characters, 8) + width));
    }
    horizontalHeader()->setStretchLastSection(true);
    // What was kept of a table with other columns is of no use.
    const QByteArray state = QSettings().value(m_name + u"/columns"_s).toByteArray();
    const QByteArray own = horizontalHeader()->saveState();
    if (!state.isEmpty()
        && (!horizontalHeader()->restoreState(state) || horizontalHeader()->count() != columns.size()))
        horizontalHeader()->restoreState(own);
}

QStringList ListTable::selectedTexts(int role) const
{
    QModelIndexList rows = selectionModel() != nullptr ? selectionModel()->selectedRows() : QModelIndexList();
    std::sort(rows.begin(), rows.end());
    QStringList texts;
    for (const QModelIndex &row : std::as_const(rows))
        texts.append(row.data(role).toString());
    return texts;
}

void ListTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectionChangedTo(int(selectionModel()->selectedRows().size()));
}

void ListTable::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT rowActivated(currentIndex());
        return;
    }
    if (event->matches(QKeySequence::Copy)) {
        QStringList lines;
        QModelIndexList rows = selectionModel()->selectedRows();
        std::sort(rows.begin(), rows.end());
        for (const QModelIndex &row : std::as_const(rows)) {
            QStringList cells;
            for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
                const int column = horizontalHeader()->logicalIndex(visual);
                if (!isColumnHidden(column))
                    cells.append(row.siblingAtColumn(column).data().toString());
            }
            lines.append(cells.join(u'\t'));
        }
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
        return;
    }
    QTableView::keyPressEvent(event);
}

void ListTable::offerColumns(const QPoint &place)
{
    QMenu menu;
    for (int i = 1; i < model()->columnCount(); ++i) {
        QAction *const action = menu.addAction(model()->headerData(i, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(i));
        connect(action, &QAction::toggled, this, [this, i](bool on) { setColumnHidden(i, !on); });
    }
    menu.exec(horizontalHeader()->mapToGlobal(place));
}

} // namespace dialogue::console
