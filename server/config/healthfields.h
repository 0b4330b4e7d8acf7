#pragma once

#include "server/config/field.h"

namespace dialogue::config {

Fields<ServerConfig> healthFields(); ///< Those of `health`.

} // namespace dialogue::config
