#pragma once

#include "server/loop/deadlines.h"

#include <functional>

namespace dialogue {

/**
 * Gives memory back to the system after connections that took much of it have gone. The allocator keeps what
 * they used, in pages that a few survivors hold; without this a server stays as large as its busiest minute
 * was. One per io thread.
 */
class MemoryReturn
{
public:
    /** So much has to be freed first: looking through the heap takes milliseconds. */
    static constexpr qint64 WorthIt = 10'000'000; // Bytes.
    /** What is too little for that is given back, too, once this much of it has lain about for a while: a
     * crowd leaves in parts, and of each a rest would stay. */
    static constexpr qint64 WorthItLater = WorthIt / 10;
    /** Of a connection that is idle, the layers above included, as a rough measure. */
    static constexpr qint64 PerConnection = 20'000;

    /** \a giveBack is what is done then; what is worth it only later waits for \a later. */
    explicit MemoryReturn(DeadlineQueue *deadlines, std::function<void()> giveBack = trimHeap,
                          std::chrono::milliseconds later = std::chrono::seconds(5))
        : m_deadlines(deadlines)
        , m_giveBack(std::move(giveBack))
        , m_later(later)
    { }

    /** About so many bytes were freed, by one that leaves. */
    void freed(qint64 bytes);
    [[nodiscard]] qint64 owed() const { return m_freed; } ///< Freed since memory was last given back.

private:
    static void trimHeap();
    void whenQuiet();
    void giveBack();

    DeadlineQueue *m_deadlines;
    std::function<void()> m_giveBack;
    std::chrono::milliseconds m_later;
    qint64 m_freed = 0; ///< Since memory was last given back.
    qint64 m_freedBefore = 0; ///< As much when the deadline was set.
    MemberDeadline<&MemoryReturn::whenQuiet, MemoryReturn> m_quiet{this};
    MemberDeadline<&MemoryReturn::giveBack, MemoryReturn> m_rest{this};
};

} // namespace dialogue
