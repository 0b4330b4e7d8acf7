#pragma once

#include <cstddef>
#include <memory>
#include <utility>

namespace dialogue {

/**
 * A queue in one block of memory, looked into by place: 0 is the oldest. Its items hold nothing once they are
 * moved from. Takes nothing while it is empty,
 * where a deque takes 600 bytes, and gives memory back as it gets shorter.
 */
template <class T>
class Ring
{
public:
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    [[nodiscard]] const T &operator[](std::size_t place) const { return m_items[slot(place)]; }
    [[nodiscard]] const T &front() const { return m_items[m_first]; }
    [[nodiscard]] const T &back() const { return m_items[slot(m_size - 1)]; }
    [[nodiscard]] std::size_t allocatedBytes() const { return m_capacity * sizeof(T); }

    void push_back(T &&item)
    {
        if (m_size == m_capacity)
            moveTo(m_capacity == 0 ? Smallest : m_capacity * 2);
        m_items[slot(m_size++)] = std::move(item);
    }

    void push_back(const T &item) { push_back(T(item)); }

    T pop_front()
    {
        T item = std::move(m_items[m_first]);
        m_first = slot(1);
        shrink();
        return item;
    }

    /** From the middle of it: takes time by how many are newer. */
    T take(std::size_t place)
    {
        T item = std::move(m_items[slot(place)]);
        for (; place + 1 < m_size; ++place)
            m_items[slot(place)] = std::move(m_items[slot(place + 1)]);
        shrink();
        return item;
    }

    /** How many of the oldest are so that \a isBefore(item): they stand before all others. */
    template <class Predicate>
    [[nodiscard]] std::size_t countBefore(Predicate &&isBefore) const
    {
        std::size_t from = 0;
        for (std::size_t to = m_size; from < to;) {
            const std::size_t middle = from + (to - from) / 2;
            if (isBefore((*this)[middle]))
                from = middle + 1;
            else
                to = middle;
        }
        return from;
    }

private:
    static constexpr std::size_t Smallest = 4;

    /** The capacity is a power of two. */
    [[nodiscard]] std::size_t slot(std::size_t place) const { return (m_first + place) & (m_capacity - 1); }

    void shrink()
    {
        --m_size;
        if (m_size == 0)
            *this = Ring();
        else if (m_capacity > Smallest && m_size <= m_capacity / 4)
            moveTo(m_capacity / 2);
    }

    void moveTo(std::size_t capacity)
    {
        auto items = std::make_unique<T[]>(capacity);
        for (std::size_t i = 0; i < m_size; ++i)
            items[i] = std::move(m_items[slot(i)]);
        m_items = std::move(items);
        m_capacity = capacity;
        m_first = 0;
    }

    std::unique_ptr<T[]> m_items;
    std::size_t m_capacity = 0;
    std::size_t m_first = 0;
    std::size_t m_size = 0;
};

} // namespace dialogue
