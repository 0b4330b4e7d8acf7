#pragma once

#include "server/config/field.h"
#include "server/config/serverconfig.h"

namespace dialogue::config {

[[nodiscard]] Fields<ServerConfig> adminFields();
[[nodiscard]] Fields<AdminAccount> adminAccountFields();
[[nodiscard]] Fields<RedactionRule> redactionFields();

[[nodiscard]] QString adminAccountsDoc();
[[nodiscard]] QString redactionDoc();

} // namespace dialogue::config
