#pragma once

#include <QtGlobal>

namespace dialogue {

/** What is kept now, in bytes, and what came of there being too little. */
struct MemoryCounters
{
    qint64 used = 0; ///< Of the total.
    qint64 rooms = 0; ///< Of it, events that rooms keep, which give way.
    quint64 eventsGivenUp = 0; ///< For want of memory, by rooms.
    quint64 refused = 0; ///< Requests that would have needed more.
};

} // namespace dialogue
