#include "client/engineio/websockettransport.h"

#include "client/engineio/endpoint.h"
#include "client/engineio/websockethandshake.h"
#include "core/base/foreigntext.h"

#include <QNetworkProxy>
#include <QRandomGenerator>

namespace dialogue::client {

namespace {

/** Bytes that are taken from the socket in one turn, and that it takes from the system ahead of that. */
constexpr qint64 Portion = 65536;

/** What may wait while pings are answered still (RFC 6455, 5.5.3, asks for the answer to the last one alone).
 */
constexpr qint64 MostBeforePong = 1048576;

constexpr int Normal = 1000; // RFC 6455, 7.4.1
constexpr int NoStatus = 1005;
constexpr int TooBig = 1009;

QByteArray closePayload(int code)
{
    return {QByteArray(1, static_cast<char>(code >> 8)) + static_cast<char>(code & 0xff)};
}

} // namespace

WebSocketTransport::WebSocketTransport(const ConnectionConfig &config)
    : m_config(config)
    , m_reader(config.limits.messageSize, WebSocketReader::From::Server)
{ }

WebSocketTransport::~WebSocketTransport()
{
    if (m_socket)
        m_socket->disconnect(this); // Its destructor still signals.
}

void WebSocketTransport::open()
{
    m_url = endpointUrl(m_config, TransportKind::WebSocket, m_sid);
    m_isSecure = m_url.scheme() == QLatin1String("wss");
    if (m_isSecure && !QSslSocket::supportsSsl())
        return fail({ConnectionFailure::Kind::Tls, QStringLiteral("WebSocket: Qt finds no TLS library")},
                    false);
    if (m_socket) { // which is connected
        listen();
        return onConnected();
    }
    m_socket = m_isSecure ? std::make_unique<QSslSocket>() : std::make_unique<QTcpSocket>();
    listen();
    m_socket->setProxy(m_config.proxy.value_or(QNetworkProxy::NoProxy));
    const auto port = static_cast<quint16>(portOf(m_url));
    if (m_config.address.isNull())
        m_socket->connectToHost(m_url.host(), port);
    else
        m_socket->connectToHost(m_config.address, port);
}

void WebSocketTransport::listen()
{
    m_socket->setReadBufferSize(Portion);
    connect(m_socket.get(), &QTcpSocket::connected, this, &WebSocketTransport::onConnected);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &WebSocketTransport::onReadyRead);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &WebSocketTransport::onDisconnected);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &WebSocketTransport::onError);
    auto *const tls = qobject_cast<QSslSocket *>(m_socket.get());
    if (!tls)
        return;
    connect(tls, &QSslSocket::encrypted, this, &WebSocketTransport::shakeHands);
    connect(tls, &QSslSocket::sslErrors, this, [this, tls](const QList<QSslError> &errors) {
        if (m_config.trustCertificate && m_config.trustCertificate(errors))
            tls->ignoreSslErrors();
        else
            m_sslErrors = errors;
    });
}

void WebSocketTransport::onConnected()
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    auto *const tls = qobject_cast<QSslSocket *>(m_socket.get());
    if (!tls)
        return shakeHands();
    tls->setSslConfiguration(m_config.ssl);
    tls->setPeerVerifyName(m_url.host()); // whatever the address
    tls->startClientEncryption();
}

void WebSocketTransport::shakeHands()
{
    m_state = State::Shaking;
    m_key = handshakeKey();
    m_socket->write(handshakeRequest(endpointRequest(m_config, m_url), m_key));
}

void WebSocketTransport::send(const engineio::Packet &packet)
{
    if (packet.binary)
        write(WebSocketOpcode::Binary, packet.data);
    else
        write(WebSocketOpcode::Text, engineio::encodeText(packet));
}

void WebSocketTransport::write(WebSocketOpcode opcode, QByteArrayView payload)
{
    if (m_state == State::Open)
        m_socket->write(maskedFrame(opcode, payload, QRandomGenerator::system()->generate()));
}

