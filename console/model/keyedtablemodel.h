#pragma once

#include "console/model/sortedtablemodel.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QVariant>

#include <algorithm>
#include <bit>
#include <concepts>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace dialogue::console {

/** A column of a table whose rows are structs. */
template <class Row>
struct TableColumn
{
    QString title;
    QVariant (*value)(const Row &row); ///< Raw.
    quint64 (*head)(const Row &row) = nullptr; ///< sortHead() of what is no text.
    int (*compare)(const Row &a, const Row &b) = nullptr; ///< Negative: \a a is less. Of what is no text.
    const QString *(*text)(const Row &row)
        = nullptr; ///< Of what is one: sorted whatever its capitals, and searched.
    bool isNumber = false; ///< Its title stands at the end, as numbers do.
};

/** Is in the order of what it is of. */
inline quint64 sortHead(std::integral auto number) { return quint64(qint64(number)) ^ (quint64(1) << 63); }
inline quint64 sortHead(double number)
{
    const auto bits = std::bit_cast<quint64>(number + 0.0); // Of zero there is one.
    constexpr quint64 Sign = quint64(1) << 63;
    return bits & Sign ? ~bits : bits | Sign;
}

/** Of a member. */
template <auto Member, class Row>
TableColumn<Row> tableColumn(const QString &title)
{
    using Value = std::remove_cvref_t<decltype(std::declval<Row>().*Member)>;
    TableColumn<Row> column{.title = title,
                            .value = [](const Row &row) { return QVariant::fromValue(row.*Member); }};
    if constexpr (std::same_as<Value, QString>) {
        column.text = [](const Row &row) { return &(row.*Member); };
    } else {
        column.isNumber = !std::same_as<Value, bool>;
        column.head = [](const Row &row) { return sortHead(row.*Member); };
        column.compare = [](const Row &a, const Row &b) {
            return int(b.*Member < a.*Member) - int(a.*Member < b.*Member);
        };
    }
    return column;
}

/**
 * Rows that have an id, and change: each with its newest state, whatever came in between. A Row has a member
 * `QString id` and can be compared.
 */
template <class Row>
class KeyedTableModel : public SortedTableModel
{
public:
    explicit KeyedTableModel(QList<TableColumn<Row>> columns, QObject *parent = nullptr)
        : SortedTableModel(parent)
        , m_columns(std::move(columns))
    { }

    /** As it is now; a new one if there is none of its id. */
    void set(Row row)
    {
        const QString id = row.id;
        m_waiting.insert(id, std::move(row));
        changesWait();
    }
    void remove(const QString &id)
    {
        m_waiting.insert(id, std::nullopt);
        changesWait();
    }
    void clear()
    {
        m_waiting.clear();
        m_slots.clear();
        m_free.clear();
        m_ids.clear();
        showAgain();
    }

    [[nodiscard]] QStringList ids() const { return m_ids.keys(); } ///< Of all, in no order.
    [[nodiscard]] qsizetype total() const { return m_ids.size(); } ///< Also those that are not shown.
    [[nodiscard]] const Row &rowAt(int row) const { return at(slotAt(row)); }
    [[nodiscard]] int rowOf(const QString &id) const ///< -1: it is not shown.
    {
        const auto slot = m_ids.constFind(id);
        return slot == m_ids.cend() ? -1 : rowOfSlot(*slot);
    }

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_columns.size());
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
            return {};
        if (role == Qt::TextAlignmentRole && m_columns[section].isNumber)
            return int(Qt::AlignVCenter | Qt::AlignTrailing);
        return role == Qt::DisplayRole ? QVariant(m_columns[section].title) : QVariant();
    }

