#include "server/rooms/requests.h"

#include "core/base/exceptions.h"
#include "core/base/foreigntext.h"
#include "core/base/logcontext.h"
#include "core/base/logging.h"
#include "core/json/cursor.h"
#include "core/protocol/dialogue/errors.h"
#include "core/protocol/dialogue/names.h"
#include "core/protocol/dialogue/requests.h"
#include "core/protocol/socketio/packet.h"
#include "server/answers/draining.h"
#include "server/rooms/announce.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/grants.h"
#include "server/rooms/permissions.h"
#include "server/rooms/refusals.h"
#include "server/rooms/requestpayload.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roomcreation.h"
#include "server/rooms/roomlist.h"
#include "server/rooms/spending.h"
#include "server/socketio/packetframes.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace dialogue {

namespace names = protocol::names;

namespace {

constexpr QLatin1StringView RoomMember("roomId"); // As requests call it,
constexpr QLatin1StringView NewRoomMember("id"); // and the one that creates it.

constexpr qsizetype LongestEncoded = 6 * protocol::MaxNameLength; // Of a name, each character as \u1234.

/** A name that a request says, without making a tree of it: it may be large, and so may be how often that
 * is wanted. Empty where there is none, or it is too long to be one: such a request is refused, and what it
 * says is neither kept while others wait nor sent back by the megabyte. */
QString nameIn(const IncomingEvent &event, QLatin1StringView member)
{
    const QByteArray args = event.args.text();
    json::Cursor cursor(args);
    QString text;
    if (!cursor.enterArray())
        return text;
    for (bool more = cursor.enterObject(); more; more = cursor.nextMember()) {
        const json::StringToken key = cursor.key();
        if (key.escaped ? key.decoded() != member : !key.is(QByteArrayView(member.data(), member.size()))) {
            cursor.skip();
            continue;
        }
        text.clear(); // Of several the last counts.
        if (cursor.type() != json::Cursor::Type::String)
            cursor.skip();
        else if (const auto token = cursor.string(); token && token->text.size() <= LongestEncoded)
            text = token->decoded();
    }
    return text.size() <= protocol::MaxNameLength ? text : QString();
}

/** The traceparent in its meta. */
QString traceIn(const IncomingEvent &event)
{
    const QJsonValue meta = event.args.value()[0][QLatin1StringView("meta")];
    return traceParentOf(meta[QLatin1StringView("traceparent")].toString());
}

QString roomIdOf(const IncomingEvent &event) { return nameIn(event, RoomMember); }

/** What a request is about, put together where a line of the log is written meanwhile. */
class RequestSubject final : public LogSubject
{
public:
    RequestSubject(const RoomManager &rooms, SocketId socket, const IncomingEvent &event)
        : m_rooms(rooms)
        , m_socket(socket)
        , m_event(event)
    { }
    [[nodiscard]] LogIds logIds() const override
    {
        const ConnectedClient *const client = m_rooms.client(m_socket); // User code may have ended it.
        if (!client)
            return {};
        QString id = nameIn(m_event, QLatin1StringView("id"));
        if (id.isEmpty() && m_event.ackId)
            id = QString::number(*m_event.ackId);
        return {client->id(), id, traceIn(m_event)};
    }

private:
    const RoomManager &m_rooms;
    const SocketId m_socket;
    const IncomingEvent &m_event;
};

} // namespace

// What comes most stands first. A name this short is found sooner than hashed.
const Requests::Entry Requests::Methods[]{
    {names::trigger, &Requests::trigger, {}, RoomMember}, // A step of the pipeline.
    {names::join, &Requests::join, BudgetKind::Join, RoomMember},
    {names::leave, &Requests::leave, BudgetKind::Leave, RoomMember},
    {names::subscribe, &Requests::subscribe, BudgetKind::Subscribe, RoomMember},
    {names::subscribeAll, &Requests::subscribeAll, BudgetKind::Subscribe, RoomMember},
    {names::unsubscribe, &Requests::unsubscribe, BudgetKind::Subscribe, RoomMember},
    {names::getHistory, &Requests::getHistory, {}, RoomMember},
    {names::listRooms, &Requests::listRooms, BudgetKind::ListRooms},
    {names::createRoom, &Requests::createRoom, BudgetKind::CreateRoom, NewRoomMember},
    {names::deleteRoom, &Requests::deleteRoom, BudgetKind::DeleteRoom},
    {names::refresh, &Requests::refresh, BudgetKind::Refresh}};

