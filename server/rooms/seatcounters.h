#pragma once

#include <QtGlobal>

namespace dialogue {

/** What became of seats in full rooms whose users came back over another connection. */
struct SeatCounters
{
    qint64 waiting = 0; ///< Joins that wait now for a connection to show that it lives.
    qint64 asked = 0; ///< Connections pinged for it.
    qint64 givenUp = 0; ///< Seats that silent connections gave up.
};

} // namespace dialogue