protected:
    Changes takeChanges() override
    {
        Changes changes;
        const auto waiting = std::exchange(m_waiting, {});
        for (auto each = waiting.cbegin(); each != waiting.cend(); ++each) {
            const auto known = m_ids.constFind(each.key());
            if (known == m_ids.cend()) {
                if (*each)
                    changes.added.push_back(take(**each));
            } else if (!*each) {
                changes.removed.push_back(*known);
                m_ids.erase(known);
            } else if (at(*known) != **each) {
                put(*known, **each);
                changes.changed.push_back(*known);
            }
        }
        return changes;
    }
    void release(const Slots &removed) override
    {
        for (const int slot : removed)
            m_slots[std::size_t(slot)] = {};
        m_free.insert(m_free.end(), removed.begin(), removed.end());
    }
    [[nodiscard]] int slotCount() const override { return int(m_slots.size()); }
    [[nodiscard]] bool isUsed(int slot) const override { return m_slots[std::size_t(slot)].row.has_value(); }
    [[nodiscard]] bool hasText(int slot, const QString &text) const override
    {
        return m_slots[std::size_t(slot)].words.contains(text);
    }
    void setCompared(int column) override
    {
        if (std::exchange(m_compared, column) == column)
            return;
        for (Slot &slot : m_slots)
            slot.key = slot.row ? keyOf(*slot.row) : QString();
    }
    /** Of texts what comes behind the beginning that all have in common. */
    [[nodiscard]] std::vector<quint64> heads(const Slots &slots) const override
    {
        std::vector<quint64> heads;
        heads.reserve(slots.size());
        const TableColumn<Row> &column = m_columns[m_compared];
        const qsizetype common = column.text ? commonLength(slots) : 0;
        for (const int slot : slots)
            heads.push_back(column.text ? headOf(QStringView(m_slots[std::size_t(slot)].key).sliced(common))
                                        : column.head(at(slot)));
        return heads;
    }
    [[nodiscard]] int compare(int a, int b) const override
    {
        const TableColumn<Row> &column = m_columns[m_compared];
        return column.text ? m_slots[std::size_t(a)].key.compare(m_slots[std::size_t(b)].key)
                           : column.compare(at(a), at(b));
    }
    [[nodiscard]] bool isLessById(int a, int b) const override { return at(a).id < at(b).id; }
    [[nodiscard]] QVariant value(int slot, int column, int role) const override
    {
        if (role == IdRole)
            return at(slot).id;
        return role == Qt::DisplayRole ? m_columns[column].value(at(slot)) : QVariant();
    }

private:
    struct Slot
    {
        std::optional<Row> row = {};
        QString words = {}; ///< All its texts, to be searched; without capitals.
        QString key = {}; ///< That of the column that is compared, where it is a text; without capitals.
    };

    [[nodiscard]] const Row &at(int slot) const { return *m_slots[std::size_t(slot)].row; }

    [[nodiscard]] qsizetype commonLength(const Slots &slots) const
    {
        QStringView common
            = slots.empty() ? QStringView() : QStringView(m_slots[std::size_t(slots.front())].key);
        for (const int slot : slots) {
            const QString &key = m_slots[std::size_t(slot)].key;
            const auto end = std::mismatch(common.begin(), common.end(), key.begin(), key.end()).first;
            common = common.first(end - common.begin());
        }
        return common.size();
    }

    static quint64 headOf(QStringView text)
    {
        constexpr int Units = sizeof(quint64) / sizeof(QChar);
        quint64 head = 0;
        for (int i = 0; i < Units; ++i)
            head = head << 16 | (i < text.size() ? text[i].unicode() : 0U);
        return head;
    }

    [[nodiscard]] QString keyOf(const Row &row) const
    {
        const TableColumn<Row> &column = m_columns[m_compared];
        return column.text ? column.text(row)->toCaseFolded() : QString();
    }

    void put(int number, const Row &row)
    {
        Slot &slot = m_slots[std::size_t(number)];
        const bool hasSameTexts = slot.row
            && std::all_of(m_columns.begin(), m_columns.end(), [&](const TableColumn<Row> &column) {
                                      return !column.text || *column.text(*slot.row) == *column.text(row);
                                  });
        slot.row = row;
        if (hasSameTexts)
            return;
        slot.words.clear();
        for (const TableColumn<Row> &column : m_columns) {
            if (column.text)
                slot.words += column.text(row)->toCaseFolded() + u'\n';
        }
        slot.key = keyOf(row);
    }

    int take(const Row &row)
    {
        int slot = int(m_slots.size());
        if (m_free.empty()) {
            m_slots.emplace_back();
        } else {
            slot = m_free.back();
            m_free.pop_back();
        }
        put(slot, row);
        m_ids.insert(row.id, slot);
        return slot;
    }

    QList<TableColumn<Row>> m_columns;
    std::deque<Slot> m_slots; // Which does not move them when there are more.
    std::vector<int> m_free;
    QHash<QString, int> m_ids;
    QHash<QString, std::optional<Row>> m_waiting; ///< Nothing: it is gone.
    int m_compared = 0;
};

} // namespace dialogue::console
