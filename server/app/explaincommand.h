#pragma once

#include "process/arguments.h"

namespace dialogue {

/** `dialogue-server explain`: what somebody may do in a room, and which rule decides; the exit code. */
int runExplainCommand(const Arguments &arguments);

} // namespace dialogue
