#pragma once

#include <QtGlobal>

namespace dialogue {

/** What is kept of timelines now. */
struct TimelineCounters
{
    qint64 clients = 0; ///< Who are there, and who have left.
    qint64 leavers = 0;
    qint64 bytes = 0;
    qint64 forgotten = 0; ///< Leavers before their time, and what connected clients did: for want of room.
};

} // namespace dialogue
