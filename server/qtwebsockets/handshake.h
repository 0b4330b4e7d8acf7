#pragma once

#include "server/http/httpmessage.h"
#include "server/tcp/peer.h"

class QWebSocket;

namespace dialogue::qtwebsockets {

/** What the client of \a socket, which a QWebSocketServer has accepted, asked for. Of header fields that came
 * several times QWebSocket knows the last alone. */
HttpRequest handshakeOf(const QWebSocket &socket);

/** Who it came from. */
Peer peerOf(const QWebSocket &socket);

} // namespace dialogue::qtwebsockets
