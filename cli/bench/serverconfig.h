#pragma once

#include "cli/bench/options.h"

#include <string>

namespace dialogue::bench {

/** A dialogue-server configuration (YAML) that declares the rooms of a run, with schema and history. */
std::string serverConfig(const BenchOptions &options);

} // namespace dialogue::bench
