#include "server/rooms/announce.h"

#include "core/json/writer.h"
#include "core/protocol/dialogue/errors.h"
#include "core/protocol/dialogue/names.h"
#include "server/gateway/gateway.h"
#include "server/rooms/connectedclient.h"
#include "server/rooms/room.h"

namespace dialogue::announce {

namespace names = protocol::names;

namespace {

FramePtr frame(QLatin1String event, const QJsonValue &payload)
{
    QByteArray json;
    json::appendValue(json, payload);
    return encodedEventFrame(event, json, {});
}

} // namespace

protocol::RoomInfo infoOf(const Room &room)
{
    const RoomConfig &config = room.config();
    return {.id = config.id,
            .name = config.name,
            .description = config.description,
            .size = room.size(),
            .maxSize = config.maxSize,
            .createdById = config.createdById};
}

FramePtr connected(const ConnectedClient &client)
{
    return frame(names::connected, protocol::Connected{client.id(), client.userId()}.toJson());
}

FramePtr joined(const protocol::Joined &reply) { return frame(names::joined, reply.toJson()); }

FramePtr left(const QString &roomId) { return frame(names::left, protocol::Left{roomId}.toJson()); }

FramePtr rooms(const QList<Room *> &rooms)
{
    protocol::Rooms list;
    for (const Room *room : rooms)
        list.rooms.append(infoOf(*room));
    return frame(names::rooms, list.toJson());
}

FramePtr roomCreated(const Room &room) { return frame(names::roomCreated, infoOf(room).toJson()); }

FramePtr roomDeleted(const QString &roomId)
{
    return frame(names::roomDeleted, protocol::RoomDeleted{roomId}.toJson());
}

FramePtr history(const QString &roomId, const PackedMessages &messages)
{
    return encodedEventFrame(names::history, protocol::History{roomId, messages.events}.toText(),
                             messages.attachments);
}

FramePtr historyResponse(const protocol::HistoryResponse &response, const QList<QByteArray> &attachments)
{
    return encodedEventFrame(names::historyResponse, response.toText(), attachments);
}

FramePtr error(const Error &error, const QString &roomId)
{
    return frame(names::error, protocol::ErrorPayload::of(error, roomId).toJson());
}

} // namespace dialogue::announce