Requests::Requests(RoomManager &rooms, Expiries &expiries)
    : m_rooms(rooms)
    , m_expiries(expiries)
    , m_seats(rooms)
    , m_handlers(rooms.services())
    , m_triggers(rooms.services(), m_order)
    , m_order(
          rooms,
          {.start =
               [this](ConnectedClient &client, IncomingEvent &event) {
                   handle(client, event, [](Requests &self, ConnectedClient &asker, IncomingEvent &asked) {
                       return self.reply(asker, asked);
                   });
               },
           .refuse = [this](ConnectedClient &client, const IncomingEvent &event,
                            const Error &error) { finish(askerOf(client, event), roomIdOf(event), error); }})
{ }

bool Requests::leave(SocketId socket, std::function<void()> left)
{
    m_handlers.forget(socket);
    return m_order.leave(socket, std::move(left));
}

void Requests::forget(SocketId socket)
{
    m_handlers.forget(socket);
    m_order.forget(socket);
}

void Requests::close()
{
    m_rooms.services().draining.begin();
    m_handlers.close();
    m_order.close();
    m_seats.close();
}

void Requests::send(ConnectedClient &client, const FramePtr &frame) const
{
    m_rooms.services().sockets.send(ConnectedClientPrivate::of(client).socket, frame);
}

const RoomRequest *Requests::otherOf(const QString &name) const
{
    const auto found = std::ranges::find(m_others, name, &RoomRequest::name);
    return found == m_others.end() ? nullptr : &*found;
}

QString Requests::triggerIdOf(const IncomingEvent &event) const
{
    const bool isWanted = m_rooms.services().clientTap.isWatched() && event.name == names::trigger;
    return isWanted ? nameIn(event, QLatin1StringView("id")) : QString();
}

Requests::Asker Requests::askerOf(const ConnectedClient &client, const IncomingEvent &event) const
{
    return {ConnectedClientPrivate::of(client).socket, event.name, event.ackId, triggerIdOf(event)};
}

Requests::Reply Requests::reply(ConnectedClient &client, IncomingEvent &event)
{
    const auto *const entry = std::ranges::find(Methods, event.name, &Entry::name);
    const bool isOurs = entry != std::end(Methods);
    const RoomRequest *const other = isOurs ? nullptr : otherOf(event.name);
    const auto custom = isOurs || other ? nullptr : m_handlers.find(event.name);
    if (!isOurs && !other && !custom) {
        return Error{ErrorCode::InvalidRequest,
                     QStringLiteral("There is no request '%1'").arg(event.name.left(64))};
    }
    const BudgetKind otherKind = other ? other->kind : BudgetKind::Custom;
    if (const auto kind = isOurs ? entry->kind : otherKind) {
        if (auto allowed = spend(m_rooms.services().budgets, client, *kind); !allowed)
            return allowed.error();
    }
    if (!event.fault.isEmpty())
        return Error{ErrorCode::InvalidRequest, event.fault};
    if (const Identity &identity = ConnectedClientPrivate::of(client).identity; identity.grant) {
        const QString room = nameIn(event, event.name == names::createRoom ? NewRoomMember : RoomMember);
        if (auto granted = checkGrant(identity, event.name, room); !granted)
            return granted.error();
    }
    if (other)
        return other->answer(client, event);
    return isOurs ? (this->*entry->method)(client, event) : askApplication(*custom, client, event);
}

Error Requests::failed()
{
    return {ErrorCode::IoError,
            QStringLiteral("The server failed at this; whether it was done, nobody knows")};
}

