#pragma once

#include "server/rooms/calldepth.h"
#include "server/rooms/hooks.h"
#include "server/rooms/middleware.h"

namespace dialogue {

/** ConfigError, where a hook and its later form are both set. */
[[nodiscard]] Result<void> checkHooks(const Hooks &hooks);

/**
 * The same, each within \a calls, which outlives them. What one throws is logged, and ends the request that
 * it decides with an Error: Unauthorized, JoinDenied, EventBlocked, PermissionDenied, and IoError where a
 * page is loaded.
 */
Hooks guardedHooks(Hooks hooks, CallDepth &calls);
/** The same of a step that the application has given to Dialogue::use(): EventBlocked. */
Middleware guardedMiddleware(const Middleware &step, CallDepth &calls);

} // namespace dialogue
