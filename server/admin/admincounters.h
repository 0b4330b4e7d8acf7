#pragma once

#include "server/timeline/timelinecounters.h"

#include <QtGlobal>

namespace dialogue {

/** Of consoles in /admin. */
struct AdminCounters
{
    qint64 consoles = 0; ///< Now.
    qint64 refused = 0; ///< That did not come in.
    qint64 watches = 0; ///< Now.
    qint64 batches = 0; ///< Of what is watched.
    qint64 waitingBytes = 0; ///< Of events that are to be looked at for them.
    // Events that were watched, and not shown; who watches is told how many.
    qint64 droppedRing = 0; ///< As too much waited to be looked at (admin.watchBuffer).
    qint64 droppedRate = 0; ///< By a watch's own rate.
    qint64 droppedQueue = 0; ///< As its console did not take what was sent before.
    qint64 droppedFilter = 0; ///< As their filter takes too long.
    qint64 traced = 0; ///< Clients of which it is remembered when what was written.
    TimelineCounters timelines = {};
    qint64 actions = 0;
    qint64 actionsRefused = 0;
};

} // namespace dialogue
