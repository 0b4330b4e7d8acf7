#pragma once

#include <optional>

namespace dialogue::bridge {

/**
 * How many io threads there are to be; 0: the thread of the rooms is the one.
 *
 * Where nobody has \a asked for a number, one; but none where there is one processor, on which two threads
 * would only take turns, if the rooms' thread \a servesConnections (see createEventDispatcher()).
 */
int workerCount(std::optional<int> asked, int processors, bool servesConnections);

/** The same for this thread, which is to be that of the rooms, and the processors it may use. */
int workerCount(std::optional<int> asked);

} // namespace dialogue::bridge
