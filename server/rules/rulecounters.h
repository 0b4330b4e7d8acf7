#pragma once

#include <QtGlobal>

namespace dialogue {

/** What rules have refused to clients. */
struct RuleCounters
{
    qint64 joins = 0;
    qint64 subscriptions = 0;
    qint64 triggers = 0;
    qint64 histories = 0;
    qint64 deletions = 0;
    qint64 creations = 0;
    qint64 banned = 0; ///< Connections and joins of who is banned.
    qint64 muted = 0; ///< Events of who is muted.
    qint64 roomsLeft = 0; ///< By who may not be there any more.
    qint64 subscriptionsEnded = 0; ///< Of who may not have them any more.
};

} // namespace dialogue
