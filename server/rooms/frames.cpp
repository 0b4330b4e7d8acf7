#include "server/rooms/frames.h"

#include "core/protocol/dialogue/names.h"
#include "server/socketio/packetframes.h"

namespace dialogue {

namespace {

QByteArray latestKey(const EventMessage &message, const RoomConfig &room)
{
    QByteArray key = message.event.toUtf8();
    if (!room.latestKey.isEmpty())
        key += '\0' + message.data.toObject().value(room.latestKey).toVariant().toString().toUtf8();
    return key;
}

} // namespace

std::shared_ptr<Frame> eventMessageFrame(const QByteArray &json, const EventMessage &message,
                                         const RoomConfig &room, const FrameStreamPtr &stream)
{
    const auto frame = encodedEventFrame(protocol::names::event, json, message.attachments);
    frame->policy = room.slowReader;
    frame->stream = stream;
    frame->offset = message.offset;
    if (room.slowReader == SlowReaderPolicy::KeepLatest)
        frame->setKey(latestKey(message, room));
    return frame;
}

} // namespace dialogue
