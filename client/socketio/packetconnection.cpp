#include "client/socketio/packetconnection.h"

#include "core/json/cursor.h"

namespace dialogue::client {

PacketConnection::PacketConnection(const ClientConfig &config, Network network, QObject *parent)
    : QObject(parent)
    , m_engine(config, std::move(network))
    , m_decoder(config.limits.attachments, json::MaxWrappedDepth)
{
    connect(&m_engine, &EngineClient::opened, this, &PacketConnection::opened);
    connect(&m_engine, &EngineClient::textReceived, this, [this](const QByteArray &text) {
        m_packetBytes = text.size();
        received(m_decoder.text(text));
    });
    connect(&m_engine, &EngineClient::binaryReceived, this, [this](const QByteArray &data) {
        m_packetBytes += data.size();
        received(m_decoder.binary(data));
    });
    connect(&m_engine, &EngineClient::closed, this, &PacketConnection::closed);
}

void PacketConnection::open(const std::optional<QNetworkProxy> &proxy) { m_engine.open(proxy); }

void PacketConnection::send(const socketio::Packet &packet)
{
    m_engine.sendText(socketio::encode(packet));
    for (const QByteArray &attachment : packet.attachments)
        m_engine.sendBinary(attachment);
}

Result<void> PacketConnection::fits(const EventSize &size) const
{
    const qint64 largest = size.largestMessage(transport());
    if (largest <= maxPayload())
        return {};
    return Error{
        ErrorCode::PayloadTooLarge,
        QStringLiteral("The message has %1 bytes, the server takes %2").arg(largest).arg(maxPayload())};
}

void PacketConnection::close() { m_engine.close(); }

void PacketConnection::violation(const QString &what)
{
    m_engine.reject({.code = ErrorCode::ProtocolViolation,
                     .message = QStringLiteral("The server broke the Socket.IO protocol: %1").arg(what)});
}

void PacketConnection::received(const Result<std::optional<socketio::Packet>> &packet)
{
    if (!packet)
        return violation(packet.error().text());
    if (!packet->has_value())
        return;
    const socketio::Packet &complete = **packet;
    if (complete.fault.isEmpty())
        Q_EMIT packetReceived(complete);
    else
        violation(complete.fault);
}

} // namespace dialogue::client
