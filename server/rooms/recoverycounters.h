#pragma once

#include <QtGlobal>

namespace dialogue {

/** Connection state recovery: who was away and came back. */
struct RecoveryCounters
{
    qint64 recovered = 0;
    qint64 anew = 0; ///< Came back, and not as who they were.
    qint64 forgotten = 0; ///< Before their time was up, for recovery.bytes.
    qint64 away = 0; ///< Now.
    qint64 bytes = 0; ///< Kept of them now.
};

} // namespace dialogue
