#pragma once

#include "server/rooms/calldepth.h"
#include "server/rooms/hooks.h"

namespace dialogue {

/**
 * The same, each within \a calls, which outlives them. What one throws is logged, and ends the request that
 * it decides with an Error: Unauthorized, JoinDenied, EventBlocked, and IoError where a page is loaded.
 */
Hooks guardedHooks(Hooks hooks, CallDepth &calls);

} // namespace dialogue
