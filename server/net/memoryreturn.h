#pragma once

#include "server/net/deadlines.h"

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
    /** Of a connection that is idle, the layers above included, as a rough measure. */
    static constexpr qint64 PerConnection = 20'000;

    /** \a giveBack is what is done then. */
    explicit MemoryReturn(DeadlineQueue *deadlines, std::function<void()> giveBack = trimHeap)
        : m_deadlines(deadlines)
        , m_giveBack(std::move(giveBack))
    { }

    /** About so many bytes were freed, by one that leaves. */
    void freed(qint64 bytes);
    [[nodiscard]] qint64 owed() const { return m_freed; } ///< Freed since memory was last given back.

private:
    static void trimHeap();
    void whenQuiet();

    DeadlineQueue *m_deadlines;
    std::function<void()> m_giveBack;
    qint64 m_freed = 0; ///< Since memory was last given back.
    qint64 m_freedBefore = 0; ///< As much when the deadline was set.
    MemberDeadline<&MemoryReturn::whenQuiet, MemoryReturn> m_deadline{this};
};

} // namespace dialogue
