#pragma once

#include <QString>

namespace dialogue::config {

/** Why nothing can listen on \a host, in words; empty where the listener takes it. */
QString listenAddressProblem(const QString &host);

} // namespace dialogue::config
