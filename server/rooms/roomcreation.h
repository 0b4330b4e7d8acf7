#pragma once

#include "core/protocol/dialogue/requests.h"
#include "server/rooms/roommanager.h"

namespace dialogue {

/** The room that \a client asks for, where it may create one and asks for no more than is allowed. */
Result<RoomConfig> roomToCreate(const RoomManager &rooms, const ConnectedClient &client,
                                const protocol::CreateRoom &request);

/** Who created a room deletes it; nobody deletes a declared one. */
Result<void> mayDelete(const ConnectedClient &client, const Room &room);

} // namespace dialogue
