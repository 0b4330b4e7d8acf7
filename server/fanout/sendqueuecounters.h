#pragma once

#include <QtGlobal>

namespace dialogue {

/** What became of frames in the send queues of a worker, since its start. */
struct SendQueueCounters
{
    quint64 dropped = 0; ///< There was no room for them.
    quint64 replaced = 0; ///< Newer ones of their keys took their places.
    quint64 gaps = 0; ///< Times a reader was told of such events.
};

} // namespace dialogue
