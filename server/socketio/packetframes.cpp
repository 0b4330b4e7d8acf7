#include "server/socketio/packetframes.h"

#include "core/base/digits.h"
#include "core/protocol/socketio/packet.h"

namespace dialogue {

namespace {

std::shared_ptr<Frame> frameOf(const socketio::Packet &packet)
{
    return Frame::create({"4", socketio::encode(packet)}, packet.attachments);
}

} // namespace

std::shared_ptr<Frame> eventFrame(const QByteArray &nsp, const QString &name, const QJsonArray &args,
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

FramePtr eventFrame(const QByteArray &nsp, const QString &name, const QJsonValue &data, bool isVolatile)
{
    const auto frame = eventFrame(nsp, name, data.isUndefined() ? QJsonArray() : QJsonArray{data});
    frame->isVolatile = isVolatile;
    return frame;
}

FramePtr requestFrame(const QByteArray &nsp, quint64 ackId, const QString &name, const QJsonArray &args)
{
    QJsonArray data = args;
    data.prepend(name);
    return frameOf({.type = socketio::PacketType::Event, .nsp = nsp, .id = ackId, .data = data});
}

std::shared_ptr<Frame> encodedEventFrame(QLatin1StringView name, QByteArrayView json,
                                         const QList<QByteArray> &attachments)
{
    if (attachments.isEmpty())
        return Frame::create({"42[\"", name, "\",", json, "]"});
    return Frame::create({"45", Digits(attachments.size()), "-[\"", name, "\",", json, "]"}, attachments);
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
    return Frame::create({"43", Digits(ackId), "[", json, "]"});
}

std::shared_ptr<Frame> encodedEventFrameIn(QByteArrayView nsp, QLatin1StringView name, QByteArrayView json,
                                           const QList<QByteArray> &attachments)
{
    if (attachments.isEmpty())
        return Frame::create({"42", nsp, ",[\"", name, "\",", json, "]"});
    return Frame::create({"45", Digits(attachments.size()), "-", nsp, ",[\"", name, "\",", json, "]"},
                         attachments);
}

FramePtr encodedAckFrameIn(QByteArrayView nsp, quint64 ackId, QByteArrayView json)
{
    return Frame::create({"43", nsp, ",", Digits(ackId), "[", json, "]"});
}

} // namespace dialogue
