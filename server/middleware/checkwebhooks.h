#pragma once

#include "core/base/result.h"
#include "server/config/serverconfig.h"
#include "server/export.h"

namespace dialogue {

/** Whether the files are there that the webhooks of \a config name, and what is in them will do. ConfigError,
 * with the place. */
[[nodiscard]] DIALOGUE_SERVER_EXPORT Result<void> checkWebhooks(const ServerConfig &config);

} // namespace dialogue
