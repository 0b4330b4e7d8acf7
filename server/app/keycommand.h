#pragma once

#include "process/arguments.h"

namespace dialogue {

/** `dialogue-server key new|list|revoke`; the exit code. */
int runKeyCommand(const Arguments &arguments);

} // namespace dialogue
