#include "server/api/access.h"

#include "core/base/foreigntext.h"

namespace dialogue::api {

Result<Room *> roomFor(const Caller &caller, const RoomManager &rooms, const QString &roomId)
{
    if (!caller.identity.grant->reaches(roomId)) {
        return Error{ErrorCode::PermissionDenied,
                     QStringLiteral("Your key is not for the room %1 (key new --room)")
                         .arg(quoted(QStringView(roomId).left(64)))};
    }
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
    return permissions::check(caller.identity, room, action, event);
}

} // namespace dialogue::api
