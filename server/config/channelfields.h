#pragma once

#include "server/config/field.h"

namespace dialogue::config {

Fields<ServerConfig> channelFields(); ///< Those of `channels`.

} // namespace dialogue::config
