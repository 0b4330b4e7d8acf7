#pragma once

#include <QtGlobal>

namespace dialogue {

/** Of requests that wait for one before them, of the same client and in the same room. */
struct RequestOrderCounters
{
    int waiting = 0; ///< Now.
    int mostWaiting = 0; ///< At any time.
    qint64 dropped = 0; ///< Their client has gone meanwhile.
};

} // namespace dialogue
