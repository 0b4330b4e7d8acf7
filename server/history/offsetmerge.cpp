#include "server/history/offsetmerge.h"

#include <algorithm>

namespace dialogue {

const PublicationPtr &OffsetMerge::head(const Source &source) const
{
    return (*source.ring)[m_order == Order::OldestFirst ? source.first : source.end - 1];
}

bool OffsetMerge::comesLater(const Source &a, const Source &b) const
{
    const quint64 offsetOfA = head(a)->offset();
    const quint64 offsetOfB = head(b)->offset();
    return m_order == Order::OldestFirst ? offsetOfA > offsetOfB : offsetOfA < offsetOfB;
}

void OffsetMerge::add(const Ring<PublicationPtr> &ring, std::size_t first, std::size_t end)
{
    if (first >= end)
        return;
    m_sources.push_back({&ring, first, end});
    std::ranges::push_heap(m_sources, [this](const Source &a, const Source &b) { return comesLater(a, b); });
}

const PublicationPtr *OffsetMerge::next()
{
    const auto later = [this](const Source &a, const Source &b) { return comesLater(a, b); };
    while (!m_sources.empty()) {
        std::ranges::pop_heap(m_sources, later);
        Source &source = m_sources.back();
        const PublicationPtr &publication = head(source);
        if (m_order == Order::OldestFirst)
            ++source.first;
        else
            --source.end;
        if (source.first == source.end)
            m_sources.pop_back();
        else
            std::ranges::push_heap(m_sources, later);
        if (std::exchange(m_last, publication->offset()) != publication->offset())
            return &publication;
    }
    return nullptr;
}

} // namespace dialogue
