#pragma once

#include "server/config/field.h"

namespace dialogue::config {

[[nodiscard]] Fields<ServerConfig> apiFields();

} // namespace dialogue::config
