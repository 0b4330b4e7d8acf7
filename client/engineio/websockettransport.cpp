#include "client/engineio/websockettransport.h"

#include "client/engineio/endpoint.h"

#include <QSocketNotifier>

namespace dialogue::client {

WebSocketTransport::WebSocketTransport(const ClientConfig &config)
    : m_config(config)
{
    m_socket.setMaxAllowedIncomingMessageSize(static_cast<quint64>(config.limits.messageSize));
    m_socket.setMaxAllowedIncomingFrameSize(static_cast<quint64>(config.limits.messageSize));
    // Never in fragments: Qt cuts text anywhere, and its own reader takes half a character for bad UTF-8.
    m_socket.setOutgoingFrameSize(QWebSocket::maxOutgoingFrameSize());
    connect(&m_socket, &QWebSocket::aboutToClose, this, [this] { m_toldToClose = true; });
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &WebSocketTransport::onText);
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &data) {
        if (!m_ended)
            Q_EMIT packetReceived({.type = engineio::PacketType::Message, .data = data, .binary = true});
    });
    connect(&m_socket, &QWebSocket::connected, this, [this] { m_opened = true; });
    connect(&m_socket, &QWebSocket::disconnected, this, [this] {
        // What goes wrong before the handshake is an error besides; which of the two comes first, depends.
        if (!m_opened)
            return onError(m_socket.error());
        const bool clean = m_socket.closeCode() == QWebSocketProtocol::CloseCodeNormal;
        fail(clean ? QStringLiteral("The server closed the connection")
                   : QStringLiteral("The connection was closed: %1").arg(m_socket.errorString()),
             false);
    });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(&m_socket, &QWebSocket::errorOccurred, this, &WebSocketTransport::onError);
#else
    connect(&m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            &WebSocketTransport::onError);
#endif
}

WebSocketTransport::~WebSocketTransport() { m_ended = true; }

void WebSocketTransport::open()
{
    const QUrl url = endpointUrl(m_config, TransportKind::WebSocket);
    m_socket.setProxy(proxyFor(m_config));
    if (url.scheme() == QLatin1String("wss"))
        m_socket.setSslConfiguration(m_config.ssl);
    m_socket.open(endpointRequest(m_config, url));
}

void WebSocketTransport::send(const engineio::Packet &packet)
{
    if (packet.binary)
        m_socket.sendBinaryMessage(packet.data);
    else
        m_socket.sendTextMessage(QString::fromUtf8(engineio::encodeText(packet)));
}

void WebSocketTransport::close()
{
    m_ended = true;
    m_socket.close();
    m_socket.flush();
}

void WebSocketTransport::abort()
{
    m_ended = true;
    m_socket.abort();
}

void WebSocketTransport::setReading(bool reading)
{
    // QWebSocket takes all that its socket has read, and tells it at once. So the socket must not read: the
    // notifier is what makes it, at the bottom of TLS and proxies, too.
    for (QSocketNotifier *notifier : m_socket.findChildren<QSocketNotifier *>()) {
        if (notifier->type() == QSocketNotifier::Read)
            notifier->setEnabled(reading);
    }
}

void WebSocketTransport::onText(const QString &text)
{
    if (m_ended)
        return;
    const auto packet = engineio::decodeText(text.toUtf8());
    if (packet)
        Q_EMIT packetReceived(*packet);
    else
        fail(packet.error().text(), false);
}

void WebSocketTransport::onError(QAbstractSocket::SocketError error)
{
    // Where nobody can be reached, no other transport gets through either. A refused handshake and a refused
    // connection are the same to QWebSocket.
    const bool unreachable = error == QAbstractSocket::HostNotFoundError
        || error == QAbstractSocket::NetworkError || error == QAbstractSocket::SslHandshakeFailedError;
    fail(QStringLiteral("WebSocket: %1").arg(m_socket.errorString()), !unreachable);
}

void WebSocketTransport::fail(const QString &message, bool retryOther)
{
    if (m_ended)
        return;
    m_ended = true;
    Q_EMIT failed({.code = ErrorCode::ConnectionLost, .message = message}, retryOther, m_toldToClose);
}

} // namespace dialogue::client
