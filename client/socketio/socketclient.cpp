#include "client/socketio/socketclient.h"

#include "core/json/cursor.h"
#include "core/json/writer.h"
#include "core/protocol/socketio/event.h"

#include <QPointer>

#include <algorithm>

namespace dialogue::client {

using socketio::Packet;
using socketio::PacketType;

namespace {

Packet packetOf(const SocketClient::Event &event)
{
    QByteArray args(1, '[');
    json::appendString(args, event.name);
    if (!event.payload.isUndefined()) {
        args += ',';
        event.payload.appendTo(args);
    }
    args += ']';
    return {.type = event.attachments.isEmpty() ? PacketType::Event : PacketType::BinaryEvent,
            .data = JsonData::fromText(args),
            .attachments = event.attachments};
}

constexpr int RoomForAckId = 24; // the type digits and an ack id

} // namespace

SocketClient::SocketClient(const ClientConfig &config, Network network, QObject *parent)
    : QObject(parent)
    , m_config(config)
    , m_engine(config, std::move(network))
    , m_decoder(config.limits.attachments, json::maxWrappedDepth)
{
    connect(&m_engine, &EngineClient::opened, this, &SocketClient::onOpened);
    connect(&m_engine, &EngineClient::textReceived, this, [this](const QByteArray &text) {
        m_packetBytes = text.size();
        received(m_decoder.text(text));
    });
    connect(&m_engine, &EngineClient::binaryReceived, this, [this](const QByteArray &data) {
        m_packetBytes += data.size();
        received(m_decoder.binary(data));
    });
    connect(&m_engine, &EngineClient::closed, this, &SocketClient::closed);
    m_connectTimer.setSingleShot(true);
    connect(&m_connectTimer, &QTimer::timeout, this, [this] {
        m_engine.fail(Error{
            .code = ErrorCode::Timeout,
            .message = QStringLiteral("The server did not answer CONNECT within %1 ms (timeouts.connect)")
                           .arg(m_config.timeouts.connect.count())});
    });
}

void SocketClient::open(const std::optional<QNetworkProxy> &proxy) { m_engine.open(proxy); }

void SocketClient::close()
{
    if (m_connected)
        send({.type = PacketType::Disconnect});
    m_connected = false;
    m_connectTimer.stop();
    m_acks.clear();
    m_engine.close();
}

void SocketClient::onOpened()
{
    m_connectTimer.start(m_config.timeouts.connect);
    const QPointer<SocketClient> self(this);
    const QJsonObject auth = m_engine.auth()(); // user code
    if (!self)
        return;
    send({.type = PacketType::Connect, .data = auth.isEmpty() ? QJsonValue(QJsonValue::Undefined) : auth});
}

void SocketClient::emitEvent(const Event &event, AckHandler onAck)
{
    Packet packet = packetOf(event);
    if (onAck) {
        packet.id = ++m_lastAck;
        m_acks.emplace(m_lastAck, std::move(onAck));
    }
    send(packet);
}

void SocketClient::acknowledge(quint64 ackId, const JsonData &args)
{
    send({.type = PacketType::Ack, .id = ackId, .data = args});
}

Result<EventSize> SocketClient::check(const Event &event)
{
    const QByteArray text = socketio::encode(packetOf(event));
    const auto invalid
        = [](const QString &message) { return Error{.code = ErrorCode::InvalidRequest, .message = message}; };
    if (const auto sound = json::check(QByteArrayView(text).sliced(text.indexOf('['))); !sound)
        return invalid(sound.error().message);
    // After the depth, which bounds how far this goes down.
    if (text.contains("_placeholder")
        && !socketio::placeholdersFit(event.payload, static_cast<int>(event.attachments.size())))
        return invalid(QStringLiteral("A placeholder names none of the %1 attachments, which count from 0")
                           .arg(event.attachments.size()));
    EventSize size{.text = text.size() + RoomForAckId};
    for (const QByteArray &attachment : event.attachments) {
        size.attachments += attachment.size();
        size.largestAttachment = std::max<qint64>(size.largestAttachment, attachment.size());
    }
    return size;
}

void SocketClient::send(const Packet &packet)
{
    m_engine.sendText(socketio::encode(packet));
    for (const QByteArray &attachment : packet.attachments)
        m_engine.sendBinary(attachment);
}

void SocketClient::received(Result<std::optional<Packet>> packet)
{
    if (!packet)
        return violation(packet.error().text());
    if (!packet->has_value())
        return;
    const Packet &complete = **packet;
    if (complete.fault.isEmpty())
        handle(complete);
    else
        violation(complete.fault);
}

void SocketClient::handle(const Packet &packet)
{
    if (packet.nsp != "/")
        return violation(
            QStringLiteral("a packet for the namespace '%1'").arg(QString::fromUtf8(packet.nsp.left(64))));
    if (packet.type == PacketType::Connect)
        return onConnect(packet);
    if (packet.type == PacketType::ConnectError)
        return onConnectError(packet);
    if (!m_connected)
        return violation(QStringLiteral("a packet before the answer to CONNECT"));
    if (packet.isEvent())
        return onEvent(packet);
    if (packet.isAck())
        return onAck(packet);
    m_connected = false;
    m_engine.close();
    Q_EMIT disconnectedByServer();
}

void SocketClient::onConnect(const Packet &packet)
{
    if (m_connected)
        return violation(QStringLiteral("a second CONNECT"));
    const QString sid = packet.data.toObject().value(QLatin1String("sid")).toString();
    if (sid.isEmpty())
        return violation(QStringLiteral("a CONNECT without a sid; is it a server of Socket.IO 3 or newer?"));
    m_connected = true;
    m_connectTimer.stop();
    Q_EMIT connected(sid);
}

void SocketClient::onConnectError(const Packet &packet)
{
    if (m_connected)
        return violation(QStringLiteral("a CONNECT_ERROR after the CONNECT"));
    m_connectTimer.stop();
    m_engine.close();
    const QJsonObject said = packet.data.toObject();
    Q_EMIT refused(said.value(QLatin1String("message")).toString(),
                   said.value(QLatin1String("data")).toObject());
}

void SocketClient::onEvent(const Packet &packet)
{
    const socketio::EventParts event = socketio::takeApart(packet.data);
    Q_EMIT eventReceived(event.name, event.args, packet.attachments, packet.id);
}

void SocketClient::onAck(const Packet &packet)
{
    const auto waiting = m_acks.find(packet.id.value_or(0));
    if (waiting == m_acks.end())
        return; // as the reference: no violation
    const AckHandler handler = std::move(waiting->second);
    m_acks.erase(waiting);
    handler(packet.data.toArray()); // may delete this
}

void SocketClient::violation(const QString &what)
{
    m_connected = false;
    m_connectTimer.stop();
    m_engine.reject({.code = ErrorCode::ProtocolViolation,
                     .message = QStringLiteral("The server broke the Socket.IO protocol: %1").arg(what)});
}

} // namespace dialogue::client
