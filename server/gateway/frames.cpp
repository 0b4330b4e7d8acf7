#include "core/protocol/socketio/packet.h"
#include "server/gateway/gateway.h"

namespace dialogue {

namespace {

FramePtr frameOf(const socketio::Packet &packet)
{
    return Frame::create('4' + socketio::encode(packet), packet.attachments);
}

} // namespace

QByteArray reasonName(DisconnectReason reason)
{
    switch (reason) {
    case DisconnectReason::ClientDisconnect:
        return "client namespace disconnect";
    case DisconnectReason::TransportClosed:
        return "transport close";
    case DisconnectReason::PingTimeout:
        return "ping timeout";
    case DisconnectReason::ProtocolError:
        return "parse error";
    case DisconnectReason::PayloadTooLarge:
        return "payload too large";
    case DisconnectReason::SlowReader:
        return "slow reader";
    case DisconnectReason::ServerDisconnect:
        return "server namespace disconnect";
    case DisconnectReason::ServerShutdown:
        return "server shutting down";
    }
    return {};
}

FramePtr eventFrame(const QByteArray &nsp, const QString &name, const QJsonArray &args,
                    const QList<QByteArray> &attachments)
{
    QJsonArray data = args;
    data.prepend(name);
    return frameOf({.type = socketio::PacketType::Event,
                    .nsp = nsp,
                    .id = {},
                    .data = data,
                    .attachments = attachments});
}

std::shared_ptr<Frame> encodedEventFrame(QLatin1StringView name, QByteArrayView json,
                                         const QList<QByteArray> &attachments)
{
    QByteArray text;
    text.reserve(json.size() + name.size() + 32);
    if (attachments.isEmpty())
        text += "42[\"";
    else
        text += "45" + QByteArray::number(attachments.size()) + "-[\"";
    text.append(name.data(), name.size()).append("\",").append(json).append(']');
    return Frame::create(text, attachments);
}

FramePtr ackFrame(const QByteArray &nsp, quint64 ackId, const QJsonArray &args,
                  const QList<QByteArray> &attachments)
{
    return frameOf({.type = socketio::PacketType::Ack,
                    .nsp = nsp,
                    .id = ackId,
                    .data = args,
                    .attachments = attachments});
}

FramePtr encodedAckFrame(quint64 ackId, QByteArrayView json)
{
    QByteArray text;
    text.reserve(json.size() + 32);
    text.append("43").append(QByteArray::number(ackId)).append('[').append(json).append(']');
    return Frame::create(text);
}

} // namespace dialogue
