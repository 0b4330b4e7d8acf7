#pragma once

#include "process/arguments.h"

namespace dialogue {

/** `dialogue-server admin hash`; answers the exit code. */
int runAdminCommand(const Arguments &arguments);

} // namespace dialogue
