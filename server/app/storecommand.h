#pragma once

#include "process/arguments.h"

namespace dialogue {

/** `dialogue-server store WHAT FILE`; the exit code. The first operand is "store". */
int runStoreCommand(const Arguments &arguments);

} // namespace dialogue
