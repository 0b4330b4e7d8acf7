// Who is in a room, changed by who manages it.
#include "server/api/access.h"
#include "server/api/commonparameters.h"
#include "server/api/operations.h"
#include "server/rooms/hubparts.h"

using namespace Qt::StringLiterals;

namespace dialogue::api {

namespace {

struct Membership
{
    QString roomId = {};
    QString clientId = {};
};

void addParticipant(HubParts &parts, const Caller &caller, const Membership &request, const Done &done)
{
    // It is another's connection, which a key for some rooms has nothing to do with.
    if (auto allowed = checkAllRooms(caller); !allowed)
        return done(allowed.error());
    if (const Result<Room *> room = roomFor(caller, parts.rooms, request.roomId); !room)
        return done(room.error());
    ConnectedClient *const client = parts.clients.findById(request.clientId);
    if (!client)
        return done(Error{ErrorCode::NotFound, u"The client is not connected"_s});
    const auto say
        = [done](const Result<void> &joined) { done(joined ? Result<Reply>(Reply()) : joined.error()); };
    const Answer<void> joined = client->join(request.roomId);
    if (joined.isReady())
        return say(joined.result());
    joined.then(&parts.hub, say);
}

Result<Reply> removeParticipant(HubParts &parts, const Caller &caller, const Membership &request)
{
    const Result<Room *> room = roomFor(caller, parts.rooms, request.roomId);
    if (!room)
        return room.error();
    ConnectedClient *const client = parts.clients.findById(request.clientId);
    // To who is not for all rooms there is nobody elsewhere, connected or not.
    if (!client || !(*room)->contains(client))
        return Error{ErrorCode::NotFound, u"The client is not in the room"_s};
    if (auto left = client->leave(request.roomId); !left)
        return left.error();
    return Reply();
}

Parameters<Membership> parametersOfMembership()
{
    return {parameter(roomIdInPath(), &Membership::roomId),
            parameter(clientIdInPath(), &Membership::clientId)};
}

} // namespace

QList<Operation> membershipOperations(HubParts &parts)
{
    const QByteArray path = "/rooms/:roomId/participants/:clientId";
    return {
        operation<Membership>({u"addParticipant"_s, "PUT", path,
                               u"Has a client join a room, as the application may: the hooks are asked."_s,
                               Grant::Manage, 204},
                              parametersOfMembership(),
                              [&parts](const Caller &caller, const Membership &request, const Done &done) {
                                  addParticipant(parts, caller, request, done);
                              }),
        operation<Membership>({u"removeParticipant"_s, "DELETE", path,
                               u"Has a client leave a room; who is to stay out is banned."_s, Grant::Manage,
                               204},
                              parametersOfMembership(),
                              [&parts](const Caller &caller, const Membership &request, const Done &done) {
                                  done(removeParticipant(parts, caller, request));
                              }),
    };
}

} // namespace dialogue::api
