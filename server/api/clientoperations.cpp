// Who is connected, where, and ending that.
#include "server/api/access.h"
#include "server/api/commonparameters.h"
#include "server/api/operations.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/hubparts.h"

#include <QJsonDocument>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace dialogue::api {

namespace {

struct ListClients
{
    QString roomId = {};
    QString cursor = {};
    int limit = 50;
};

struct OneClient
{
    QString clientId = {};
};

struct OneUser
{
    QString userId = {};
};

/** As far as it is the affair of a key: no more of a client than what it does in the key's rooms. */
QJsonObject jsonOf(const ConnectedClient &client, const Caller &caller)
{
    const Grant &grant = *caller.identity.grant;
    const HandshakeInfo &handshake = client.handshake();
    QStringList rooms = client.rooms();
    rooms.removeIf([&grant](const QString &room) { return !grant.reaches(room); });
    QJsonObject json{{u"id"_s, client.id()},
                     {u"userId"_s, client.userId()},
                     {u"verified"_s, client.isVerified()},
                     {u"rooms"_s, QJsonArray::fromStringList(rooms)},
                     {u"transport"_s, QString::fromLatin1(handshake.transport)}};
    if (!client.roles().isEmpty())
        json.insert(u"roles"_s, QJsonArray::fromStringList(client.roles()));
    if (!handshake.address.isNull() && checkAllRooms(caller))
        json.insert(u"address"_s, handshake.address.toString());
    return json;
}

/** Those after the cursor that come first, by the number each socket has: who comes and goes between two
 * pages changes nothing for the others. */
template <class ForEach>
Result<Reply> pageOf(const Caller &caller, const ListClients &request, ForEach forEach)
{
    bool isCursor = true;
    const SocketId after = request.cursor.isEmpty() ? 0 : request.cursor.toULongLong(&isCursor);
    if (!isCursor)
        return Error{ErrorCode::InvalidRequest, u"must be `next` of another page"_s, u"cursor"_s};
    std::vector<const ConnectedClient *> page;
    const auto isBefore = [](const ConnectedClient *a, const ConnectedClient *b) {
        return ConnectedClientPrivate::of(*a).socket < ConnectedClientPrivate::of(*b).socket;
    };
    // The largest first, to be dropped for a smaller one: no more is kept than is asked for, and one more.
    const std::size_t most = std::size_t(request.limit) + 1;
    forEach([&](const ConnectedClient &client) {
        if (ConnectedClientPrivate::of(client).socket <= after)
            return;
        page.push_back(&client);
        std::push_heap(page.begin(), page.end(), isBefore);
        if (page.size() > most) {
            std::pop_heap(page.begin(), page.end(), isBefore);
            page.pop_back();
        }
    });
    std::sort_heap(page.begin(), page.end(), isBefore);
    const bool hasMore = page.size() == most;
    if (hasMore)
        page.pop_back();
    QJsonArray clients;
    for (const ConnectedClient *const client : page)
        clients.append(jsonOf(*client, caller));
    json::ObjectWriter out;
    out.value("clients"_L1, clients);
    if (hasMore)
        out.string("next"_L1, QString::number(ConnectedClientPrivate::of(*page.back()).socket));
    return Reply{out.take()};
}

Result<Reply> participants(HubParts &parts, const Caller &caller, const ListClients &request)
{
    const Result<Room *> room = roomFor(caller, parts.rooms, request.roomId);
    if (!room)
        return room.error();
    return pageOf(caller, request, [&room](auto visit) {
        const QList<ConnectedClient *> all = (*room)->participants();
        for (const ConnectedClient *const each : all)
            visit(*each);
    });
}

Error gone(const QString &what) { return {ErrorCode::NotFound, what + u" is not connected"_s}; }

Result<ConnectedClient *> clientOf(const HubParts &parts, const Caller &caller, const QString &id)
{
    if (auto allowed = checkAllRooms(caller); !allowed)
        return allowed.error();
    ConnectedClient *const client = parts.clients.findById(id);
    if (!client)
        return gone(u"The client"_s);
    return client;
}

Result<QList<ConnectedClient *>> connectionsOf(const HubParts &parts, const Caller &caller,
                                               const QString &userId)
{
    if (auto allowed = checkAllRooms(caller); !allowed)
        return allowed.error();
    QList<ConnectedClient *> clients = parts.clients.ofUser(userId);
    if (clients.isEmpty())
        return gone(u"The user"_s);
    return clients;
}

Reply userReply(const Caller &caller, const QString &userId, const QList<ConnectedClient *> &connections)
{
    QJsonArray clients;
    for (const ConnectedClient *const each : connections)
        clients.append(jsonOf(*each, caller));
    json::ObjectWriter out;
    out.string("userId"_L1, userId);
    out.value("clients"_L1, clients);
    return Reply{out.take()};
}

Parameters<ListClients> pageParameters()
{
    return {parameter(cursorInQuery(), &ListClients::cursor), parameter(limitInQuery(), &ListClients::limit)};
}

} // namespace