bool Requests::queue(ConnectedClient &client, IncomingEvent &event)
{
    const auto *const entry = std::ranges::find(Methods, event.name, &Entry::name);
    const bool isOurs = entry != std::end(Methods);
    const QLatin1StringView room = isOurs ? entry->room
        : otherOf(event.name)             ? RoomMember
                                          : QLatin1StringView();
    if (room.isEmpty())
        return false;
    RequestOrder::Names said{.roomId = nameIn(event, room)};
    if (event.name == names::trigger) {
        said.triggerId = nameIn(event, QLatin1StringView("id"));
        said.triggerEvent = nameIn(event, QLatin1StringView("event"));
    }
    return m_order.queue(client, std::move(said), event);
}

void Requests::handle(ConnectedClient &client, IncomingEvent &&event)
{
    if (m_rooms.services().draining.hasBegun()) {
        fail(askerOf(client, event), serverDraining(), roomIdOf(event));
        return;
    }
    if (ConnectedClientPrivate::of(client).waits && queue(client, event))
        return;
    handle(client, event, [](Requests &self, ConnectedClient &asker, IncomingEvent &asked) {
        return self.reply(asker, asked);
    });
}

void Requests::handle(ConnectedClient &client, IncomingEvent &event, Asked ask)
{
    const SocketId socket = ConnectedClientPrivate::of(client).socket;
    const RequestSubject subject(m_rooms, socket, event);
    const LogScope scope(subject);
    // What a slot throws: hooks and handlers are guarded where they are called.
    Reply answer = failed();
    const auto where = [&event] { return QStringLiteral("in ") + event.name.left(64); };
    guarded(*m_rooms.services().slotExceptions, where, [&] { answer = ask(*this, client, event); });
    if (!answer)
        return;

    // User code ran, and the client may be gone; the socket's number outlives it, and sending to a gone one
    // does nothing.
    if (!*answer) {
        return fail({socket, event.name, event.ackId, triggerIdOf(event)}, answer->error(), roomIdOf(event));
    }
    if (event.ackId)
        acknowledge(socket, *event.ackId, protocol::okAck(**std::move(answer)));
}

void Requests::finish(const Asker &asker, const QString &room, Reply &&reply)
{
    if (!reply)
        return;
    if (!*reply)
        fail(asker, reply->error(), room);
    else if (asker.ackId)
        acknowledge(asker.socket, *asker.ackId, protocol::okAck(**std::move(reply)));
}

void Requests::fail(const Asker &asker, Error error, const QString &roomId)
{
    std::chrono::milliseconds refusedFor{0};
    if (ConnectedClient *const still = m_rooms.client(asker.socket)) {
        auto &client = ConnectedClientPrivate::of(*still);
        error = spendFailure(m_rooms.services().budgets, client, std::move(error));
        logRefusal(*still, asker.name, error);
        if (client.refusedBy.count() != 0)
            refusedFor = error.retryAfter.value_or(refusedFor);
    }
    m_rooms.services().refusals.count(error.code);
    m_rooms.services().clientTap.tell(&ClientObserver::refused,
                                      Refusal{.error = error,
                                              .request = asker.name,
                                              .client = m_rooms.client(asker.socket),
                                              .roomId = roomId,
                                              .id = asker.triggerId});
    m_rooms.services().sockets.send(asker.socket, announce::error(error, roomId));
    if (asker.ackId)
        acknowledge(asker.socket, *asker.ackId, protocol::errorAck(error));
    if (refusedFor.count() != 0)
        refused(*m_rooms.client(asker.socket), refusedFor);
}

Requests::Reply Requests::askApplication(const RequestHandlers::Entry &entry, ConnectedClient &client,
                                         IncomingEvent &event)
{
    const Asker asker = askerOf(client, event);
    m_handlers.ask(entry, ConnectedClientPrivate::of(client), &client, std::move(event),
                   [this, asker](Result<QJsonValue> &&result) {
                       if (!result)
                           fail(asker, result.error(), {});
                       else if (asker.ackId)
                           acknowledge(asker.socket, *asker.ackId, JsonData(*result).text());
                   });
    return std::nullopt;
}

