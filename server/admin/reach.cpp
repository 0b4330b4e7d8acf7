#include "server/admin/reach.h"

#include "server/rooms/hubparts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

QString textAt(const QList<api::ParameterInfo> &parameters, const api::Values &values, QLatin1StringView name)
{
    for (qsizetype i = 0; i < parameters.size(); ++i) {
        if (parameters[i].name == name && values[std::size_t(i)])
            return values[std::size_t(i)]->toString();
    }
    return {};
}

} // namespace

Result<qint64> reachOf(const HubParts &parts, const Account &account, const QString &action,
                       const QList<api::ParameterInfo> &parameters, const api::Values &values)
{
    const QString roomId = textAt(parameters, values, "roomId"_L1);
    const QString userId = textAt(parameters, values, "userId"_L1);
    const QString clientId = textAt(parameters, values, "clientId"_L1);
    const Room *const room = parts.rooms.find(roomId);
    if (!roomId.isEmpty() && !account.reaches(roomId)) {
        return Error{ErrorCode::PermissionDenied,
                     u"The account '%1' is not for this room"_s.arg(account.name), u"roomId"_s};
    }
    if (action == u"createRoom" && !account.reaches(textAt(parameters, values, "id"_L1))) {
        return Error{ErrorCode::PermissionDenied,
                     u"The account '%1' is not for this room"_s.arg(account.name), u"id"_s};
    }
    const bool isOfARoom = action == u"createRoom" || (!roomId.isEmpty() && action != u"addParticipant");
    if (!isOfARoom && !account.reachesAll()) {
        return Error{ErrorCode::PermissionDenied,
                     u"This is about no single room; the account '%1' is for some"_s.arg(account.name)};
    }
    if (!roomId.isEmpty() && !room && !action.startsWith(u"lift"))
        return Error{ErrorCode::RoomNotFound, u"There is no room '%1'"_s.arg(roomId), u"roomId"_s};
    // Of who is elsewhere, an account of this room learns nothing.
    const auto isConcerned = [&](const ConnectedClient *client) {
        return client && (!room || action == u"addParticipant" || room->contains(client));
    };
    if (!clientId.isEmpty())
        return isConcerned(parts.clients.findById(clientId)) ? 1 : 0;
    if (!userId.isEmpty()) {
        const QList<ConnectedClient *> connections = parts.clients.ofUser(userId);
        return qint64(std::count_if(connections.begin(), connections.end(), isConcerned));
    }
    if (room && action != u"updateRoom")
        return room->size();
    if (action == u"broadcast" || action == u"drain")
        return parts.clients.count();
    return 1;
}

} // namespace dialogue::admin
