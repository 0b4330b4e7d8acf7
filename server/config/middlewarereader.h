#pragma once

#include "server/config/issues.h"
#include "server/config/node.h"
#include "server/config/serverconfig.h"

#include <chrono>

namespace dialogue::config {

/** What else the file says that middleware, and rules, are held against. */
struct Surroundings
{
    bool isVouched = false; ///< Somebody vouches for who clients are.
    std::chrono::milliseconds longestAnswer{10000}; ///< hooks.timeout
};

/** Reads a member `middleware` of a configuration, and names its files as they are found from anywhere. */
QList<MiddlewareConfig> readMiddleware(const Node &node, const QString &path, const Surroundings &around,
                                       Issues &issues);

} // namespace dialogue::config