void Requests::logRefusal(const ConnectedClient &client, const QString &request, const Error &error)
{
    const auto text = [&] {
        return QStringLiteral("%1 of user %2: %3")
            .arg(quoted(QStringView(request).left(64)), quoted(client.userId()), printable(error.text()));
    };
    const QByteArray code = codeName(error.code);
    qCDebug(lcRooms).noquote() << "Refused with" << code << text();
    if (const int times = m_refusals.count(error.code))
        qCInfo(lcRooms).noquote() << "Requests refused with" << code << times << "times, such as" << text();
}

void Requests::acknowledge(SocketId socket, quint64 ackId, const QByteArray &json) const
{
    m_rooms.services().sockets.send(socket, encodedAckFrame(ackId, json));
}

void Requests::refused(ConnectedClient &client, std::chrono::milliseconds wait) const
{
    auto &refused = ConnectedClientPrivate::of(client);
    if (!insists(m_rooms.services(), refused, wait))
        return;
    send(client, announce::error(wentOn()));
    m_rooms.services().sockets.disconnect(refused.socket, true, DisconnectReason::RateLimited);
}

Requests::Reply Requests::trigger(ConnectedClient &client, IncomingEvent &event)
{
    auto request = requestOf<protocol::Trigger>(event);
    if (!request)
        return request.error();
    const auto room = m_rooms.existing(request->roomId);
    if (!room)
        return room.error();
    const int longest = m_rooms.services().config.limits.eventNameLength;
    if (request->event.size() > longest) {
        return Error{ErrorCode::InvalidRequest,
                     QStringLiteral("must have at most %1 characters").arg(longest), QStringLiteral("event")};
    }
    const qint64 largestMeta = m_rooms.services().config.limits.eventMetaSize;
    if (const QByteArray meta = request->meta.isNull() ? QByteArray() : request->meta.text();
        meta.size() > largestMeta) {
        return Error{ErrorCode::PayloadTooLarge,
                     QStringLiteral("has %1 bytes, %2 are allowed (limits.eventMetaSize)")
                         .arg(meta.size())
                         .arg(largestMeta),
                     QStringLiteral("meta")};
    }
    // In a page of history it would stand for another message's attachment.
    const bool fits = socketio::placeholdersFit(request->data, 0)
        && (request->meta.isNull() || socketio::placeholdersFit(request->meta, 0));
    if (event.attachments.isEmpty() && !fits) {
        return Error{ErrorCode::InvalidRequest,
                     QStringLiteral("holds a binary placeholder, but the packet has no attachment"),
                     QStringLiteral("data")};
    }
    EventMessage message{.event = std::move(request->event),
                         .roomId = std::move(request->roomId),
                         .data = std::move(request->data),
                         .from = client.userId(),
                         .meta = request->meta.toObject(),
                         .id = std::move(request->id),
                         .attachments = std::move(event.attachments)};
    RoomPrivate::DeliveryPtr delivery;
    if (!request->echo) {
        delivery = std::make_shared<const RoomPrivate::Delivery>(
            RoomPrivate::Delivery{.spared = {ConnectedClientPrivate::of(client).socket}});
    }
    if (m_rooms.services().middlewares.isLater(**room))
        return triggerLater(client, event, **room, std::move(message), std::move(delivery));
    const Triggered triggered
        = RoomPrivate::of(**room).trigger(std::move(message), &client, std::move(delivery));
    if (triggered.outcome)
        return receipt(event.ackId.has_value(), *triggered.outcome);
    // Until it is acknowledged it counts as one of those that wait of its session.
    triggered.waits->whenSettled(
        [this, asker = askerOf(client, event), roomId = (*room)->id(),
         kept = m_rooms.services().sockets.keep()](const Result<EventMessage> &outcome) {
            finish(asker, roomId, receipt(asker.ackId.has_value(), outcome));
        });
    return std::nullopt;
}

