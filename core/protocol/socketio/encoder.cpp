#include "core/protocol/socketio/packet.h"

#include <QJsonObject>

namespace dialogue::socketio {

namespace {

PacketType wireType(const Packet &packet)
{
    const bool binary = !packet.attachments.isEmpty();
    if (packet.isEvent())
        return binary ? PacketType::BinaryEvent : PacketType::Event;
    if (packet.isAck())
        return binary ? PacketType::BinaryAck : PacketType::Ack;
    return packet.type;
}

} // namespace

QByteArray encode(const Packet &packet)
{
    const PacketType type = wireType(packet);
    QByteArray out(1, static_cast<char>(type));
    if (type == PacketType::BinaryEvent || type == PacketType::BinaryAck)
        out += QByteArray::number(packet.attachments.size()) + '-';
    if (packet.nsp != "/") {
        out += packet.nsp;
        out += ',';
    }
    if (packet.id)
        out += QByteArray::number(*packet.id);
    if (!packet.data.isUndefined())
        packet.data.appendTo(out);
    return out;
}

QJsonValue placeholder(int index)
{
    return QJsonObject{{QStringLiteral("_placeholder"), true}, {QStringLiteral("num"), index}};
}

} // namespace dialogue::socketio
