// Who is to be kept away, or silent.
#include "server/api/access.h"
#include "server/api/commonparameters.h"
#include "server/api/operations.h"
#include "server/rooms/hubparts.h"
#include "server/rules/sanctionnames.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace dialogue::api {

namespace {

struct Impose
{
    QString userId = {};
    QString roomId = {};
    QString reason = {};
    std::optional<qint64> duration = {};
};

struct ListSanctions
{
    QString cursor = {};
    int limit = 50;
};

// Of one turn of the hub, and of one answer: a page with fewer than asked for says where the next begins.
constexpr int MostSanctionsVisited = 10'000;
constexpr qint64 MostBytes = 256 * 1024;

constexpr qint64 Longest = 100LL * 365 * 24 * 60 * 60 * 1000; // A hundred years, as who bans is told.

/** Of a room, a key for it; of the server, one for all. The room may be gone: then there is something to
 * lift. */
Result<void> mayLift(const HubParts &parts, const Caller &caller, const QString &roomId)
{
    if (roomId.isEmpty())
        return checkAllRooms(caller);
    const Result<Room *> room = roomFor(caller, parts.rooms, roomId);
    return room || room.error().code == ErrorCode::RoomNotFound ? Result<void>() : room.error();
}

Result<void> mayImpose(const HubParts &parts, const Caller &caller, const QString &roomId)
{
    if (auto allowed = mayLift(parts, caller, roomId); !allowed || roomId.isEmpty())
        return allowed;
    return parts.rooms.find(roomId) ? Result<void>() : noSuchRoom(roomId);
}

QJsonObject jsonOf(const Sanction &sanction)
{
    QJsonObject json{{u"kind"_s, nameOf(sanction.kind)}, {u"userId"_s, sanction.userId}};
    if (!sanction.roomId.isEmpty())
        json.insert(u"roomId"_s, sanction.roomId);
    if (!sanction.reason.isEmpty())
        json.insert(u"reason"_s, sanction.reason);
    if (sanction.until)
        json.insert(u"until"_s, millisecondsOf(*sanction.until));
    return json;
}

QString cursorOf(const Sanctions::Place &place)
{
    const QJsonArray parts{place.userId, nameOf(place.kind), place.roomId};
    return QString::fromLatin1(
        QJsonDocument(parts).toJson(QJsonDocument::Compact).toBase64(QByteArray::Base64UrlEncoding));
}

Result<Sanctions::Place> placeAt(const QString &cursor)
{
    const auto bytes = QByteArray::fromBase64Encoding(cursor.toLatin1(), QByteArray::Base64UrlEncoding);
    const QJsonArray parts = QJsonDocument::fromJson(*bytes).array();
    const auto kind = sanctionKindOf(parts.at(1).toString());
    const bool isGood
        = bytes && parts.size() == 3 && parts.at(0).isString() && parts.at(2).isString() && kind;
    if (!isGood)
        return Error{ErrorCode::InvalidRequest, u"must be `next` of another page"_s, u"cursor"_s};
    return Sanctions::Place{
        .userId = parts.at(0).toString(), .kind = *kind, .roomId = parts.at(2).toString()};
}

/** A key is for those of its rooms, and for those of everywhere, if it is for all. */
bool isFor(const Grant &grant, const Sanction &sanction)
{
    return sanction.roomId.isEmpty() ? grant.rooms.contains("*"_L1) : grant.reaches(sanction.roomId);
}

Result<Reply> pageOf(const HubParts &parts, const Caller &caller, const ListSanctions &request)
{
    std::optional<Sanctions::Place> last;
    if (!request.cursor.isEmpty()) {
        auto place = placeAt(request.cursor);
        if (!place)
            return place.error();
        last = *std::move(place);
    }
    QJsonArray page;
    int visited = 0;
    qint64 bytes = 0;
    bool hasMore = false;
    parts.sanctions.forEachAfter(last, [&](const Sanction &each) {
        hasMore = visited == MostSanctionsVisited || page.size() == request.limit || bytes >= MostBytes;
        if (hasMore)
            return false;
        ++visited;
        last = Sanctions::placeOf(each);
        if (parts.sanctions.holds(each) && isFor(*caller.identity.grant, each)) {
            // In JSON a character may be six bytes.
            bytes += 6 * (each.userId.size() + each.roomId.size() + each.reason.size()) + 100;
            page.append(jsonOf(each));
        }
        return true;
    });
    json::ObjectWriter out;
    out.value("sanctions"_L1, page);
    if (hasMore)
        out.string("next"_L1, cursorOf(*last));
    return Reply{out.take()};
}

Result<Reply> impose(HubParts &parts, const Caller &caller, SanctionKind kind, const Impose &request)
{
    if (auto allowed = mayImpose(parts, caller, request.roomId); !allowed)
        return allowed.error();
    SanctionOptions options{.roomId = request.roomId, .reason = request.reason, .by = caller.identity.userId};
    if (request.duration)
        options.duration = std::chrono::milliseconds(*request.duration);
    if (auto imposed = parts.moderation.impose(kind, request.userId, options, caller.admin); !imposed)
        return imposed.error();
    return Reply();
}

Result<Reply> lift(HubParts &parts, const Caller &caller, SanctionKind kind, const Impose &request)
{
    if (auto allowed = mayLift(parts, caller, request.roomId); !allowed)
        return allowed.error();
    if (!parts.sanctions.lift(kind, request.userId, request.roomId))
        return Error{ErrorCode::NotFound, u"There is no such %1"_s.arg(nameOf(kind))};
    return Reply();
}

/** It names a user and a room. */
ParameterInfo cursorOfSanctions()
{
    ParameterInfo info = cursorInQuery();
    info.most = 16 * protocol::MaxNameLength;
    return info;
}

ParameterInfo roomOf(Place place)
{
    ParameterInfo info = roomIdInPath();
    info.place = place;
    info.isRequired = false;
    info.doc = u"In this room alone; left out: everywhere."_s;
    return info;
}

QList<Operation> operationsOf(HubParts &parts, SanctionKind kind, const QString &name, const QString &does)
{
    const QByteArray path = "/users/:userId/" + nameOf(kind).toLatin1();
    return {
        operation<Impose>(
            {nameOf(kind) + "User"_L1, "PUT", path, does, Grant::Manage, 204},
            {parameter(userIdInPath(), &Impose::userId), parameter(roomOf(Place::Body), &Impose::roomId),
             parameter({.name = u"reason"_s, .doc = u"Told to the user."_s, .most = 1000}, &Impose::reason),
             parameter({.name = u"duration"_s,
                        .type = ValueType::Number,
                        .doc = u"Milliseconds; left out: until it is lifted."_s,
                        .least = 1,
                        .most = Longest},
                       &Impose::duration)},
            [&parts, kind](const Caller &caller, const Impose &request, const Done &done) {
                done(impose(parts, caller, kind, request));
            }),
        operation<Impose>(
            {u"lift"_s + name, "DELETE", path, u"Lifts it before its time is over."_s, Grant::Manage, 204},
            {parameter(userIdInPath(), &Impose::userId), parameter(roomOf(Place::Query), &Impose::roomId)},
            [&parts, kind](const Caller &caller, const Impose &request, const Done &done) {
                done(lift(parts, caller, kind, request));
            }),
    };
}

} // namespace

QList<Operation> sanctionOperations(HubParts &parts)
{
    return QList<Operation>{operation<ListSanctions>(
               {u"listSanctions"_s, "GET", "/sanctions",
                u"A page of the bans and mutes that hold, by user."_s, Grant::Manage, 200, u"SanctionPage"_s},
               {parameter(cursorOfSanctions(), &ListSanctions::cursor),
                parameter(limitInQuery(), &ListSanctions::limit)},
               [&parts](const Caller &caller, const ListSanctions &request, const Done &done) {
                   done(pageOf(parts, caller, request));
               })}
    + operationsOf(parts, SanctionKind::Ban, u"Ban"_s,
                   u"Keeps a user out, of a room or the server, and ends what it has there."_s)
        + operationsOf(parts, SanctionKind::Mute, u"Mute"_s,
                       u"Lets a user hear, and say nothing, in a room or anywhere."_s);
}

} // namespace dialogue::api
