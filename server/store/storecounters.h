#pragma once

#include "server/loop/durations.h"

#include <QtGlobal>

namespace dialogue {

/** Of what outlives the server. */
struct StoreCounters
{
    quint64 events = 0; ///< Stored, since the start, as all here.
    quint64 commits = 0;
    Durations commitTimes; ///< Of those that did not fail.
    qint64 lastSync = 0; ///< When the disk had all last, in ms since 1970; 0: not yet, or it is not known.
    quint64 syncs = 0; ///< Of these, that waited for the disk.
    quint64 failedCommits = 0;
    quint64 refused = 0; ///< Triggers, because nothing could be stored.
    quint64 trimmed = 0; ///< Events that retention has let go, or that went with their room.
    qint64 queuedBytes = 0; ///< That wait to be stored, now.
    bool isWritable = true; ///< Now.
};

} // namespace dialogue
