// Events: triggering one, or several.
#include "server/api/access.h"
#include "server/api/commonparameters.h"
#include "server/api/operations.h"
#include "server/http/problem.h"
#include "server/rooms/hubparts.h"
#include "server/rooms/room_p.h"

#include <QJsonDocument>

#include <memory>

using namespace Qt::StringLiterals;

namespace dialogue::api {

namespace {

constexpr int MostAtOnce = 100;
constexpr int LongestId = 255;

struct Event
{
    QString roomId = {};
    QString event = {};
    JsonData data = {};
    QJsonObject meta = {};
    QString id = {};
    QStringList to = {};
    bool isVolatile = false;
};

struct Events
{
    QList<Event> events = {};
    QString idempotencyKey = {};
};

QByteArray jsonOf(const EventMessage &message, const QByteArray &epoch)
{
    json::ObjectWriter out;
    out.string("roomId"_L1, message.roomId);
    out.string("event"_L1, message.event);
    out.string("from"_L1, message.from);
    out.number("timestamp"_L1, message.timestamp);
    if (message.offset > 0) {
        out.string("epoch"_L1, QString::fromLatin1(epoch));
        out.number("offset"_L1, qint64(message.offset));
    }
    if (!message.id.isEmpty())
        out.string("id"_L1, message.id);
    return out.take();
}

Error at(const QString &path, Error error)
{
    error.path = error.path.isEmpty() ? path : path + u'.' + error.path;
    return error;
}

/** What may be asked of an event before the room is. */
Result<void> checkEvent(const RoomServices &services, const Event &event)
{
    const qint64 largestMeta = services.config.limits.eventMetaSize;
    if (QJsonDocument(event.meta).toJson(QJsonDocument::Compact).size() > largestMeta) {
        return Error{ErrorCode::PayloadTooLarge,
                     u"is larger than %1 bytes (limits.eventMetaSize)"_s.arg(largestMeta), u"meta"_s};
    }
    return {};
}

/** By the room's rules, and mutes; of a room that may not be seen there is none. */
Result<void> checkTrigger(const Caller &caller, const Room &room, const QString &event)
{
    if (manages(caller))
        return {};
    const EventDefinition *const definition = RoomPrivate::of(room).declared().find(event);
    auto allowed = permissions::checkTrigger(caller.identity, room, event, definition);
    return allowed || allows(caller, room, RoomAction::See) ? allowed : noSuchRoom(room.id());
}

using Told = std::function<void(Result<QByteArray> &&)>;

void trigger(HubParts &parts, const Caller &caller, const Event &event, const Told &told)
{
    const Result<Room *> found = roomFor(caller, parts.rooms, event.roomId);
    if (!found)
        return told(found.error());
    Room &room = **found;
    if (auto allowed = checkTrigger(caller, room, event.event); !allowed)
        return told(allowed.error());
    if (auto good = checkEvent(parts.rooms.services(), event); !good)
        return told(good.error());
    TriggerOptions options{.isVolatile = event.isVolatile};
    if (!event.to.isEmpty())
        options.to = Recipients{.users = event.to};
    RoomPrivate &inside = RoomPrivate::of(room);
    const QByteArray epoch = room.epoch();
    const auto say = [told, epoch](const Result<EventMessage> &outcome) {
        told(outcome.transform([&](const EventMessage &message) { return jsonOf(message, epoch); }));
    };
    Triggered triggered = inside.trigger({.event = event.event,
                                          .roomId = event.roomId,
                                          .data = event.data,
                                          .from = caller.identity.userId,
                                          .meta = event.meta,
                                          .id = event.id},
                                         nullptr, inside.deliveryBy(options));
    if (triggered.outcome)
        return say(*triggered.outcome);
    triggered.waits->whenSettled(say);
}

/** Of several events what became of each, in their order, once the last is told. */
struct Outcomes
{
    explicit Outcomes(std::size_t count)
        : texts(count)
        , left(count)
    { }

    void add(std::size_t index, Result<QByteArray> &&outcome, const Done &done)
    {
        if (outcome) {
            texts[index] = *std::move(outcome);
        } else {
            ++failed;
            texts[index] = problem(at(u"events[%1]"_s.arg(index), outcome.error())).body;
        }
        if (--left > 0)
            return;
        json::ObjectWriter out;
        out.number("triggered"_L1, qint64(texts.size()) - failed);
        out.number("failed"_L1, failed);
        out.text("results"_L1, '[' + texts.join(',') + ']');
        done(Reply{out.take()});
    }

