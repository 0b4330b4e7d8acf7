#pragma once

#include <QtGlobal>

namespace dialogue {

/** Of the events that a broker answers for later. */
struct AppendCounters
{
    qint64 waiting = 0; ///< Now, in all rooms; with those that wait behind them.
    qint64 waitingBytes = 0;
    qint64 refused = 0; ///< Not submitted, as limits.appends waited.
    qint64 failed = 0; ///< Not kept.
    qint64 unknown = 0; ///< Of which nobody knows whether they were.
};

} // namespace dialogue
