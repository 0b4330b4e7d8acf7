#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

namespace dialogue {

/**
 * Things in an order of their own, in pieces of some hundred: takes 8 to 16 bytes for each, and to add or
 * remove one moves no more than a piece. No two are equal by \a Less, which compares a T with a Key as well.
 */
template <class T, class Less>
class SortedList
{
public:
    [[nodiscard]] std::size_t size() const { return m_size; }

    void insert(T item)
    {
        ++m_size;
        if (m_pieces.empty())
            m_pieces.emplace_back();
        auto piece = pieceOf(item);
        piece->insert(std::ranges::lower_bound(*piece, item, Less()), item);
        if (piece->size() <= Largest)
            return;
        const auto middle = piece->begin() + Largest / 2;
        std::vector<T> upper(middle, piece->end());
        *piece = std::vector<T>(piece->begin(), middle);
        m_pieces.insert(std::next(piece), std::move(upper));
    }

    /** It is in the list. */
    void remove(const T &item)
    {
        --m_size;
        const auto piece = pieceOf(item);
        piece->erase(std::ranges::lower_bound(*piece, item, Less()));
        if (piece->empty())
            m_pieces.erase(piece);
        else if (std::next(piece) != m_pieces.end())
            merge(piece, std::next(piece));
    }

    /** Calls \a visit(item) for those behind \a key, in their order, until it gives back false. */
    template <class Key, class Visit>
    void forEachAfter(const Key &key, Visit &&visit) const
    {
        auto piece = std::ranges::partition_point(
            m_pieces, [&key](const std::vector<T> &each) { return !Less()(key, each.back()); });
        if (piece == m_pieces.end())
            return;
        auto item
            = std::ranges::partition_point(*piece, [&key](const T &each) { return !Less()(key, each); });
        for (;;) {
            for (; item != piece->end(); ++item) {
                if (!visit(*item))
                    return;
            }
            if (++piece == m_pieces.end())
                return;
            item = piece->begin();
        }
    }

private:
    using Pieces = std::vector<std::vector<T>>;
    static constexpr std::ptrdiff_t Largest = 256;

    /** Where it is, or belongs; there is one. */
    [[nodiscard]] typename Pieces::iterator pieceOf(const T &item)
    {
        const auto behind = std::ranges::partition_point(m_pieces, [&item](const std::vector<T> &each) {
            return !each.empty() && Less()(each.back(), item);
        });
        return behind == m_pieces.end() ? std::prev(behind) : behind;
    }

    void merge(typename Pieces::iterator piece, typename Pieces::iterator next)
    {
        if (piece->size() + next->size() > Largest / 2)
            return;
        piece->insert(piece->end(), next->begin(), next->end());
        m_pieces.erase(next);
    }

    Pieces m_pieces; ///< None is empty, but the first before anything is in it.
    std::size_t m_size = 0;
};

} // namespace dialogue