qint64 WebSocketTransport::bytesWaiting() const
{
    const auto *const tls = qobject_cast<const QSslSocket *>(m_socket.get());
    return (m_socket ? m_socket->bytesToWrite() : 0) + (tls ? tls->encryptedBytesToWrite() : 0);
}

void WebSocketTransport::close()
{
    write(WebSocketOpcode::Close, closePayload(Normal));
    m_state = State::Ended;
    if (!m_socket)
        return;
    m_socket->disconnectFromHost();
    m_socket->flush();
}

void WebSocketTransport::abort()
{
    m_state = State::Ended;
    if (m_socket)
        m_socket->abort();
}

void WebSocketTransport::setReading(bool reading)
{
    m_reading = reading;
    if (reading)
        onReadyRead();
}

void WebSocketTransport::onReadyRead()
{
    if (m_reading && !std::exchange(m_readPosted, true))
        QMetaObject::invokeMethod(this, &WebSocketTransport::read, Qt::QueuedConnection);
}

void WebSocketTransport::read()
{
    m_readPosted = false;
    if (!m_reading || m_state == State::Ended)
        return;
    if (m_state == State::Shaking)
        return readHead();
    if (m_state != State::Open)
        return;
    readMessages(m_socket->read(Portion));
    if (m_state != State::Open)
        return;
    if (m_socket->bytesAvailable() > 0)
        onReadyRead();
    else if (m_socket->state() == QAbstractSocket::UnconnectedState)
        onDisconnected();
}

void WebSocketTransport::readHead()
{
    const QByteArray bytes = m_socket->peek(Portion);
    const auto answer = readHandshake(bytes, m_key);
    if (!answer)
        return fail(
            {ConnectionFailure::Kind::Protocol, QStringLiteral("WebSocket: ") + answer.error().message},
            true);
    if (!answer->has_value() && m_socket->state() != QAbstractSocket::UnconnectedState)
        return;
    if (!answer->has_value())
        return fail({ConnectionFailure::Kind::Lost, QStringLiteral("WebSocket: the answer breaks off")},
                    true);
    const HandshakeAnswer &head = **answer;
    m_socket->skip(head.size);
    if (head.status != 101 && head.status < 200) // RFC 9110, 15.2: the answer is still to come
        return onReadyRead();
    if (head.status != 101)
        return refused(head.status, head.reason, head.location);
    if (!head.fault.isEmpty())
        return fail({ConnectionFailure::Kind::Protocol, QStringLiteral("WebSocket: ") + head.fault}, true);
    m_state = State::Open;
    if (!m_sid.isEmpty()) // of a session that is there already
        send({.type = engineio::PacketType::Ping, .data = "probe"});
    onReadyRead();
}

void WebSocketTransport::refused(int status, const QByteArray &reason, const QByteArray &location)
{
    ConnectionFailure failure(kindOf(QNetworkReply::NoError, status),
                              QStringLiteral("WebSocket: HTTP %1 %2")
                                  .arg(status)
                                  .arg(printable(QString::fromUtf8(reason.left(200)))));
    failure.httpStatus = status;
    if (status == 200) // where 101 was due
        failure.kind = ConnectionFailure::Kind::HttpStatus;
    if (failure.kind == ConnectionFailure::Kind::Redirect && !location.isEmpty()) {
        QUrl asked = m_url;
        asked.setScheme(m_isSecure ? QStringLiteral("https") : QStringLiteral("http"));
        failure.redirectedTo = asked.adjusted(QUrl::RemoveUserInfo).resolved(QUrl::fromEncoded(location));
    }
    fail(failure, true);
}

void WebSocketTransport::readMessages(QByteArrayView bytes)
{
    while (m_state == State::Open) {
        const auto message = m_reader.take(bytes);
        if (m_reader.error() != 0)
            return onViolation(m_reader.error());
        if (!message)
            return;
        received(*message);
    }
}

