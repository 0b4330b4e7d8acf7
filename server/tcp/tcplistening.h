#pragma once

#include "core/base/result.h"

#include <QString>

class QTcpServer;

namespace dialogue {

/** How many connections the kernel may hold until they are accepted (Linux caps it by net.core.somaxconn). */
constexpr int ListenBacklog = 4096;

/** Lets \a server listen on \a host, an address, "localhost" (127.0.0.1), "0.0.0.0" or "::" (IPv4 too), and
 * \a port; 0: any free one. ConfigError for no address; IoError, with what to do, where it cannot be had. */
Result<void> listenOn(QTcpServer &server, const QString &host, quint16 port);

} // namespace dialogue
