#include "client/engineio/websockettransport.h"

#include "client/engineio/endpoint.h"

#include <QEvent>
#include <QNetworkAccessManager>
#include <QRegularExpression>
#include <QSocketNotifier>

namespace dialogue::client {

namespace {

/** Of the HTTP answer that refused the handshake; QWebSocket gives it in words alone. 0: there is none. */
int statusIn(const QString &words)
{
    static const QRegularExpression status(QStringLiteral("\\b([1-5][0-9]{2}) \\("));
    return status.match(words).captured(1).toInt();
}

} // namespace

WebSocketTransport::WebSocketTransport(const ClientConfig &config)
    : m_config(config)
{
    m_socket.setMaxAllowedIncomingMessageSize(static_cast<quint64>(config.limits.messageSize));
    m_socket.setMaxAllowedIncomingFrameSize(static_cast<quint64>(config.limits.messageSize));
    // A frame is read once it is there as a whole. More is not taken from the system in one go.
    constexpr qint64 longestHeader = 14; // RFC 6455, 5.2
    m_socket.setReadBufferSize(config.limits.messageSize + longestHeader);
    // Never in fragments: Qt cuts text anywhere, and its own reader takes half a character for bad UTF-8.
    m_socket.setOutgoingFrameSize(QWebSocket::maxOutgoingFrameSize());
    connect(&m_socket, &QWebSocket::aboutToClose, this, [this] { m_toldToClose = true; });
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &WebSocketTransport::onText);
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &data) {
        if (!m_ended)
            Q_EMIT packetReceived({.type = engineio::PacketType::Message, .data = data, .binary = true});
    });
    connect(&m_socket, &QWebSocket::pong, this, &WebSocketTransport::answered);
    connect(&m_socket, &QWebSocket::connected, this, [this] {
        m_opened = true;
        if (!m_sid.isEmpty()) // of a session that is there already
            send({.type = engineio::PacketType::Ping, .data = "probe"});
    });
    connect(&m_socket, &QWebSocket::disconnected, this, [this] {
        // What goes wrong before the handshake is an error besides; which of the two comes first, depends.
        if (!m_opened)
            return onError(m_socket.error());
        const bool clean = m_socket.closeCode() == QWebSocketProtocol::CloseCodeNormal;
        fail({clean ? ConnectionFailure::Kind::Closed : ConnectionFailure::Kind::Lost,
              clean ? QStringLiteral("The server closed the connection")
                    : QStringLiteral("The connection was closed: %1").arg(m_socket.errorString())},
             false);
    });
    connect(&m_socket, &QWebSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        if (m_config.trustCertificate && m_config.trustCertificate(errors))
            m_socket.ignoreSslErrors();
        else
            m_sslErrors = errors;
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
    const QUrl url = endpointUrl(m_config, TransportKind::WebSocket, m_sid);
    m_socket.setProxy(m_config.proxy.value_or(QNetworkProxy::NoProxy));
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
    // notifier is what makes it, at the bottom of TLS and proxies, too. TLS enables it again when it looks at
    // what is there already; then the notifier is not heard.
    m_reading = reading;
    for (QSocketNotifier *notifier : m_socket.findChildren<QSocketNotifier *>()) {
        if (notifier->type() != QSocketNotifier::Read)
            continue;
        notifier->removeEventFilter(this);
        if (!reading)
            notifier->installEventFilter(this);
        notifier->setEnabled(reading);
    }
}

bool WebSocketTransport::eventFilter(QObject *watched, QEvent *event)
{
    auto *const notifier = qobject_cast<QSocketNotifier *>(watched);
    if (m_reading || !notifier || event->type() != QEvent::SockAct)
        return Transport::eventFilter(watched, event);
    notifier->setEnabled(false);
    return true;
}

void WebSocketTransport::onText(const QString &text)
{
    if (m_ended)
        return;
    const auto packet = engineio::decodeText(text.toUtf8());
    if (packet)
        Q_EMIT packetReceived(*packet);
    else
        fail(Error{.code = ErrorCode::ProtocolViolation, .message = packet.error().text()}, false);
}

void WebSocketTransport::onError(QAbstractSocket::SocketError error)
{
    if (m_asking)
        return;
    // Where nobody can be reached, no other transport gets through either. A refused handshake and a refused
    // connection are the same to QWebSocket.
    const bool unreachable = error == QAbstractSocket::HostNotFoundError
        || error == QAbstractSocket::NetworkError || error == QAbstractSocket::SslHandshakeFailedError;
    ConnectionFailure failure(kindOf(error), QStringLiteral("WebSocket: %1").arg(m_socket.errorString()));
    failure.sslErrors = m_sslErrors;
    failure.httpStatus = statusIn(m_socket.errorString());
    if (failure.httpStatus != 0)
        failure.kind = kindOf(QNetworkReply::NoError, failure.httpStatus);
    if (failure.kind == ConnectionFailure::Kind::Redirect)
        askWhereTo(failure);
    else
        fail(failure, !unreachable);
}

void WebSocketTransport::askWhereTo(ConnectionFailure failure)
{
    if (m_ended || std::exchange(m_asking, true))
        return;
    QUrl url = endpointUrl(m_config, TransportKind::WebSocket);
    url.setScheme(url.scheme() == QLatin1String("wss") ? QStringLiteral("https") : QStringLiteral("http"));
    auto *const http = new QNetworkAccessManager(this);
    http->setProxy(m_socket.proxy());
    QNetworkReply *const reply = http->get(endpointRequest(m_config, url));
    connect(reply, &QNetworkReply::sslErrors, this, [this, reply](const QList<QSslError> &errors) {
        if (m_config.trustCertificate && m_config.trustCertificate(errors))
            reply->ignoreSslErrors(errors);
    });
    // Its head is enough.
    connect(reply, &QNetworkReply::readyRead, reply, &QNetworkReply::abort);
    connect(reply, &QNetworkReply::finished, this, [this, reply, failure]() mutable {
        const QVariant target = reply->attribute(QNetworkRequest::RedirectionTargetAttribute);
        if (target.isValid())
            failure.redirectedTo = reply->url().resolved(target.toUrl());
        fail(failure, true);
    });
}

void WebSocketTransport::fail(const ConnectionFailure &failure, bool retryOther)
{
    if (m_ended)
        return;
    m_ended = true;
    Q_EMIT failed(failure, retryOther, m_toldToClose);
}

} // namespace dialogue::client
