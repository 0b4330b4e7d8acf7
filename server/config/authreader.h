#pragma once

#include "server/config/issues.h"
#include "server/config/serverconfig.h"

namespace dialogue::config {

/** Reads the member `auth.jwt.keys` of a configuration: a list of keys. */
QList<JwtKeyConfig> readJwtKeys(const Node &node, const QString &path, Issues &issues);

/** What is wrong with how the parts of `auth` fit together, and to the rest of \a config. Then its files are
 * named as they are found from anywhere. */
void settleAuth(ServerConfig &config, const Node &root, Issues &issues);

} // namespace dialogue::config
