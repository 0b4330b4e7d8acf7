#pragma once

#include "server/config/configfile.h"
#include "server/types/datatype.h"

namespace dialogue::types {

/** The types of what \a config declares, whose schemas come from \a origins. */
[[nodiscard]] TypeModel typesOf(const ServerConfig &config, const SchemaOrigins &origins);

} // namespace dialogue::types
