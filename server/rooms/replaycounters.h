#pragma once

#include <QtGlobal>

namespace dialogue {

/** What was sent to clients that came back. */
struct ReplayCounters
{
    qint64 running = 0;
    qint64 begun = 0;
    qint64 events = 0;
    qint64 bytes = 0;
    qint64 gaps = 0; ///< Told to those who were too slow for what the log could keep.
    qint64 healed = 0; ///< Ended with all sent that was missed.
    qint64 tooSlow = 0; ///< Disconnected for it.
};

} // namespace dialogue
