#pragma once

#include "server/config/issues.h"
#include "server/config/serverconfig.h"

namespace dialogue::config {

/** Reads the member `admin.accounts` of a configuration. */
[[nodiscard]] QList<AdminAccount> readAdminAccounts(const Node &node, const QString &path, Issues &issues);
/** The same of `admin.redact`. */
[[nodiscard]] QList<RedactionRule> readRedaction(const Node &node, const QString &path, Issues &issues);

/** What is wrong with how the parts of `admin` fit together. Then its files are named as they are found from
 * anywhere. */
void settleAdmin(ServerConfig &config, const Node &root, Issues &issues);

} // namespace dialogue::config
