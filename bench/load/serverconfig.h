#pragma once

#include "bench/load/options.h"

#include <string>

namespace dialogue::bench {

/** A dialogue-server configuration (YAML) that declares the rooms of a run, with schema and history. */
std::string serverConfig(const LoadOptions &options);

} // namespace dialogue::bench
