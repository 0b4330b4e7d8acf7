#pragma once

#include <QtGlobal>

namespace dialogue {

/** Of what is told of who is in rooms. */
struct PresenceCounters
{
    qint64 rooms = 0; ///< That tell it and have somebody in them, now.
    qint64 watchers = 0; ///< Connections in them that want to be told, now.
    qint64 changes = 0; ///< Connections that came or went.
    qint64 notices = 0; ///< Each one frame for all who watch.
    qint64 snapshots = 0; ///< Pages that were asked for.
    qint64 bytes = 0; ///< Kept, now.
};

} // namespace dialogue
