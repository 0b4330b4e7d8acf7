#pragma once

#include "core/base/result.h"
#include "server/http/httpmessage.h"
#include "server/tcp/peer.h"

#include <QObject>

class QWebSocket;
class QWebSocketServer;

namespace dialogue {
class WorkerGateway;
struct HandshakeInfo;
} // namespace dialogue

namespace dialogue::qtwebsockets {

/** Takes in the WebSockets that the application has accepted; see Dialogue::accept(). */
class AcceptedWebSockets final : public QObject
{
    Q_OBJECT

public:
    /** \a maxMessageSize: bytes of one that a client may send. */
    AcceptedWebSockets(WorkerGateway &gateway, qint64 maxMessageSize);

    Result<void> accept(QWebSocket *socket);
    Result<void> accept(QWebSocket *socket, const HandshakeInfo &handshake);
    Result<void> serve(QWebSocketServer *server);

private:
    Result<void> accept(QWebSocket *socket, const Peer &peer, HttpRequest &&head);
    void takePending(QWebSocketServer *server);

    WorkerGateway &m_gateway;
    qint64 m_maxMessageSize;
};

} // namespace dialogue::qtwebsockets
