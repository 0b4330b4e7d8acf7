#pragma once

#include "server/api/operation.h"
#include "server/rooms/permissions.h"
#include "server/rooms/room.h"
#include "server/rooms/roommanager.h"

namespace dialogue::api {

/** PermissionDenied for a caller that is banned everywhere; a key with `manage` is what lifts bans. */
[[nodiscard]] Result<void> checkBan(const Caller &caller, const RoomManager &rooms);
/** The room, where the caller's key is for it, and it is not banned there; PermissionDenied, RoomNotFound. */
[[nodiscard]] Result<Room *> roomFor(const Caller &caller, const RoomManager &rooms, const QString &roomId);
/** PermissionDenied, unless the key is for all rooms, as what is asked for belongs to none of them. */
[[nodiscard]] Result<void> checkAllRooms(const Caller &caller);

/** As of one that there is none of. */
[[nodiscard]] Error noSuchRoom(const QString &roomId);

/** Whether the key has the scope `manage`, whom no rule of a room binds. */
[[nodiscard]] bool manages(const Caller &caller);
/** Whether the caller may do that in \a room: by its rules, as whose events the key's are. */
[[nodiscard]] bool allows(const Caller &caller, const Room &room, RoomAction action);
/** PermissionDenied; or RoomNotFound, where it may not even see the room. */
[[nodiscard]] Result<void> check(const Caller &caller, const Room &room, RoomAction action,
                                 const QString &event = {});

} // namespace dialogue::api
