#include "console/errors/tally.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace dialogue::console {

void Tally::add(const QString &kind, qint64 time, qint64 count)
{
    moveTo(time);
    const qint64 piece = time / PieceMs;
    if (piece < 0 || piece <= m_piece - Pieces)
        return;
    m_kinds[kind][std::size_t(piece % Pieces)] += count;
    if (m_kinds.size() > MostKinds)
        forgetTheLeast();
}

void Tally::moveTo(qint64 now)
{
    const qint64 piece = now / PieceMs;
    if (piece <= m_piece)
        return;
    const qint64 passed = std::min<qint64>(piece - m_piece, Pieces);
    m_piece = piece;
    for (auto each = m_kinds.begin(); each != m_kinds.end();) {
        for (qint64 i = 0; i < passed; ++i)
            (*each)[std::size_t((piece - i) % Pieces)] = 0;
        const bool isOver = std::all_of(each->begin(), each->end(), [](qint64 count) { return count == 0; });
        each = isOver ? m_kinds.erase(each) : std::next(each);
    }
}

Tally::Of Tally::of(const QString &kind) const
{
    Of of;
    const auto found = m_kinds.constFind(kind);
    if (found == m_kinds.cend())
        return of;
    for (int i = 0; i < Pieces; ++i)
        of.counts[std::size_t(i)] = (*found)[std::size_t((m_piece + 1 + i) % Pieces)];
    of.all = std::accumulate(of.counts.begin(), of.counts.end(), qint64(0));
    of.lastMinute = std::accumulate(of.counts.end() - PiecesOfAMinute, of.counts.end(), qint64(0));
    return of;
}

void Tally::forgetTheLeast()
{
    // Half of them at once: strangers make as many kinds as they like.
    std::vector<std::pair<qint64, QString>> all;
    for (auto each = m_kinds.cbegin(); each != m_kinds.cend(); ++each)
        all.emplace_back(std::accumulate(each->begin(), each->end(), qint64(0)), each.key());
    const auto middle = all.begin() + std::ptrdiff_t(all.size() / 2);
    std::nth_element(all.begin(), middle, all.end());
    for (auto each = all.begin(); each != middle; ++each)
        m_kinds.remove(each->second);
}

} // namespace dialogue::console
