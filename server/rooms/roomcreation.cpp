#include "server/rooms/roomcreation.h"

#include "server/rooms/room_p.h"

namespace dialogue {

namespace {

Result<void> mayCreate(const RoomManager &rooms, const ConnectedClient &client)
{
    const RoomCreationConfig &rules = rooms.services().config.roomCreation;
    const bool allowed = rules.create == Permission::Anyone
        || (rules.create == Permission::Authenticated && client.isVerified());
    if (!allowed) {
        return Error{
            ErrorCode::PermissionDenied,
            rules.create == Permission::Nobody
                ? QStringLiteral("Rooms are not created by clients here (roomCreation.create: nobody)")
                : QStringLiteral("Only authenticated users create rooms here")};
    }
    if (rooms.index().createdBy(client.userId()) >= rules.maxPerUser) {
        return Error{
            ErrorCode::LimitReached,
            QStringLiteral("You own %1 rooms, which is the limit; delete one first").arg(rules.maxPerUser)};
    }
    return {};
}

} // namespace

Result<RoomConfig> roomToCreate(const RoomManager &rooms, const ConnectedClient &client,
                                const protocol::CreateRoom &request)
{
    if (const auto allowed = mayCreate(rooms, client); !allowed)
        return allowed.error();
    const ServerConfig &config = rooms.services().config;
    const int longest = config.limits.eventNameLength;
    for (const auto &[text, member] : {std::pair(&request.id, "id"), std::pair(&request.name, "name")}) {
        if (text->size() > longest) {
            return Error{ErrorCode::InvalidRequest,
                         QStringLiteral("must have at most %1 characters").arg(longest),
                         QString::fromLatin1(member)};
        }
    }
    const int largest = config.roomCreation.maxSize;
    if (request.maxSize.value_or(1) > largest) {
        return Error{ErrorCode::LimitReached, QStringLiteral("must be at most %1 here").arg(largest),
                     QStringLiteral("maxSize")};
    }
    return RoomConfig{.id = request.id,
                      .name = request.name,
                      .description = request.description,
                      .maxSize = request.maxSize.value_or(largest),
                      .createdById = client.userId()};
}

Result<void> mayDelete(const ConnectedClient &client, const Room &room)
{
    const QString &owner = RoomPrivate::of(room).createdById;
    if (owner.isEmpty() || owner != client.userId()) {
        return Error{ErrorCode::PermissionDenied,
                     QStringLiteral("Room '%1' is deleted by its owner alone").arg(room.id())};
    }
    return {};
}

} // namespace dialogue
