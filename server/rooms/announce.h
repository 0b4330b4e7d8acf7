#pragma once

#include "core/base/error.h"
#include "core/event/eventmessage.h"
#include "core/protocol/dialogue/replies.h"
#include "server/rooms/historypacket.h"

/** The frames of what the server says to clients about rooms (docs/protocol.md, "What the server says"). */
namespace dialogue {

class ConnectedClient;
class Room;

namespace announce {

protocol::RoomInfo infoOf(const Room &room);

FramePtr connected(const ConnectedClient &client);
FramePtr joined(const protocol::Joined &reply);
FramePtr left(const QString &roomId);
FramePtr unsubscribed(const QString &roomId, const QString &eventName);
/** \a list: the JSON of an array of RoomInfo. */
FramePtr rooms(const QByteArray &list);
FramePtr roomCreated(const Room &room);
FramePtr roomDeleted(const QString &roomId);
FramePtr history(const QString &roomId, const HistoryPacket &page);
FramePtr historyResponse(const protocol::HistoryResponse &response, const QList<QByteArray> &attachments);
FramePtr error(const Error &error, const QString &roomId = {});

} // namespace announce
} // namespace dialogue
