// Rooms: which there are, and making, changing and deleting them.
#include "server/api/access.h"
#include "server/api/commonparameters.h"
#include "server/api/operations.h"
#include "server/rooms/announce.h"
#include "server/rooms/hubparts.h"
#include "server/rooms/roomcreation.h"
#include "server/rooms/roomlist.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace dialogue::api {

namespace {

struct ListRooms
{
    QString cursor = {};
    int limit = 50;
};

struct OneRoom
{
    QString roomId = {};
};

struct CreateRoom
{
    QString id = {};
    QString name = {};
    QString description = {};
    std::optional<int> maxSize = {};
};

struct UpdateRoom
{
    QString roomId = {};
    std::optional<QString> name = {};
    std::optional<QString> description = {};
    std::optional<int> maxSize = {};
};

QByteArray jsonOf(const Room &room)
{
    json::ObjectWriter out = announce::infoOf(room).write();
    out.string("epoch"_L1, QString::fromLatin1(room.epoch()));
    out.number("offset"_L1, qint64(room.offset()));
    QJsonArray events;
    const QList<EventDefinition> definitions = room.config().events;
    for (const EventDefinition &event : definitions)
        events.append(event.name);
    out.value("events"_L1, events);
    return out.take();
}

ParameterInfo nameOfRoom(bool isRequired, int longest)
{
    return {.name = u"name"_s,
            .doc = u"What people see."_s,
            .isRequired = isRequired,
            .least = 1,
            .most = longest};
}
const ParameterInfo Description{
    .name = u"description"_s, .doc = u"What the room is for."_s, .most = protocol::MaxDescriptionLength};
const ParameterInfo MaxSize{.name = u"maxSize"_s,
                            .type = ValueType::Number,
                            .doc = u"Participants at most."_s,
                            .least = 1,
                            .most = 1'000'000'000};

Result<Reply> list(const RoomManager &rooms, const Caller &caller, const ListRooms &request)
{
    const ListRoomsConfig pages{.page = request.limit, .maxPage = LargestPage};
    const RoomList page = dialogue::listRooms(
        rooms.index(), {.after = request.cursor, .limit = request.limit}, pages,
        rooms.services().largestPage().bytes, [&caller](const Room &room) {
            return caller.identity.grant->reaches(room.id()) && allows(caller, room, RoomAction::See);
        });
    json::ObjectWriter out;
    out.text("rooms"_L1, page.rooms);
    if (!page.next.isEmpty())
        out.string("next"_L1, page.next);
    return Reply{out.take()};
}

Result<Room *> visibleRoom(const RoomManager &rooms, const Caller &caller, const QString &roomId)
{
    const Result<Room *> room = roomFor(caller, rooms, roomId);
    if (room && !allows(caller, **room, RoomAction::See))
        return noSuchRoom(roomId);
    return room;
}

Result<Reply> create(RoomManager &rooms, const Caller &caller, const CreateRoom &request)
{
    if (const auto mine = roomFor(caller, rooms, request.id);
        !mine && mine.error().code != ErrorCode::RoomNotFound)
        return mine.error();
    // In an address they would stand for another place (RFC 3986, section 5.2.4).
    if (request.id == u"." || request.id == u"..")
        return Error{ErrorCode::InvalidRequest, u"must not be \".\" or \"..\""_s, u"id"_s};
    const protocol::CreateRoom asked{.id = request.id,
                                     .name = request.name,
                                     .description = request.description,
                                     .maxSize = request.maxSize};
    const Result<RoomConfig> config = manages(caller) ? declaredRoom(rooms, caller.identity.userId, asked)
                                                      : roomToCreate(rooms, caller.identity, asked);
    if (!config)
        return config.error();
    const Result<Room *> room = rooms.create(*config);
    if (!room)
        return room.error();
    return Reply{jsonOf(**room), "/rooms/" + QUrl::toPercentEncoding(request.id)};
}

Result<Reply> update(RoomManager &rooms, const Caller &caller, const UpdateRoom &request)
{
    const Result<Room *> room = roomFor(caller, rooms, request.roomId);
    if (!room)
        return room.error();
    RoomConfig config = (*room)->config();
    config.name = request.name.value_or(config.name);
    config.description = request.description.value_or(config.description);
    if (request.maxSize)
        config.maxSize = request.maxSize;
    if (auto updated = rooms.update(config); !updated)
        return updated.error();
    const Result<Room *> still = rooms.existing(request.roomId); // Who heard of it may have deleted it.
    return still.transform([](const Room *now) { return Reply{jsonOf(*now)}; });
}

Result<Reply> remove(RoomManager &rooms, const Caller &caller, const OneRoom &request)
{
    const Result<Room *> room = roomFor(caller, rooms, request.roomId);
    if (!room)
        return room.error();
    if (auto allowed = check(caller, **room, RoomAction::Delete); !allowed)
        return allowed.error();
    if (auto removed = rooms.remove(request.roomId); !removed)
        return removed.error();
    return Reply();
}

} // namespace

QList<Operation> roomOperations(HubParts &parts)
{
    RoomManager &rooms = parts.rooms;
    const int longest = rooms.services().config.limits.eventNameLength;
    return {
        operation<ListRooms>(
            {u"listRooms"_s, "GET", "/rooms", u"The rooms, in the order of their ids."_s, Grant::See, 200,
             u"RoomPage"_s},
            {parameter(cursorInQuery(), &ListRooms::cursor), parameter(limitInQuery(), &ListRooms::limit)},
            [&rooms](const Caller &caller, const ListRooms &request, const Done &done) {
                done(list(rooms, caller, request));
            }),
        operation<CreateRoom>(
            {u"createRoom"_s, "POST", "/rooms",
             u"Makes a room, with what roomCreation says that such rooms carry; it stays until it is deleted."_s,
             Grant::Create, 201, u"Room"_s},
            {parameter({.name = u"id"_s,
                        .doc = u"Its id."_s,
                        .isRequired = true,
                        .least = 1,
                        .most = longest,
                        .isId = true},
                       &CreateRoom::id),
             parameter(nameOfRoom(true, longest), &CreateRoom::name),
             parameter(Description, &CreateRoom::description), parameter(MaxSize, &CreateRoom::maxSize)},
            [&rooms](const Caller &caller, const CreateRoom &request, const Done &done) {
                done(create(rooms, caller, request));
            }),
        operation<OneRoom>(
            {u"getRoom"_s, "GET", "/rooms/:roomId", u"A room as it is now."_s, Grant::See, 200, u"Room"_s},
            {parameter(roomIdInPath(), &OneRoom::roomId)},
            [&rooms](const Caller &caller, const OneRoom &request, const Done &done) {
                done(visibleRoom(rooms, caller, request.roomId).transform([](const Room *room) {
                    return Reply{jsonOf(*room)};
                }));
            }),
        operation<UpdateRoom>({u"updateRoom"_s, "PATCH", "/rooms/:roomId",
                               u"Changes what is given of a room, and leaves the rest as it is."_s,
                               Grant::Manage, 200, u"Room"_s},
                              {parameter(roomIdInPath(), &UpdateRoom::roomId),
                               parameter(nameOfRoom(false, longest), &UpdateRoom::name),
                               parameter(Description, &UpdateRoom::description),
                               parameter(MaxSize, &UpdateRoom::maxSize)},
                              [&rooms](const Caller &caller, const UpdateRoom &request, const Done &done) {
                                  done(update(rooms, caller, request));
                              }),
        operation<OneRoom>({u"deleteRoom"_s, "DELETE", "/rooms/:roomId",
                            u"Deletes a room; who is in it is told, and leaves."_s, Grant::Delete, 204},
                           {parameter(roomIdInPath(), &OneRoom::roomId)},
                           [&rooms](const Caller &caller, const OneRoom &request, const Done &done) {
                               done(remove(rooms, caller, request));
                           }),
    };
}

} // namespace dialogue::api
