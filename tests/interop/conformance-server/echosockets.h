#pragma once

#include "server/bridge/workergateway.h"

#include <QHash>

namespace dialogue {

/**
 * Namespaces "/" and "/custom" greet with `auth` and the client's auth object; `message` comes back as
 * `message-back`, `message-with-ack` as an ack, each with its arguments.
 */
class EchoSockets final : private SocketListener, private HttpListener
{
public:
    explicit EchoSockets(const ServerConfig &config);

    Result<void> listen() { return m_gateway.listen(); }
    [[nodiscard]] quint16 port() const { return m_gateway.port(); }

private:
    void socketConnecting(SocketId socket, ConnectRequest &&request) override;
    void socketEvent(SocketId socket, IncomingEvent &&event) override;
    void socketAck(SocketId, quint64, JsonData &&, QList<QByteArray> &&) override { }
    void socketDisconnected(SocketId socket, DisconnectReason reason) override;
    void httpRequest(ExchangeId exchange, HttpRequest &&request) override;

    void greet(SocketId socket);

    /** On a WebSocket the greeting comes this much after the CONNECT reply: the suites listen for one message
     * at a time and lose the second of two that their WebSocket client reads at once. */
    static constexpr std::chrono::milliseconds GreetingDelay{30};

    QHash<SocketId, QByteArray> m_namespaces;
    QHash<SocketId, QJsonObject> m_greetings; ///< Still to be sent.
    WorkerGateway m_gateway;
};

} // namespace dialogue
