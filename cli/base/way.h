#pragma once

#include "client/clientconfig.h"
#include "process/arguments.h"

namespace dialogue::cli {

/** Puts --header, --proxy, --cacert and --insecure into \a config; the error's path is the option. */
Result<void> setWay(const Arguments &arguments, ClientConfig &config);

} // namespace dialogue::cli
