#include "console/model/sortedtablemodel.h"

#include <QTimerEvent>

#include <algorithm>
#include <utility>

namespace dialogue::console {

namespace {

/** So many steps a view follows in a turn, and no more. */
constexpr std::size_t MostRuns = 64;

} // namespace

void SortedTableModel::changesWait()
{
    if (!m_timer.isActive())
        m_timer.start(FlushMs, this);
}

void SortedTableModel::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_timer.timerId())
        flush();
}

void SortedTableModel::flush()
{
    m_timer.stop();
    const Changes changes = takeChanges();
    putInOrder(changes);
    show(wantedInOrder(), changes.changed);
    release(changes.removed);
}

int SortedTableModel::rowOfSlot(int slot) const
{
    return std::size_t(slot) < m_rows.size() ? m_rows[std::size_t(slot)] : -1;
}

bool SortedTableModel::comesBefore(int a, int b) const
{
    const int order = compare(a, b);
    if (order != 0)
        return m_sortOrder == Qt::DescendingOrder ? order > 0 : order < 0;
    return isLessById(a, b);
}

/** By numbers that lie together; rows lie all over the memory, and most of the time would go into fetching
 * them. */
void SortedTableModel::sortAll()
{
    const std::vector<quint64> heads = this->heads(m_sorted);
    std::vector<std::pair<quint64, int>> all;
    all.reserve(heads.size());
    for (std::size_t i = 0; i < heads.size(); ++i)
        all.emplace_back(m_sortOrder == Qt::DescendingOrder ? ~heads[i] : heads[i], m_sorted[i]);
    std::sort(all.begin(), all.end(), [this](const auto &a, const auto &b) {
        return a.first != b.first ? a.first < b.first : comesBefore(a.second, b.second);
    });
    std::transform(all.begin(), all.end(), m_sorted.begin(), [](const auto &each) { return each.second; });
}

/** Few are put between many, which are not looked at one by one. */
void SortedTableModel::putInOrder(const Changes &changes)
{
    const auto before = [this](int a, int b) { return comesBefore(a, b); };
    std::vector<char> leaves(std::size_t(slotCount()), 0);
    for (const Slots *each : {&changes.removed, &changes.changed}) {
        for (const int slot : *each)
            leaves[std::size_t(slot)] = 1;
    }
    std::erase_if(m_sorted, [&](int slot) { return leaves[std::size_t(slot)] != 0; });
    Slots coming = changes.added;
    coming.insert(coming.end(), changes.changed.begin(), changes.changed.end());
    std::sort(coming.begin(), coming.end(), before);
    Slots sorted;
    sorted.reserve(m_sorted.size() + coming.size());
    auto from = m_sorted.cbegin();
    for (const int slot : coming) {
        const auto to = std::lower_bound(from, m_sorted.cend(), slot, before);
        sorted.insert(sorted.end(), from, to);
        sorted.push_back(slot);
        from = to;
    }
    sorted.insert(sorted.end(), from, m_sorted.cend());
    m_sorted = std::move(sorted);
    m_wanted.resize(std::size_t(slotCount()), 0);
    m_rows.resize(std::size_t(slotCount()), -1);
    for (const int slot : changes.removed)
        m_wanted[std::size_t(slot)] = 0;
    for (const int slot : coming)
        m_wanted[std::size_t(slot)] = isWanted(slot);
}

SortedTableModel::Slots SortedTableModel::wantedInOrder() const
{
    Slots order;
    order.reserve(m_sorted.size());
    std::copy_if(m_sorted.begin(), m_sorted.end(), std::back_inserter(order),
                 [this](int slot) { return m_wanted[std::size_t(slot)] != 0; });
    return order;
}