void WebSocketTransport::received(const WebSocketReader::Message &message)
{
    switch (message.kind) {
    case WebSocketReader::Kind::Text:
        return onText(message.data);
    case WebSocketReader::Kind::Binary:
        Q_EMIT packetReceived({.type = engineio::PacketType::Message, .data = message.data, .binary = true});
        return;
    case WebSocketReader::Kind::Ping:
        if (bytesWaiting() <= MostBeforePong)
            write(WebSocketOpcode::Pong, message.data);
        return;
    case WebSocketReader::Kind::Pong:
        Q_EMIT answered();
        return;
    case WebSocketReader::Kind::Close:
        return onClose(message);
    }
}

void WebSocketTransport::onText(const QByteArray &text)
{
    const auto packet = engineio::decodeText(text);
    if (packet)
        Q_EMIT packetReceived(*packet);
    else
        fail(Error{.code = ErrorCode::ProtocolViolation, .message = packet.error().text()}, false);
}

void WebSocketTransport::onClose(const WebSocketReader::Message &message)
{
    const bool clean = message.code == Normal || message.code == NoStatus;
    write(WebSocketOpcode::Close, closePayload(message.code == NoStatus ? Normal : message.code));
    m_socket->flush();
    const QString reason = printable(QString::fromUtf8(message.data));
    fail({clean ? ConnectionFailure::Kind::Closed : ConnectionFailure::Kind::Lost,
          clean ? QStringLiteral("The server closed the connection")
                : QStringLiteral("The server closed the connection with %1 %2")
                      .arg(message.code)
                      .arg(reason)
                      .trimmed()},
         false, true);
}

void WebSocketTransport::onViolation(int code)
{
    write(WebSocketOpcode::Close, closePayload(code));
    m_socket->flush();
    if (code == TooBig)
        return fail(
            {ConnectionFailure::Kind::Lost,
             QStringLiteral("The server's message is larger than the %1 bytes taken (limits.messageSize)")
                 .arg(m_config.limits.messageSize)},
            false);
    fail(Error{.code = ErrorCode::ProtocolViolation,
               .message
               = QStringLiteral("What the server sends is no WebSocket (RFC 6455, status %1)").arg(code)},
         false);
}

void WebSocketTransport::onDisconnected()
{
    if (m_state == State::Ended)
        return;
    if (m_reading && m_socket->bytesAvailable() > 0)
        return onReadyRead(); // what came before the end; then we are here again
    if (!m_reading)
        return; // likewise, once somebody reads
    fail({ConnectionFailure::Kind::Lost,
          QStringLiteral("The connection was closed: %1").arg(m_socket->errorString())},
         m_state != State::Open);
}

void WebSocketTransport::onError(QAbstractSocket::SocketError error)
{
    // Once it stands, disconnected() says so, after what came before it was read.
    if (m_state == State::Open || m_state == State::Ended)
        return;
    if (m_state == State::Shaking && m_socket->bytesAvailable() > 0)
        return onReadyRead();
    ConnectionFailure failure(kindOf(error), QStringLiteral("WebSocket: %1").arg(m_socket->errorString()));
    failure.sslErrors = m_sslErrors;
    // Where nobody can be reached, no other transport gets through either. A proxy may take one and not the
    // other; and whoever hangs up may do so because it knows no WebSockets.
    const bool isProxied = m_config.proxy && m_config.proxy->type() != QNetworkProxy::NoProxy;
    const bool isReached = error == QAbstractSocket::RemoteHostClosedError;
    fail(failure, isProxied || isReached);
}

void WebSocketTransport::fail(const ConnectionFailure &failure, bool retryOther, bool byServer)
{
    if (m_state == State::Ended)
        return;
    m_state = State::Ended;
    Q_EMIT failed(failure, retryOther, byServer);
}

} // namespace dialogue::client
