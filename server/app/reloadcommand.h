#pragma once

#include "process/arguments.h"

namespace dialogue {

/** `dialogue-server reload --pid-file FILE`; its exit code. */
int runReloadCommand(const Arguments &arguments);

} // namespace dialogue
