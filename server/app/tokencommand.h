#pragma once

#include "process/arguments.h"

namespace dialogue {

/** `dialogue-server token new|show|verify`; the exit code. */
int runTokenCommand(const Arguments &arguments);

} // namespace dialogue
