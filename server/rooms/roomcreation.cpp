#include "server/rooms/roomcreation.h"

#include "server/rooms/permissions.h"
#include "server/rooms/room_p.h"
#include "server/rules/roomtemplates.h"

namespace dialogue {

namespace {

Result<void> mayCreate(const RoomManager &rooms, const Identity &identity)
{
    if (auto allowed = permissions::checkCreate(rooms, identity); !allowed)
        return allowed;
    const int most = rooms.services().config.roomCreation.maxPerUser;
    if (rooms.index().createdBy(identity.userId) >= most) {
        return Error{ErrorCode::LimitReached,
                     QStringLiteral("You own %1 rooms, which is the limit; delete one first").arg(most)};
    }
    return {};
}

RoomConfig declaredFor(const QString &roomId, const RoomCreationConfig &config)
{
    const RoomTemplate *const fits = templateFor(roomId, config.templates);
    return fits ? fits->room : RoomConfig();
}

} // namespace

Result<RoomConfig> roomToCreate(const RoomManager &rooms, const Identity &identity,
                                const protocol::CreateRoom &request)
{
    if (const auto allowed = mayCreate(rooms, identity); !allowed)
        return allowed.error();
    return declaredRoom(rooms, identity.userId, request);
}

Result<RoomConfig> declaredRoom(const RoomManager &rooms, const QString &userId,
                                const protocol::CreateRoom &request)
{
    const ServerConfig &config = rooms.services().config;
    const int longest = config.limits.eventNameLength;
    for (const auto &[text, member] : {std::pair(&request.id, "id"), std::pair(&request.name, "name")}) {
        if (text->size() > longest) {
            return Error{ErrorCode::InvalidRequest,
                         QStringLiteral("must have at most %1 characters").arg(longest),
                         QString::fromLatin1(member)};
        }
    }
    RoomConfig room = declaredFor(request.id, config.roomCreation);
    const int largest = room.maxSize.value_or(config.roomCreation.maxSize);
    if (request.maxSize.value_or(1) > largest) {
        return Error{ErrorCode::LimitReached, QStringLiteral("must be at most %1 here").arg(largest),
                     QStringLiteral("maxSize")};
    }
    room.id = request.id;
    room.name = request.name;
    if (!request.description.isEmpty())
        room.description = request.description;
    room.maxSize = request.maxSize.value_or(largest);
    room.createdById = userId;
    return room;
}

RoomConfig restoredRoom(const RoomConfig &stored, const RoomCreationConfig &config)
{
    RoomConfig room = declaredFor(stored.id, config);
    room.id = stored.id;
    room.name = stored.name;
    room.description = stored.description;
    if (stored.maxSize)
        room.maxSize = stored.maxSize;
    room.createdById = stored.createdById;
    return room;
}

Result<void> mayDelete(const ConnectedClient &client, const Room &room)
{
    if (permissions::allows(client, room, RoomAction::Delete))
        return {};
    if (!RoomPrivate::of(room).declared().rules.deleteRoom) {
        ++RoomPrivate::of(room).services().rules.deletions;
        return Error{ErrorCode::PermissionDenied,
                     QStringLiteral("Room '%1' is deleted by its owner alone").arg(room.id())};
    }
    return permissions::check(client, room, RoomAction::Delete);
}

} // namespace dialogue
