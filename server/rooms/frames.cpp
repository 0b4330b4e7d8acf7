#include "server/rooms/frames.h"

#include "core/protocol/dialogue/eventmessage.h"
#include "core/protocol/dialogue/names.h"
#include "server/socketio/packetframes.h"

namespace dialogue {

namespace {

/** Recurses as deep as \a value is nested, which parsing has bounded (json::maxDepth). */
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

/** \a message as it stands behind \a by attachments of others. */
EventMessage shifted(const EventMessage &message, int by)
{
    EventMessage result = message;
    if (by > 0 && !message.attachments.isEmpty()) {
        result.data = shiftPlaceholders(message.data, by);
        result.meta = shiftPlaceholders(message.meta, by).toObject();
    }
    return result;
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
                           const FrameStreamPtr &stream)
{
    const auto frame = encodedEventFrame(protocol::names::event, json, message.attachments);
    frame->policy = room.slowReader;
    frame->stream = stream;
    frame->offset = message.offset;
    if (room.slowReader == SlowReaderPolicy::KeepLatest)
        frame->setKey(latestKey(message, room));
    return frame;
}

PackedMessages packMessages(const QList<EventMessage> &messages, const PacketLimits &limits)
{
    PackedMessages packed;
    QByteArray text = "[";
    qint64 size = 0;
    for (const EventMessage &message : messages) {
        const QByteArray envelope
            = protocol::encodeEventMessage(shifted(message, static_cast<int>(packed.attachments.size())));
        size += envelope.size();
        for (const QByteArray &attachment : message.attachments)
            size += attachment.size();
        const bool fits = size <= limits.bytes
            && packed.attachments.size() + message.attachments.size() <= limits.attachments;
        if (!fits && packed.count > 0)
            break;
        if (packed.count++ > 0)
            text += ',';
        text += envelope;
        packed.attachments.append(message.attachments);
    }
    packed.events = JsonData::fromText(text + ']');
    return packed;
}

} // namespace dialogue
