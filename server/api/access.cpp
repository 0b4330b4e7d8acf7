#include "server/api/access.h"

#include "core/base/foreigntext.h"
#include "server/rooms/moderation.h"

namespace dialogue::api {

namespace {

Result<void> checkBan(const Caller &caller, const RoomManager &rooms, const QString &roomId)
{
    const Sanctions &sanctions = rooms.services().sanctions;
    const Sanction *const ban = sanctions.find(SanctionKind::Ban, caller.identity.userId, roomId);
    if (!ban || manages(caller))
        return {};
    ++rooms.services().rules.banned;
    return sanctioned(*ban, sanctions);
}

} // namespace

Result<void> checkBan(const Caller &caller, const RoomManager &rooms) { return checkBan(caller, rooms, {}); }

Error noSuchRoom(const QString &roomId)
{
    return {ErrorCode::RoomNotFound, QStringLiteral("There is no room '%1'").arg(roomId)};
}

Result<Room *> roomFor(const Caller &caller, const RoomManager &rooms, const QString &roomId)
{
    if (!caller.identity.grant->reaches(roomId)) {
        return Error{ErrorCode::PermissionDenied,
                     QStringLiteral("Your key is not for the room %1 (key new --room)")
                         .arg(quoted(QStringView(roomId).left(64)))};
    }
    if (auto allowed = checkBan(caller, rooms, roomId); !allowed)
        return allowed.error();
    return rooms.existing(roomId);
}

Result<void> checkAllRooms(const Caller &caller)
{
    // What some pattern reaches that is not everything, "*", has rooms it does not reach.
    if (caller.identity.grant->rooms.contains(QLatin1String("*")))
        return {};
    return Error{ErrorCode::PermissionDenied,
                 QStringLiteral("This is about no single room: it takes a key for all (key new --room '*')")};
}

bool manages(const Caller &caller) { return caller.identity.grant->allows(Grant::Manage); }

bool allows(const Caller &caller, const Room &room, RoomAction action)
{
    return manages(caller) || permissions::allows(caller.identity, room, action);
}

Result<void> check(const Caller &caller, const Room &room, RoomAction action, const QString &event)
{
    if (manages(caller))
        return {};
    auto allowed = permissions::check(caller.identity, room, action, event);
    return allowed || permissions::allows(caller.identity, room, RoomAction::See) ? allowed
                                                                                  : noSuchRoom(room.id());
}

} // namespace dialogue::api
