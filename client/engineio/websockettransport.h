#pragma once

#include "client/engineio/transport.h"

#include <QWebSocket>

namespace dialogue::client {

/** Engine.IO over one WebSocket: a text or binary message is a packet. */
class WebSocketTransport : public Transport
{
    Q_OBJECT
public:
    explicit WebSocketTransport(const ClientConfig &config);
    ~WebSocketTransport() override;

    void open() override;
    void begin(const engineio::Handshake &) override { }
    void send(const engineio::Packet &packet) override;
    void close() override;
    void abort() override;

private:
    void onText(const QString &text);
    void onError(QAbstractSocket::SocketError error);
    void fail(const QString &message, bool retryOther);

    const ClientConfig &m_config;
    bool m_ended = false; ///< Before the socket, whose destructor still signals.
    QWebSocket m_socket;
};

} // namespace dialogue::client
