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
    void begin(const engineio::Handshake &handshake) override { m_sid = handshake.sid; }
    void send(const engineio::Packet &packet) override;
    void close() override;
    void abort() override;
    void setReading(bool reading) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void check() override { m_socket.ping(); }
    [[nodiscard]] qint64 bytesWaiting() const override { return m_socket.bytesToWrite(); }

private:
    void onText(const QString &text);
    void onError(QAbstractSocket::SocketError error);
    void fail(const ConnectionFailure &failure, bool retryOther);
    /** QWebSocket keeps to itself where a redirect leads; plain HTTP tells. */
    void askWhereTo(ConnectionFailure failure);

    const ClientConfig &m_config;
    bool m_ended = false; ///< Before the socket, whose destructor still signals.
    bool m_toldToClose = false; ///< By a Close frame.
    bool m_reading = true;
    QByteArray m_sid;
    bool m_opened = false; ///< The handshake is done.
    bool m_asking = false; ///< Where a redirect leads.
    QList<QSslError> m_sslErrors; ///< Those that were not borne.
    QWebSocket m_socket;
};

} // namespace dialogue::client