    QList<QByteArray> texts;
    std::size_t left;
    qint64 failed = 0;
};

Parameters<Event> eventParameters(const ParameterInfo &roomId)
{
    return {
        parameter(roomId, &Event::roomId),
        parameter(eventName(u"Its name; one that the room carries."_s), &Event::event),
        parameter(anyData(u"What it says; as the event's schema has it."_s), &Event::data),
        parameter({.name = u"meta"_s, .type = ValueType::Object, .doc = u"Free for the application."_s},
                  &Event::meta),
        parameter({.name = u"to"_s,
                   .type = ValueType::TextList,
                   .doc = u"For these users alone, of those in the room; it is ephemeral then."_s,
                   .least = 1,
                   .most = 1000},
                  &Event::to),
        parameter({.name = u"volatile"_s,
                   .type = ValueType::Flag,
                   .doc = u"Dropped for who is behind with what was sent before; it is ephemeral then."_s},
                  &Event::isVolatile),
    };
}

/** Of which each says the room and its id itself. */
Parameters<Event> parametersInBatch()
{
    ParameterInfo room = roomIdInPath();
    room.place = Place::Body;
    return eventParameters(room)
        + Parameters<Event>{parameter({.name = u"id"_s,
                                       .doc = u"Sent again with the same it is applied once."_s,
                                       .least = 1,
                                       .most = LongestId,
                                       .isId = true},
                                      &Event::id)};
}

ParameterInfo idInHeader(const QString &doc, int longest)
{
    return {.name = u"Idempotency-Key"_s,
            .place = Place::Header,
            .doc = doc,
            .least = 1,
            .most = longest,
            .isId = true};
}

} // namespace

QList<Operation> eventOperations(HubParts &parts)
{
    const Parameters<Event> alone = eventParameters(roomIdInPath())
        + Parameters<Event>{parameter(
            idInHeader(
                u"The event's id: asked again with the same, within history.triggerIds, it is applied once, and answered as before."_s,
                LongestId),
            &Event::id)};
    return {
        operation<Event>({u"triggerEvent"_s, "POST", "/rooms/:roomId/events",
                          u"Triggers an event; answered once it is as safe as the room's durability says."_s,
                          Grant::Trigger, 200, u"TriggeredEvent"_s},
                         alone,
                         [&parts](const Caller &caller, const Event &event, const Done &done) {
                             trigger(parts, caller, event, [done](Result<QByteArray> &&told) {
                                 done(told.transform([](const QByteArray &json) { return Reply{json}; }));
                             });
                         }),
        operation<Events>(
            {u"triggerEvents"_s, "POST", "/events",
             u"Triggers several events, in their order; each succeeds or fails by itself."_s, Grant::Trigger,
             200, u"TriggeredEvents"_s},
            {listParameter({.name = u"events"_s,
                            .doc = u"The events."_s,
                            .isRequired = true,
                            .least = 1,
                            .most = MostAtOnce,
                            .of = u"Event"_s},
                           parametersInBatch(), &Events::events),
             parameter(
                 idInHeader(u"Makes an id of each event that has none: the key, a dash and its index."_s,
                            LongestId - 3),
                 &Events::idempotencyKey)},
            [&parts](const Caller &caller, Events request, const Done &done) {
                const auto outcomes = std::make_shared<Outcomes>(std::size_t(request.events.size()));
                for (qsizetype i = 0; i < request.events.size(); ++i) {
                    Event &event = request.events[i];
                    if (event.id.isEmpty() && !request.idempotencyKey.isEmpty())
                        event.id = u"%1-%2"_s.arg(request.idempotencyKey).arg(i);
                    trigger(parts, caller, event, [outcomes, i, done](Result<QByteArray> &&told) {
                        outcomes->add(std::size_t(i), std::move(told), done);
                    });
                }
            }),
    };
}

QList<ParameterInfo> membersOfEvent() { return infosOf(parametersInBatch()); }

} // namespace dialogue::api
