#pragma once

#include "server/config/configfile.h"

#include <QJsonObject>

namespace dialogue::types {

/** The rooms of \a config as an AsyncAPI 3.0 document: the server receives what clients trigger, and sends
 * it. */
[[nodiscard]] QJsonObject asyncApi(const ServerConfig &config, const SchemaOrigins &origins);

} // namespace dialogue::types
