#pragma once

namespace dialogue {

/** What the server's sockets are made of. */
enum class ServerTransport {
    Native, ///< The kernel's own calls, on epoll: Linux.
    Qt, ///< QTcpServer and QTcpSocket: wherever Qt is.
};

} // namespace dialogue
