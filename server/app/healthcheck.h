#pragma once

#include "process/arguments.h"

namespace dialogue {

/** Asks the server that runs with the same options whether it is well; the exit code: 0 it is, 1 it is not, 2
 * the command line or the configuration is wrong. */
[[nodiscard]] int runHealthCheck(const Arguments &arguments);

} // namespace dialogue
