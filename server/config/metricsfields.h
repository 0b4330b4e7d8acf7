#pragma once

#include "server/config/field.h"

namespace dialogue::config {

Fields<ServerConfig> metricsFields(); ///< Those of `metrics`.

/** What is wrong with a host and a port, "127.0.0.1:8125", "[::1]:8125"; empty: nothing. */
QString hostAndPortProblem(const QString &text);

} // namespace dialogue::config
