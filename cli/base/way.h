#pragma once

#include "cli/base/arguments.h"
#include "client/clientconfig.h"

namespace dialogue::cli {

/** Puts --header, --proxy, --cacert and --insecure into \a config; the error's path is the option. */
Result<void> setWay(const Arguments &arguments, ClientConfig &config);

} // namespace dialogue::cli
