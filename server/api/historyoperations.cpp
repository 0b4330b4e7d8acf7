// What was said in a room.
#include "server/api/access.h"
#include "server/api/commonparameters.h"
#include "server/api/operations.h"
#include "server/rooms/hubparts.h"
#include "server/rooms/room_p.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace dialogue::api {

namespace {

struct ListEvents
{
    QString roomId = {};
    QString event = {};
    qint64 from = 1;
    qint64 to = std::numeric_limits<qint64>::max();
    std::optional<qint64> fromTime = {};
    std::optional<qint64> toTime = {};
    QString cursor = {};
    int limit = 50;
};

constexpr qint64 Largest = (qint64(1) << 53) - 1; // What JSON numbers hold without loss.

QByteArray base64Of(const QList<QByteArray> &attachments)
{
    QByteArray json = "[";
    for (qsizetype i = 0; i < attachments.size(); ++i)
        json.append(i > 0 ? ",\"" : "\"").append(attachments[i].toBase64()).append('"');
    return json + ']';
}

Reply replyOf(const QString &roomId, const QByteArray &epoch, const StretchPart &part)
{
    json::ObjectWriter out;
    out.string("roomId"_L1, roomId);
    out.string("epoch"_L1, QString::fromLatin1(epoch));
    out.text("events"_L1, part.page.events().text());
    if (!part.page.attachments().isEmpty())
        out.text("attachments"_L1, base64Of(part.page.attachments()));
    if (part.more && part.covered.from > 1)
        out.string("next"_L1, QString::number(part.covered.from - 1));
    return Reply{out.take()};
}

Result<protocol::GetHistory> askedBy(const ListEvents &request)
{
    bool isCursor = true;
    const qint64 to
        = request.cursor.isEmpty() ? request.to : std::min(request.to, request.cursor.toLongLong(&isCursor));
    if (!isCursor || to < 1)
        return Error{ErrorCode::InvalidRequest, u"must be `next` of another page"_s, u"cursor"_s};
    if (request.from > to)
        return Error{ErrorCode::InvalidRequest, u"must not be after where it ends"_s, u"from"_s};
    protocol::GetHistory asked{.roomId = request.roomId,
                               .eventName = request.event,
                               .offsets = protocol::OffsetRange{quint64(request.from), quint64(to)}};
    if (request.fromTime || request.toTime) {
        asked.times = protocol::TimeRange{request.fromTime.value_or(0), request.toTime.value_or(Largest)};
        if (asked.times->from > asked.times->to)
            return Error{ErrorCode::InvalidRequest, u"must not be after toTime"_s, u"fromTime"_s};
    }
    return asked;
}

void listEvents(HubParts &parts, const Caller &caller, const ListEvents &request, const Done &done)
{
    const Result<Room *> found = roomFor(caller, parts.rooms, request.roomId);
    if (!found)
        return done(found.error());
    const Room &room = **found;
    if (auto allowed = check(caller, room, RoomAction::History, request.event); !allowed)
        return done(allowed.error());
    const Result<protocol::GetHistory> asked = askedBy(request);
    if (!asked)
        return done(asked.error());
    const RoomServices &services = parts.rooms.services();
    StretchPart part = RoomPrivate::of(room).historyStretch(
        *asked, request.limit,
        manages(caller) ? permissions::EventFilter() : permissions::readable(caller.identity, room),
        services.largestPage());
    if (!part.missing)
        return done(replyOf(request.roomId, room.epoch(), part));
    if (auto allowed = services.answers.mayAsk(); !allowed)
        return done(allowed.error());
    std::stop_source stop;
    const Answer<LogPage> loaded = services.broker.pages()->read(*part.missing, stop.get_token());
    auto complete = [done, roomId = request.roomId, epoch = room.epoch(),
                     part = std::move(part)](Result<LogPage> &&rest) mutable {
        if (!rest)
            return done(rest.error());
        part.add(*rest);
        done(replyOf(roomId, epoch, part));
    };
    if (loaded.isReady())
        return complete(services.answers.resultOf(loaded));
    services.answers.keep<LogPage>(loaded, std::move(stop), complete);
}

ParameterInfo numberInQuery(const QString &name, qint64 least, const QString &doc)
{
    return {.name = name,
            .place = Place::Query,
            .type = ValueType::Number,
            .doc = doc,
            .least = least,
            .most = Largest};
}

} // namespace

QList<Operation> historyOperations(HubParts &parts)
{
    ParameterInfo event = eventName(u"Of this event alone; left out: of all."_s);
    event.place = Place::Query;
    event.isRequired = false;
    return {operation<ListEvents>(
        {u"listEvents"_s, "GET", "/rooms/:roomId/events",
         u"What is kept of what was said in a room, the newest first."_s, Grant::History, 200,
         u"EventPage"_s},
        {parameter(roomIdInPath(), &ListEvents::roomId), parameter(event, &ListEvents::event),
         parameter(numberInQuery(u"from"_s, 1, u"The oldest offset of them."_s), &ListEvents::from),
         parameter(numberInQuery(u"to"_s, 1, u"The newest offset of them."_s), &ListEvents::to),
         parameter(numberInQuery(u"fromTime"_s, 0, u"Said then or later, in milliseconds since 1970."_s),
                   &ListEvents::fromTime),
         parameter(numberInQuery(u"toTime"_s, 0, u"Said then or before."_s), &ListEvents::toTime),
         parameter(cursorInQuery(), &ListEvents::cursor), parameter(limitInQuery(), &ListEvents::limit)},
        [&parts](const Caller &caller, const ListEvents &request, const Done &done) {
            listEvents(parts, caller, request, done);
        })};
}

} // namespace dialogue::api
