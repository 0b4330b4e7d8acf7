#pragma once

#include <QtGlobal>

namespace dialogue {

/** Of the hooks that answer later. */
struct AnswerCounters
{
    int waiting = 0; ///< Now.
    int mostWaiting = 0; ///< At any time.
    qint64 refused = 0; ///< Questions nobody was asked, as hooks.maxPending waited.
    qint64 timedOut = 0; ///< No answer within hooks.timeout.
    qint64 abandoned = 0; ///< Whom it was about has gone meanwhile.
};

} // namespace dialogue
