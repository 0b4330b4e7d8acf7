#pragma once

#include "core/protocol/dialogue/requests.h"
#include "server/rooms/roommanager.h"

namespace dialogue {

/** The room that is asked for, whoever asks: InvalidRequest, LimitReached. */
Result<RoomConfig> declaredRoom(const RoomManager &rooms, const QString &userId,
                                const protocol::CreateRoom &request);
/** The same, where \a identity may create one. */
Result<RoomConfig> roomToCreate(const RoomManager &rooms, const Identity &identity,
                                const protocol::CreateRoom &request);

/** One of an earlier run, of which \a stored says who it is: with what such rooms carry now. */
RoomConfig restoredRoom(const RoomConfig &stored, const RoomCreationConfig &config);

/** PermissionDenied: as the room's rules say, or else to all but who created it. */
Result<void> mayDelete(const ConnectedClient &client, const Room &room);

} // namespace dialogue
