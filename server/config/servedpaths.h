#pragma once

#include "server/config/issues.h"
#include "server/config/serverconfig.h"

namespace dialogue::config {

/** Says what of the server's own would never be reached at its path, as something else answers there. */
void checkServedPaths(const ServerConfig &config, const Node &root, Issues &issues);

} // namespace dialogue::config