QList<Operation> clientOperations(HubParts &parts)
{
    return {
        operation<ListClients>({u"listParticipants"_s, "GET", "/rooms/:roomId/participants",
                                u"Who is in a room, each connection, whatever its `presence` says."_s,
                                Grant::Manage, 200, u"ClientPage"_s},
                               Parameters<ListClients>{parameter(roomIdInPath(), &ListClients::roomId)}
                                   + pageParameters(),
                               [&parts](const Caller &caller, const ListClients &request, const Done &done) {
                                   done(participants(parts, caller, request));
                               }),
        operation<ListClients>(
            {u"listClients"_s, "GET", "/clients", u"Who is connected, those that came first first."_s,
             Grant::Manage, 200, u"ClientPage"_s},
            pageParameters(),
            [&parts](const Caller &caller, const ListClients &request, const Done &done) {
                if (auto allowed = checkAllRooms(caller); !allowed)
                    return done(allowed.error());
                done(pageOf(caller, request, [&parts](auto visit) { parts.clients.forEach(visit); }));
            }),
        operation<OneClient>(
            {u"getClient"_s, "GET", "/clients/:clientId", u"A connection."_s, Grant::Manage, 200,
             u"Client"_s},
            {parameter(clientIdInPath(), &OneClient::clientId)},
            [&parts](const Caller &caller, const OneClient &request, const Done &done) {
                done(clientOf(parts, caller, request.clientId).transform([&](const ConnectedClient *client) {
                    return Reply{QJsonDocument(jsonOf(*client, caller)).toJson(QJsonDocument::Compact)};
                }));
            }),
        operation<OneClient>(
            {u"disconnectClient"_s, "DELETE", "/clients/:clientId",
             u"Ends a connection; its client does not come back by itself."_s, Grant::Manage, 204},
            {parameter(clientIdInPath(), &OneClient::clientId)},
            [&parts](const Caller &caller, const OneClient &request, const Done &done) {
                done(clientOf(parts, caller, request.clientId).transform([](ConnectedClient *client) {
                    client->disconnect();
                    return Reply();
                }));
            }),
        operation<OneUser>({u"getUser"_s, "GET", "/users/:userId",
                            u"Where a user is, over all of its connections."_s, Grant::Manage, 200,
                            u"User"_s},
                           {parameter(userIdInPath(), &OneUser::userId)},
                           [&parts](const Caller &caller, const OneUser &request, const Done &done) {
                               done(connectionsOf(parts, caller, request.userId)
                                        .transform([&](const QList<ConnectedClient *> &all) {
                                            return userReply(caller, request.userId, all);
                                        }));
                           }),
        operation<OneUser>({u"disconnectUser"_s, "DELETE", "/users/:userId",
                            u"Ends all connections of a user; who is to stay away is banned."_s,
                            Grant::Manage, 204},
                           {parameter(userIdInPath(), &OneUser::userId)},
                           [&parts](const Caller &caller, const OneUser &request, const Done &done) {
                               done(connectionsOf(parts, caller, request.userId)
                                        .transform([](const QList<ConnectedClient *> &all) {
                                            for (ConnectedClient *const each : all)
                                                each->disconnect();
                                            return Reply();
                                        }));
                           }),
    };
}

} // namespace dialogue::api
