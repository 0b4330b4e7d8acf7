#pragma once

#include <QtGlobal>

namespace dialogue {

/** Of what the server asks its clients; each client that a room's request goes to counts as one. */
struct AskingCounters
{
    qint64 asked = 0;
    qint64 answered = 0;
    qint64 timedOut = 0;
    qint64 clientsGone = 0; ///< Before they answered.
    qint64 refused = 0; ///< Nobody was asked, as serverRequests.maxPending or maxPendingPerClient waited.
    qint64 answersDropped = 0; ///< Beyond serverRequests.answerBytes.
    qint64 unasked = 0; ///< Acks that nobody waited for, or not any more.
    qint64 waiting = 0; ///< Now.
    qint64 mostWaiting = 0; ///< At any time.
    qint64 answerBytes = 0; ///< Of answers that wait for others to the same request, now.
};

} // namespace dialogue