Requests::Reply Requests::triggerLater(ConnectedClient &client, const IncomingEvent &event, Room &room,
                                       EventMessage &&message, RoomPrivate::DeliveryPtr delivery)
{
    const Asker asker = askerOf(client, event);
    const auto triggered
        = m_triggers.trigger(client, room, std::move(message), std::move(delivery),
                             [this, asker, room = room.id()](const Result<EventMessage> &outcome,
                                                             const std::vector<IncomingEvent> &same) {
                                 finish(asker, room, receipt(asker.ackId.has_value(), outcome));
                                 for (const IncomingEvent &again : same)
                                     finish({asker.socket, again.name, again.ackId, asker.triggerId}, room,
                                            receipt(again.ackId.has_value(), outcome));
                             });
    return triggered ? receipt(event.ackId.has_value(), *triggered) : std::nullopt;
}

Requests::Reply Requests::receipt(bool isWanted, const Result<EventMessage> &triggered)
{
    if (!triggered)
        return triggered.error();
    if (!isWanted)
        return json::ObjectWriter();
    json::ObjectWriter reply;
    if (triggered->offset != 0)
        reply.number(QLatin1String("offset"), static_cast<qint64>(triggered->offset));
    reply.number(QLatin1String("timestamp"), triggered->timestamp);
    if (!triggered->id.isEmpty())
        reply.string(QLatin1String("id"), triggered->id);
    return reply;
}

Requests::Reply Requests::listRooms(ConnectedClient &client, IncomingEvent &event)
{
    const auto request = requestOf<protocol::ListRooms>(event);
    if (!request)
        return request.error();
    const RoomServices &services = m_rooms.services();
    const RoomList list = dialogue::listRooms(
        m_rooms.index(), *request, services.config.listRooms, services.largestPage().bytes,
        [&client](const Room &room) { return permissions::allows(client, room, RoomAction::See); });
    send(client, announce::rooms(list.rooms));
    json::ObjectWriter reply;
    if (!event.ackId)
        return reply;
    reply.text(QLatin1String("rooms"), list.rooms);
    if (!list.next.isEmpty())
        reply.string(QLatin1String("next"), list.next);
    return reply;
}

Requests::Reply Requests::createRoom(ConnectedClient &client, IncomingEvent &event)
{
    const auto request = requestOf<protocol::CreateRoom>(event);
    if (!request)
        return request.error();
    auto config = roomToCreate(m_rooms, ConnectedClientPrivate::of(client).identity, *request);
    if (!config)
        return config.error();
    const Hooks &hooks = m_rooms.services().hooks;
    if (hooks.beforeCreateLater)
        return askToCreate(client, event, *request, *config);
    if (hooks.beforeCreate) {
        const CallDepth::Scope scope(m_rooms.services().calls);
        const QPointer<ConnectedClient> alive(&client);
        if (const auto allowed = hooks.beforeCreate(client, *config); !allowed)
            return allowed.error();
        if (!alive || ConnectedClientPrivate::of(*alive).gone)
            return std::nullopt;
        return createNow(client, event, *request, *std::move(config));
    }
    const auto room = m_rooms.create(*config, client);
    if (!room)
        return room.error();
    return answer(event, announce::infoOf(**room));
}

Requests::Reply Requests::createNow(ConnectedClient &client, const IncomingEvent &event,
                                    const protocol::CreateRoom &request, RoomConfig &&config)
{
    // User code ran, or time has passed: it may have created others, as many as it may.
    const auto asked = roomToCreate(m_rooms, ConnectedClientPrivate::of(client).identity, request);
    if (!asked)
        return asked.error();
    config.id = asked->id;
    config.createdById = asked->createdById;
    const auto room = m_rooms.create(config, client);
    if (!room)
        return room.error();
    return answer(event, announce::infoOf(**room));
}

Requests::Reply Requests::deleteRoom(ConnectedClient &client, IncomingEvent &event)
{
    const auto request = requestOf<protocol::DeleteRoom>(event);
    if (!request)
        return request.error();
    const auto room = m_rooms.existing(request->roomId);
    if (!room)
        return room.error();
    if (const auto allowed = mayDelete(client, **room); !allowed)
        return allowed.error();
    if (const auto removed = m_rooms.remove(request->roomId); !removed)
        return removed.error();
    return answer(event, protocol::RoomDeleted{request->roomId});
}

} // namespace dialogue
