#pragma once

#include "server/api/operation.h"
#include "server/rooms/permissions.h"
#include "server/rooms/room.h"
#include "server/rooms/roommanager.h"

namespace dialogue::api {

/** The room, where the caller's key is for it; PermissionDenied, RoomNotFound. */
[[nodiscard]] Result<Room *> roomFor(const Caller &caller, const RoomManager &rooms, const QString &roomId);
/** PermissionDenied, unless the key is for all rooms, as what is asked for belongs to none of them. */
[[nodiscard]] Result<void> checkAllRooms(const Caller &caller);

/** Whether the key has the scope `manage`, whom no rule of a room binds. */
[[nodiscard]] bool manages(const Caller &caller);
/** Whether the caller may do that in \a room: by its rules, as whose events the key's are. */
[[nodiscard]] bool allows(const Caller &caller, const Room &room, RoomAction action);
[[nodiscard]] Result<void> check(const Caller &caller, const Room &room, RoomAction action,
                                 const QString &event = {});

} // namespace dialogue::api
