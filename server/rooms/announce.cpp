#include "server/rooms/announce.h"

#include "core/protocol/dialogue/errors.h"
#include "core/protocol/dialogue/names.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/expiries.h"
#include "server/rooms/room_p.h"
#include "server/socketio/packetframes.h"

namespace dialogue::announce {

namespace names = protocol::names;

namespace {

FramePtr frame(QLatin1String event, json::ObjectWriter &&payload)
{
    return encodedEventFrame(event, payload.take(), {});
}

} // namespace

protocol::RoomInfo infoOf(const Room &room)
{
    const RoomPrivate &priv = RoomPrivate::of(room);
    return {.id = priv.id,
            .name = priv.texts.name(),
            .description = priv.texts.description(),
            .size = room.size(),
            .maxSize = priv.declared().maxSize,
            .createdById = priv.createdById,
            .presence = priv.declared().presence};
}

FramePtr connected(const ConnectedClient &client)
{
    return frame(
        names::connected,
        protocol::Connected{.clientId = client.id(),
                            .userId = client.userId(),
                            .expiresIn = Expiries::timeLeft(ConnectedClientPrivate::of(client).identity)}
            .write());
}

FramePtr joined(const protocol::Joined &reply) { return frame(names::joined, reply.write()); }

FramePtr left(const QString &roomId) { return frame(names::left, protocol::Left{roomId}.write()); }

FramePtr unsubscribed(const QString &roomId, const QString &eventName)
{
    return frame(names::unsubscribed, protocol::Unsubscribed{roomId, eventName}.write());
}

FramePtr rooms(const QByteArray &list) { return encodedEventFrame(names::rooms, list, {}); }

FramePtr roomCreated(const Room &room) { return frame(names::roomCreated, infoOf(room).write()); }

FramePtr roomDeleted(const QString &roomId)
{
    return frame(names::roomDeleted, protocol::RoomDeleted{roomId}.write());
}

FramePtr history(const QString &roomId, const HistoryPacket &page)
{
    return encodedEventFrame(names::history, protocol::History{roomId, page.events()}.write().take(),
                             page.attachments());
}

FramePtr historyResponse(const protocol::HistoryResponse &response, const QList<QByteArray> &attachments)
{
    return encodedEventFrame(names::historyResponse, response.write().take(), attachments);
}

FramePtr error(const Error &error, const QString &roomId)
{
    return frame(names::error, protocol::ErrorPayload::of(error, roomId).write());
}

} // namespace dialogue::announce
