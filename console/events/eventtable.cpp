#include "console/events/eventtable.h"

#include "console/events/eventdelegate.h"
#include "console/model/eventcolumns.h"

#include <QEvent>
#include <QHeaderView>
#include <QMouseEvent>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <utility>

namespace dialogue::console {

EventTable::EventTable(FilteredEventModel &model, const RowLook &look, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
{
    setAccessibleName(tr("Events"));
    keepWhileRowsGo(); // Before the selection and the view hear of it.
    m_selection = new SeqSelection(model, this);
    setModel(&model);
    setSelectionModel(m_selection);
    setItemDelegate(new EventDelegate(*this, look, *m_selection, this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    fitRows();
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &EventTable::scrolled);
    connect(m_selection, &SeqSelection::changed, this, [this] {
        viewport()->update();
        Q_EMIT currentEventChanged();
    });
    const auto end = [this] {
        m_isKeeping = false;
        setAutoScroll(true);
        restoreCurrent();
    };
    connect(&m_model, &FilteredEventModel::rowsInserted, this, &EventTable::restoreCurrent);
    connect(&m_model, &FilteredEventModel::rowsRemoved, this, end);
    connect(&m_model, &FilteredEventModel::modelReset, this, end);
}

/** Where the current row goes another one becomes it, and is scrolled to: that is nobody's wish here. */
void EventTable::keepWhileRowsGo()
{
    const auto begin = [this] {
        m_isKeeping = true;
        setAutoScroll(false);
    };
    connect(&m_model, &FilteredEventModel::rowsAboutToBeRemoved, this, begin);
    connect(&m_model, &FilteredEventModel::modelAboutToBeReset, this, begin);
}

void EventTable::fitRows()
{
    constexpr int Padding = 6;
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + Padding);
}

void EventTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitRows();
}

void EventTable::follow()
{
    if (!std::exchange(m_isFollowing, true))
        Q_EMIT followingChanged(true);
    keepPlace();
}

/** By somebody, and not because rows came or went. */
void EventTable::scrolled()
{
    if (m_isKeeping)
        return;
    const bool isAtBottom = verticalScrollBar()->value() == verticalScrollBar()->maximum();
    const int top = rowAt(0);
    m_top = isAtBottom || top < 0 ? std::nullopt : std::optional(m_model.seqAt(top));
    if (std::exchange(m_isFollowing, isAtBottom) != isAtBottom)
        Q_EMIT followingChanged(isAtBottom);
}

void EventTable::updateGeometries()
{
    const QScopedValueRollback keeping(m_isKeeping, true);
    QTableView::updateGeometries();
    keepPlace();
}

void EventTable::keepPlace()
{
    const QScopedValueRollback keeping(m_isKeeping, true);
    if (m_isFollowing)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    else if (m_top)
        verticalScrollBar()->setValue(m_model.rowFrom(*m_top));
}

std::optional<quint64> EventTable::currentSeq() const
{
    const QModelIndex current = currentIndex();
    return current.isValid() ? std::optional(m_model.seqAt(current.row())) : std::nullopt;
}

bool EventTable::goTo(quint64 seq)
{
    const int row = m_model.rowOf(seq);
    if (row < 0)
        return false;
    const QModelIndex index = m_model.index(row, std::max(0, currentIndex().column()));
    m_selection->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (verticalScrollBar()->maximum() > 0) {
        const int page = std::max(1, verticalScrollBar()->pageStep());
        const int top = verticalScrollBar()->value();
        if (row < top || row >= top + page - 1)
            verticalScrollBar()->setValue(row - page / 2);
    }
    return true;
}

void EventTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (m_isKeeping)
        return;
    if (current.isValid())
        m_current = m_model.seqAt(current.row());
    Q_EMIT currentEventChanged();
}

/** After another query it may be shown again. */
void EventTable::restoreCurrent()
{
    if (!m_current || currentIndex().isValid())
        return;
    const int row = m_model.rowOf(*m_current);
    if (row < 0)
        return;
    setAutoScroll(false);
    m_selection->setCurrentIndex(m_model.index(row, 0), QItemSelectionModel::NoUpdate);
    setAutoScroll(true);
}

void EventTable::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    // What a menu is about is what was selected before.
    if (event->button() == Qt::RightButton && index.isValid()
        && m_selection->has(m_model.seqAt(index.row()))) {
        m_selection->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        return;
    }
    QTableView::mousePressEvent(event);
}

} // namespace dialogue::console
