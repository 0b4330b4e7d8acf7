#pragma once

#include "server/loop/durations.h"

#include <QtGlobal>

namespace dialogue {

/** What the hub has counted of the turns its clients take; see bridge::HubTurns. */
struct HubCounters
{
    qint64 messages = 0; ///< Handled, of clients and of HTTP requests.
    qint64 turns = 0; ///< Times it began to serve what waits.
    Durations turnTimes; ///< How long these took; of workers: 0 what was handled at once is not in them.
    qint64 waiting = 0; ///< Messages that wait now.
    int longestLane = 0; ///< The most that has waited of one client, or of one address.
    qint64 dropped = 0; ///< Messages of clients, and requests, whose connection broke before their turn.
    qint64 waited = 0; ///< Messages handled while the one in hand was the next of its client.
    qint64 mostWaited = 0; ///< The most of that so far.
    qint64 held = 0; ///< Times a client was not served for a while.
};

} // namespace dialogue
