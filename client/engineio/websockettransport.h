#pragma once

#include "client/engineio/transport.h"
#include "core/protocol/websocket/maskedframe.h"
#include "core/protocol/websocket/websocketreader.h"

#include <QSslSocket>

namespace dialogue::client {

/**
 * Engine.IO over one WebSocket (RFC 6455): a text or binary message is a packet. On a QTcpSocket or
 * QSslSocket rather than a QWebSocket, which goes by a host's name alone and tries its addresses one after
 * the other, half a minute each; says neither where a redirect leads nor which status refused it; and cannot
 * be told to stop reading.
 */
class WebSocketTransport : public Transport
{
    Q_OBJECT
public:
    explicit WebSocketTransport(const ConnectionConfig &config);
    ~WebSocketTransport() override;

    void adopt(std::unique_ptr<QTcpSocket> socket) override { m_socket = std::move(socket); }
    void open() override;
    void begin(const engineio::Handshake &handshake) override { m_sid = handshake.sid; }
    void send(const engineio::Packet &packet) override;
    void close() override;
    void abort() override;
    void setReading(bool reading) override;
    void check() override { write(WebSocketOpcode::Ping, {}); }
    [[nodiscard]] qint64 bytesWaiting() const override;

private:
    enum class State { Connecting, Shaking, Open, Ended };

    void listen();
    void onConnected();
    void shakeHands();
    void onReadyRead();
    /** One portion; then others have their turn. */
    void read();
    void readHead();
    void refused(int status, const QByteArray &reason, const QByteArray &location);
    void readMessages(QByteArrayView bytes);
    void received(const WebSocketReader::Message &message);
    void onText(const QByteArray &text);
    void onClose(const WebSocketReader::Message &message);
    void onViolation(int code);
    void onDisconnected();
    void onError(QAbstractSocket::SocketError error);
    void write(WebSocketOpcode opcode, QByteArrayView payload);
    void fail(const ConnectionFailure &failure, bool retryOther, bool byServer = false);

    const ConnectionConfig &m_config;
    QUrl m_url;
    State m_state = State::Connecting;
    bool m_isSecure = false;
    bool m_reading = true;
    bool m_readPosted = false;
    QByteArray m_sid;
    QByteArray m_key; ///< Of the handshake.
    QList<QSslError> m_sslErrors; ///< Those that were not borne.
    WebSocketReader m_reader;
    std::unique_ptr<QTcpSocket> m_socket;
};

} // namespace dialogue::client
