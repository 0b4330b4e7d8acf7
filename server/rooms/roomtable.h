#pragma once

#include <QHash>
#include <QString>

#include <utility>
#include <vector>

namespace dialogue {

/**
 * Things that have an id of their own, found by it in constant time. Takes 11 to 22 bytes for each. \a IdOf
 * gives the id of one, which does not change while it is in the table.
 */
template <class T, const QString &(*IdOf)(const T &)>
class RoomTable
{
public:
    [[nodiscard]] std::size_t size() const { return m_size; }

    [[nodiscard]] T *find(const QString &id) const ///< Null: there is none.
    {
        return m_slots.empty() ? nullptr : m_slots[slotOf(id)];
    }

    /** There is none with its id. */
    void insert(T *item)
    {
        if ((m_size + 1) * 4 > m_slots.size() * 3)
            resize(m_slots.empty() ? Smallest : m_slots.size() * 2);
        m_slots[slotOf(IdOf(*item))] = item;
        ++m_size;
    }

    /** It is in the table. */
    void remove(T *item)
    {
        std::size_t hole = slotOf(IdOf(*item));
        m_slots[hole] = nullptr;
        --m_size;
        // Who stands behind it would not be found any more across a hole.
        for (std::size_t next = after(hole); m_slots[next]; next = after(next)) {
            const std::size_t wanted = firstSlotOf(IdOf(*m_slots[next]));
            const std::size_t back = (next - wanted) & (m_slots.size() - 1);
            const std::size_t toHole = (next - hole) & (m_slots.size() - 1);
            if (back < toHole)
                continue;
            m_slots[hole] = m_slots[next];
            m_slots[next] = nullptr;
            hole = next;
        }
        if (m_size * 5 < m_slots.size() && m_slots.size() > Smallest)
            resize(m_slots.size() / 2);
    }

    template <class Visit>
    void forEach(Visit &&visit) const
    {
        for (T *const item : m_slots) {
            if (item)
                visit(item);
        }
    }

private:
    static constexpr std::size_t Smallest = 8; ///< All sizes are powers of two.

    [[nodiscard]] std::size_t firstSlotOf(const QString &id) const
    {
        return qHash(id, QHashSeed::globalSeed()) & (m_slots.size() - 1);
    }
    [[nodiscard]] std::size_t after(std::size_t slot) const { return (slot + 1) & (m_slots.size() - 1); }
    /** Where it is, or else belongs. */
    [[nodiscard]] std::size_t slotOf(const QString &id) const
    {
        std::size_t slot = firstSlotOf(id);
        while (m_slots[slot] && IdOf(*m_slots[slot]) != id)
            slot = after(slot);
        return slot;
    }

    void resize(std::size_t size)
    {
        const std::vector<T *> items = std::exchange(m_slots, std::vector<T *>(size));
        for (T *const item : items) {
            if (item)
                m_slots[slotOf(IdOf(*item))] = item;
        }
    }

    std::vector<T *> m_slots; ///< A quarter of them is empty at least.
    std::size_t m_size = 0;
};

} // namespace dialogue
