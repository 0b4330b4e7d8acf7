#pragma once

#include <QAbstractTableModel>
#include <QBasicTimer>

#include <utility>
#include <vector>

namespace dialogue::console {

/**
 * A table that is sorted and searched by itself: what changes comes in each 250 ms at most, all of it at
 * once, and only rows that did are told of. It knows rows by the number of the slot in which whoever derives
 * from it keeps them, and tells much that changes at once as a reset: a view would be slower to follow it
 * step by step.
 */
class SortedTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    static constexpr int FlushMs = 250;
    enum Role {
        IdRole = Qt::UserRole + 1, ///< QString; of whatever column.
    };

    using QAbstractTableModel::QAbstractTableModel;

    void flush(); ///< What waits, now.

    /** Rows that have \a text in one of their texts, capitals or not. */
    void setSearch(const QString &text);
    [[nodiscard]] const QString &search() const { return m_search; }
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    [[nodiscard]] int sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

protected:
    using Slots = std::vector<int>;
    /** What became of slots; each is in one of them. */
    struct Changes
    {
        Slots removed = {}; ///< Which are read until they are released.
        Slots changed = {};
        Slots added = {};
    };

    void changesWait(); ///< There are some to take.
    /** Puts them into the slots. */
    virtual Changes takeChanges() = 0;
    virtual void release(const Slots &removed) = 0;
    [[nodiscard]] virtual int slotCount() const = 0;
    [[nodiscard]] virtual bool isUsed(int slot) const = 0;
    /** \a text is without capitals (QString::toCaseFolded()). */
    [[nodiscard]] virtual bool hasText(int slot, const QString &text) const = 0;
    /** From now on compare() is of \a column. */
    virtual void setCompared(int column) = 0;
    /** A number for each of \a slots, in the order of compare() where they differ; where they do not, that
     * decides. */
    [[nodiscard]] virtual std::vector<quint64> heads(const Slots &slots) const = 0;
    /** Negative: \a a is less. */
    [[nodiscard]] virtual int compare(int a, int b) const = 0;
    [[nodiscard]] virtual bool isLessById(int a, int b) const = 0;
    [[nodiscard]] virtual QVariant value(int slot, int column, int role) const = 0;

    [[nodiscard]] int slotAt(int row) const { return m_order[std::size_t(row)]; }
    [[nodiscard]] int rowOfSlot(int slot) const; ///< -1: it is not shown.
    void showAgain(); ///< All has changed.
    void timerEvent(QTimerEvent *event) override;

private:
    /** Neighbours among the rows: from, and how many. */
    using Runs = std::vector<std::pair<int, int>>;

    [[nodiscard]] bool isWanted(int slot) const
    {
        return m_search.isEmpty() || hasText(slot, m_foldedSearch);
    }
    [[nodiscard]] bool comesBefore(int a, int b) const;
    void sortAll();
    void putInOrder(const Changes &changes);
    [[nodiscard]] Slots wantedInOrder() const;
    void show(Slots order, const Slots &changed);
    void removeRuns(const Runs &runs);
    void insertRuns(const Runs &runs, const Slots &order);
    void permute(Slots order);
    void tellChanged(const Slots &changed);
    void numberFrom(std::size_t row);
    void reset(Slots order);

    Slots m_sorted; // All that are used, in order.
    std::vector<char> m_wanted; // By slot: whether it is to be shown.
    Slots m_order; // Those that are shown, by row.
    std::vector<int> m_rows; // The other way round; -1: it is not shown.
    QString m_search;
    QString m_foldedSearch;
    int m_sortColumn = 0;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    QBasicTimer m_timer;
};

} // namespace dialogue::console
