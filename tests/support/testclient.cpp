#include "testclient.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEvent>
#include <QTimer>

namespace dialogue::test {

using namespace Qt::StringLiterals;

namespace {

/** For a machine under load; a test that passes never waits for it. */
constexpr int PatienceMs = 20000;

} // namespace

TestClient::TestClient(quint16 port, QJsonObject auth, QObject *parent)
    : TestClient(u"ws"_s, port, std::move(auth), parent)
{
    m_socket.open(m_url);
}

TestClient::TestClient(quint16 port, const QSslConfiguration &ssl, QJsonObject auth, QObject *parent)
    : TestClient(u"wss"_s, port, std::move(auth), parent)
{
    m_socket.setSslConfiguration(ssl);
    m_socket.open(m_url);
}

TestClient::TestClient(const QString &scheme, quint16 port, QJsonObject auth, QObject *parent)
    : QObject(parent)
    , m_url(u"%1://127.0.0.1:%2/socket.io/?EIO=4&transport=websocket"_s.arg(scheme).arg(port))
    , m_auth(std::move(auth))
{
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &TestClient::onText);
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this,
            [this](const QByteArray &data) { take(m_decoder.binary(data)); });
    connect(&m_socket, &QWebSocket::disconnected, this, [this] { m_closed = true; });
}

void TestClient::onText(const QString &text)
{
    if (text.startsWith(u'0')) {
        const socketio::Packet connect{.type = socketio::PacketType::Connect,
                                       .data = m_auth.isEmpty() ? QJsonValue(QJsonValue::Undefined) : m_auth};
        m_socket.sendTextMessage(u'4' + QString::fromUtf8(socketio::encode(connect)));
    } else if (text == u"2") {
        m_socket.sendTextMessage(u"3"_s);
    } else if (text.startsWith(u'4')) {
        take(m_decoder.text(text.mid(1).toUtf8()));
    }
}

void TestClient::take(Result<std::optional<socketio::Packet>> result)
{
    if (!result)
        qFatal("The server sent a bad packet: %s", qPrintable(result.error().text()));
    if (!result->has_value())
        return;
    const socketio::Packet &packet = **result;
    if (packet.isEvent()) {
        const QJsonArray args = packet.data.toArray();
        m_received.append({args.at(0).toString(), args.at(1), packet.attachments, packet.nsp});
    } else if (packet.isAck()) {
        m_received.append({u"ack"_s, packet.data.toArray().at(0), packet.attachments, packet.nsp});
    } else if (packet.type == socketio::PacketType::Connect) {
        m_connected = true;
        m_received.append({u"connect"_s, packet.data, {}, packet.nsp});
    } else if (packet.type == socketio::PacketType::ConnectError) {
        m_connected = true; // As far as it gets: where only consoles come in there is no "/".
        m_received.append({u"connect_error"_s, packet.data, {}, packet.nsp});
    } else if (packet.type == socketio::PacketType::Disconnect) {
        m_left.append(packet.nsp);
    }
}

void TestClient::emitEvent(const QString &name, const QJsonValue &payload,
                           const QList<QByteArray> &attachments)
{
    (void)spinUntil([this] { return m_connected || m_closed; });
    socketio::Packet packet{.type = attachments.isEmpty() ? socketio::PacketType::Event
                                                          : socketio::PacketType::BinaryEvent,
                            .data = payload.isUndefined() ? QJsonArray{name} : QJsonArray{name, payload},
                            .attachments = attachments};
    m_socket.sendTextMessage(u'4' + QString::fromUtf8(socketio::encode(packet)));
    for (const QByteArray &attachment : attachments)
        m_socket.sendBinaryMessage(attachment);
}

QJsonObject TestClient::ask(const QString &name, const QJsonValue &payload)
{
    (void)spinUntil([this] { return m_connected || m_closed; });
    const socketio::Packet packet{
        .id = ++m_lastAck, .data = payload.isUndefined() ? QJsonArray{name} : QJsonArray{name, payload}};
    m_socket.sendTextMessage(u'4' + QString::fromUtf8(socketio::encode(packet)));
    return waitFor(u"ack"_s).payload.toObject();
}

void TestClient::sendText(const QByteArray &text)
{
    (void)spinUntil([this] { return m_connected || m_closed; });
    m_socket.sendTextMessage(QString::fromUtf8(text));
}

TestClient::Event TestClient::waitFor(const QString &name)
{
    Event found;
    (void)spinUntil([&] {
        for (qsizetype i = 0; i < m_received.size(); ++i) {
            if (m_received[i].name == name) {
                found = m_received.takeAt(i);
                return true;
            }
        }
        return false;
    });
    return found;
}

bool TestClient::waitUntilRead()
{
    int pongs = 0;
    const auto counting = connect(&m_socket, &QWebSocket::pong, this, [&pongs] { ++pongs; });
    // When the second ping is answered, the turn in which the first one was read has ended.
    bool both = true;
    for (int i = 1; i <= 2 && both; ++i) {
        m_socket.ping();
        both = spinUntil([&] { return pongs >= i || m_closed; }) && !m_closed;
    }
    disconnect(counting);
    return both;
}

bool TestClient::waitForDisconnect(const QByteArray &nsp)
{
    return spinUntil([&] { return m_left.contains(nsp); });
}

bool TestClient::waitForClose()
{
    return spinUntil([this] { return m_closed; });
}

bool TestClient::spinUntil(const std::function<bool()> &done)
{
    // QTest::qWaitFor() would sleep ten milliseconds for each answer.
    const QDeadlineTimer patience(PatienceMs);
    QTimer look; // What has happened may have brought no event.
    look.start(10);
    while (!done()) {
        if (patience.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

} // namespace dialogue::test
