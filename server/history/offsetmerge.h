#pragma once

#include "server/fanout/publication.h"
#include "server/history/ring.h"

#include <vector>

namespace dialogue {

/**
 * Walks several rings at once, each in order of offsets, as if they were one; what stands in several comes
 * once. A step takes time by the number of rings, and none by what they hold.
 */
class OffsetMerge
{
public:
    enum class Order { OldestFirst, NewestFirst };

    explicit OffsetMerge(Order order)
        : m_order(order)
    { }

    /** Those of \a ring from place \a first to before \a end; it must not change while this walks it. */
    void add(const Ring<PublicationPtr> &ring, std::size_t first, std::size_t end);
    /** Null at the end. */
    const PublicationPtr *next();

private:
    struct Source
    {
        const Ring<PublicationPtr> *ring;
        std::size_t first;
        std::size_t end;
    };
    [[nodiscard]] const PublicationPtr &head(const Source &source) const;
    [[nodiscard]] bool comesLater(const Source &a, const Source &b) const;

    Order m_order;
    std::vector<Source> m_sources; ///< A heap: what comes next is in front.
    quint64 m_last = 0;
};

} // namespace dialogue
