#pragma once

#include "server/net/deadlines.h"

namespace dialogue {

/**
 * Gives memory back to the system after many connections have gone. The allocator keeps what they used, in
 * pages that a few survivors hold; without this a server stays as large as its busiest minute was. One per io
 * thread.
 */
class MemoryReturn
{
public:
    explicit MemoryReturn(DeadlineQueue *deadlines)
        : m_deadlines(deadlines)
    { }

    void connectionGone();

private:
    void giveBack();

    DeadlineQueue *m_deadlines;
    int m_gone = 0; ///< Connections since memory was last given back.
    int m_goneBefore = 0; ///< As many when the deadline was set.
    MemberDeadline<&MemoryReturn::giveBack, MemoryReturn> m_deadline{this};
};

} // namespace dialogue
