#include "server/rooms/frames.h"

#include "core/protocol/dialogue/eventmessage.h"
#include "core/protocol/dialogue/names.h"
#include "server/gateway/gateway.h"

namespace dialogue {

namespace {

/** Placeholders nested deeper than this came from nobody: parsing bounds the depth of JSON far below. */
QJsonValue shiftPlaceholders(const QJsonValue &value, int by)
{
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        for (auto element : array)
            element = shiftPlaceholders(element, by);
        return array;
    }
    if (!value.isObject())
        return value;
    QJsonObject object = value.toObject();
    if (object.value(QLatin1String("_placeholder")).toBool()) {
        object[QLatin1String("num")] = object.value(QLatin1String("num")).toInt() + by;
        return object;
    }
    for (auto it = object.begin(); it != object.end(); ++it)
        it.value() = shiftPlaceholders(it.value(), by);
    return object;
}

QByteArray latestKey(const EventMessage &message, const RoomConfig &room)
{
    QByteArray key = message.event.toUtf8();
    if (!room.latestKey.isEmpty())
        key += '\0' + message.data.toObject().value(room.latestKey).toVariant().toString().toUtf8();
    return key;
}

} // namespace

FramePtr eventMessageFrame(const QByteArray &json, const EventMessage &message, const RoomConfig &room,
                           quint64 stream)
{
    const auto frame = encodedEventFrame(protocol::names::event, json, message.attachments);
    frame->policy = room.slowReader;
    frame->stream = stream;
    if (room.slowReader == SlowReaderPolicy::KeepLatest)
        frame->key = latestKey(message, room);
    return frame;
}

PackedMessages packMessages(const QList<EventMessage> &messages, const PacketLimits &limits)
{
    PackedMessages packed;
    qint64 size = 0;
    for (const EventMessage &message : messages) {
        size += protocol::encodeEventMessage(message).size();
        for (const QByteArray &attachment : message.attachments)
            size += attachment.size();
        const bool fits = size <= limits.bytes
            && packed.attachments.size() + message.attachments.size() <= limits.attachments;
        if (!fits && !packed.events.isEmpty())
            break;
        QJsonValue envelope = protocol::toJson(message);
        if (!message.attachments.isEmpty() && !packed.attachments.isEmpty())
            envelope = shiftPlaceholders(envelope, static_cast<int>(packed.attachments.size()));
        packed.events.append(envelope);
        packed.attachments.append(message.attachments);
    }
    return packed;
}

} // namespace dialogue
