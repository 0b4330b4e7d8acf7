#pragma once

#include "process/arguments.h"

namespace dialogue {

/** `dialogue-server types`: the events of a configuration as types of a language; the exit code. */
int runTypesCommand(const Arguments &arguments);

} // namespace dialogue