/** Rows go, change places and come, and \a changed of those that stay are told of. */
void SortedTableModel::show(Slots order, const Slots &changed)
{
    Runs leaving;
    Slots staying;
    const auto append = [](Runs &runs, std::size_t row) {
        if (!runs.empty() && runs.back().first + runs.back().second == int(row))
            ++runs.back().second;
        else
            runs.emplace_back(int(row), 1);
    };
    for (std::size_t row = 0; row < m_order.size(); ++row) {
        if (!m_wanted[std::size_t(m_order[row])])
            append(leaving, row);
    }
    Runs coming;
    for (std::size_t row = 0; row < order.size(); ++row) {
        if (rowOfSlot(order[row]) < 0)
            append(coming, row);
        else
            staying.push_back(order[row]);
    }
    if (leaving.size() > MostRuns || coming.size() > MostRuns) {
        reset(std::move(order));
        return;
    }
    Slots told;
    std::copy_if(changed.begin(), changed.end(), std::back_inserter(told),
                 [this](int slot) { return m_wanted[std::size_t(slot)] && rowOfSlot(slot) >= 0; });
    removeRuns(leaving);
    permute(std::move(staying));
    insertRuns(coming, order);
    tellChanged(told);
}

/** From the bottom up, so that rows above stay where they are. */
void SortedTableModel::removeRuns(const Runs &runs)
{
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        beginRemoveRows({}, run->first, run->first + run->second - 1);
        const auto from = m_order.begin() + run->first;
        std::for_each(from, from + run->second, [this](int slot) { m_rows[std::size_t(slot)] = -1; });
        m_order.erase(from, from + run->second);
        numberFrom(std::size_t(run->first));
        endRemoveRows();
    }
}

/** From the top down: each comes where it is in the end. */
void SortedTableModel::insertRuns(const Runs &runs, const Slots &order)
{
    for (const auto &[row, count] : runs) {
        beginInsertRows({}, row, row + count - 1);
        m_order.insert(m_order.begin() + row, order.begin() + row, order.begin() + row + count);
        numberFrom(std::size_t(row));
        endInsertRows();
    }
}

/** The same rows in another order. */
void SortedTableModel::permute(Slots order)
{
    if (order == m_order)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList from = persistentIndexList();
    const Slots before = std::exchange(m_order, std::move(order));
    numberFrom(0);
    QModelIndexList to;
    for (const QModelIndex &each : from)
        to.append(index(rowOfSlot(before[std::size_t(each.row())]), each.column()));
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void SortedTableModel::tellChanged(const Slots &changed)
{
    std::vector<int> rows;
    for (const int slot : changed)
        rows.push_back(rowOfSlot(slot));
    std::sort(rows.begin(), rows.end());
    Runs runs;
    for (const int row : rows) {
        if (!runs.empty() && runs.back().first + runs.back().second == row)
            ++runs.back().second;
        else
            runs.emplace_back(row, 1);
    }
    if (runs.size() > MostRuns) // A view paints what is seen of it, once.
        runs = {{runs.front().first, runs.back().first + runs.back().second - runs.front().first}};
    for (const auto &[row, count] : runs)
        Q_EMIT dataChanged(index(row, 0), index(row + count - 1, columnCount() - 1));
}

void SortedTableModel::numberFrom(std::size_t row)
{
    for (; row < m_order.size(); ++row)
        m_rows[std::size_t(m_order[row])] = int(row);
}

void SortedTableModel::reset(Slots order)
{
    beginResetModel();
    m_order = std::move(order);
    m_rows.assign(std::size_t(slotCount()), -1);
    numberFrom(0);
    endResetModel();
}

void SortedTableModel::showAgain()
{
    m_wanted.assign(std::size_t(slotCount()), 0);
    m_sorted.clear();
    for (int slot = 0; slot < slotCount(); ++slot) {
        if (!isUsed(slot))
            continue;
        m_sorted.push_back(slot);
        m_wanted[std::size_t(slot)] = isWanted(slot);
    }
    sortAll();
    reset(wantedInOrder());
}

void SortedTableModel::setSearch(const QString &text)
{
    if (text == m_search)
        return;
    flush();
    m_search = text;
    m_foldedSearch = text.toCaseFolded();
    for (const int slot : m_sorted)
        m_wanted[std::size_t(slot)] = isWanted(slot);
    reset(wantedInOrder());
}

void SortedTableModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= columnCount())
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    setCompared(column);
    sortAll();
    permute(wantedInOrder());
}

int SortedTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_order.size());
}

QVariant SortedTableModel::data(const QModelIndex &index, int role) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid)
        ? value(slotAt(index.row()), index.column(), role)
        : QVariant();
}

} // namespace dialogue::console
