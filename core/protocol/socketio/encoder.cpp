#include "core/protocol/socketio/packet.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace dialogue::socketio {

namespace {

QByteArray compact(const QJsonValue &value)
{
    if (value.isArray())
        return QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact);
    if (value.isObject())
        return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    // QJsonDocument has no scalars: print one inside an array and take the brackets off.
    const QByteArray wrapped = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return wrapped.sliced(1, wrapped.size() - 2);
}

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
        out += compact(packet.data);
    return out;
}

QJsonValue placeholder(int index)
{
    return QJsonObject{{QStringLiteral("_placeholder"), true}, {QStringLiteral("num"), index}};
}

} // namespace dialogue::socketio
