// What is not to be read any more of what was said.
#include "server/api/access.h"
#include "server/api/commonparameters.h"
#include "server/api/operations.h"
#include "server/rooms/hubparts.h"

using namespace Qt::StringLiterals;

namespace dialogue::api {

namespace {

struct Erase
{
    QString roomId = {};
    qint64 offset = 0;
    QString userId = {};
    bool isDryRun = false;
};

constexpr qint64 LargestOffset = (qint64(1) << 36) - 1; // A store has room for no more.

/** Of a room, a key for it, though the room be gone and but its store have it; of all, one for all. */
Result<void> mayErase(const HubParts &parts, const Caller &caller, const QString &roomId)
{
    if (roomId.isEmpty())
        return checkAllRooms(caller);
    const Result<Room *> room = roomFor(caller, parts.rooms, roomId);
    return room || room.error().code == ErrorCode::RoomNotFound ? Result<void>() : room.error();
}

Result<Reply> replyOf(const Erase &request, const ErasedEvents &erased)
{
    if (request.offset > 0 && erased == ErasedEvents())
        return Error{ErrorCode::NotFound, u"There is no such event, or it was erased"_s};
    json::ObjectWriter out;
    out.number("inMemory"_L1, erased.inMemory);
    out.number("stored"_L1, erased.stored);
    if (request.isDryRun)
        out.boolean("dryRun"_L1, true);
    return Reply{out.take()};
}

void erase(HubParts &parts, const Caller &caller, const Erase &request, const Done &done)
{
    if (auto allowed = mayErase(parts, caller, request.roomId); !allowed)
        return done(allowed.error());
    const Answer<ErasedEvents> erased = parts.rooms.erase({.roomId = request.roomId,
                                                           .offset = static_cast<quint64>(request.offset),
                                                           .user = request.userId,
                                                           .onlyCounts = request.isDryRun});
    erased.then(&parts.rooms, [done, request](const Result<ErasedEvents> &result) {
        done(result ? replyOf(request, *result) : result.error());
    });
}

ParameterInfo dryRun()
{
    return {.name = u"dryRun"_s,
            .place = Place::Query,
            .type = ValueType::Flag,
            .doc = u"Says how many there are, and erases none."_s};
}

} // namespace

QList<Operation> erasingOperations(HubParts &parts)
{
    ParameterInfo room = roomIdInPath();
    room.place = Place::Query;
    room.isRequired = false;
    room.doc = u"What was said in this room alone; left out: in all."_s;
    const auto handler = [&parts](const Caller &caller, const Erase &request, const Done &done) {
        erase(parts, caller, request, done);
    };
    return {
        operation<Erase>({u"eraseEvent"_s, "DELETE", "/rooms/:roomId/events/:offset",
                          u"Overwrites what an event says, in memory and in the store; its place stays."_s,
                          Grant::Manage, 200, u"Erased"_s},
                         {parameter(roomIdInPath(), &Erase::roomId),
                          parameter({.name = u"offset"_s,
                                     .place = Place::Path,
                                     .type = ValueType::Number,
                                     .doc = u"Of the event, in the room's log."_s,
                                     .isRequired = true,
                                     .least = 1,
                                     .most = LargestOffset},
                                    &Erase::offset),
                          parameter(dryRun(), &Erase::isDryRun)},
                         handler),
        operation<Erase>({u"eraseUser"_s, "DELETE", "/users/:userId/events",
                          u"Overwrites all that a user has said by now, in memory and in the store."_s,
                          Grant::Manage, 200, u"Erased"_s},
                         {parameter(userIdInPath(), &Erase::userId), parameter(room, &Erase::roomId),
                          parameter(dryRun(), &Erase::isDryRun)},
                         handler),
    };
}

} // namespace dialogue::api
