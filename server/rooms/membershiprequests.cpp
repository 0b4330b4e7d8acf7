// How clients come into rooms, leave them, and subscribe to what is said there.
#include "core/protocol/dialogue/errors.h"
#include "server/answers/draining.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/requestpayload.h"
#include "server/rooms/requests.h"
#include "server/rooms/room_p.h"

#include <QPointer>

namespace dialogue {

namespace {

/** So that who comes back can ask for the same, it says the subscriptions in force, the room's default ones
 * included. */
json::ObjectWriter joinReply(const protocol::Joined &joined, const QStringList &subscriptions)
{
    json::ObjectWriter reply = joined.write();
    reply.value(QLatin1String("subscriptions"), QJsonArray::fromStringList(subscriptions));
    return reply;
}

} // namespace

Requests::Reply Requests::join(ConnectedClient &client, IncomingEvent &event)
{
    return enter(client, event, true);
}

Result<bool> Requests::waitForSeat(ConnectedClient &client, const protocol::Join &request,
                                   const IncomingEvent &event)
{
    Room *const room = m_rooms.find(request.roomId);
    if (!room || !room->isFull())
        return false;
    const auto bytes = static_cast<qint64>(sizeof(event)) + event.args.text().size();
    const bool isBack = request.since && request.since->epoch == room->epoch();
    const SocketId socket = ConnectedClientPrivate::of(client).socket;
    const auto retry = [this, socket, event = IncomingEvent(event), roomId = request.roomId]() mutable {
        m_order.goOn(socket, roomId, [&] {
            if (ConnectedClient *const back = m_rooms.client(socket)) {
                handle(*back, event, [](Requests &self, ConnectedClient &asker, IncomingEvent &asked) {
                    return self.m_order.isClosed() ? Reply(serverDraining())
                                                   : self.enter(asker, asked, false);
                });
            }
        });
    };
    const Result<bool> waits = m_seats.wait({client, *room, isBack, bytes}, retry);
    if (waits && *waits)
        m_order.hold(client, request.roomId); // It is neither in nor refused.
    return waits;
}

Requests::Reply Requests::enter(ConnectedClient &client, IncomingEvent &event, bool mayWait)
{
    const auto request = requestOf<protocol::Join>(event);
    if (!request)
        return request.error();
    const Hooks &hooks = m_rooms.services().hooks;
    if (hooks.beforeJoinLater || (hooks.beforeSubscribeLater && request->subscriptions))
        return askToEnter(client, event, *request, mayWait);
    return enterNow(client, event, *request, mayWait);
}

Requests::Reply Requests::enterNow(ConnectedClient &client, const IncomingEvent &event,
                                   const protocol::Join &request, bool mayWait)
{
    JoinOptions options{.since = request.since, .subscriptions = request.subscriptions};
    if (event.ackId) {
        // Behind all that was missed, which takes as long as the client takes to read it.
        options.caughtUp = [this, socket = ConnectedClientPrivate::of(client).socket, ackId = *event.ackId](
                               const protocol::Joined &joined, const QStringList &subscriptions) {
            acknowledge(socket, ackId, protocol::okAck(joinReply(joined, subscriptions)));
        };
    }
    const QPointer<ConnectedClient> alive(&client);
    const auto outcome = m_rooms.join(client, request.roomId, options);
    if (!outcome) {
        if (!mayWait || !alive || outcome.error().code != ErrorCode::RoomFull)
            return outcome.error();
        const Result<bool> waits = waitForSeat(client, request, event);
        if (!waits)
            return waits.error();
        return *waits ? Reply(std::nullopt) : Reply(outcome.error());
    }
    if (outcome->catchesUp)
        return std::nullopt;
    if (!event.ackId)
        return json::ObjectWriter();
    return joinReply(outcome->joined, alive ? client.subscriptions(request.roomId) : QStringList());
}

Requests::Reply Requests::leave(ConnectedClient &client, IncomingEvent &event)
{
    const auto request = requestOf<protocol::Leave>(event);
    if (!request)
        return request.error();
    if (const auto left = m_rooms.leave(client, request->roomId); !left)
        return left.error();
    return answer(event, protocol::Left{request->roomId});
}

Requests::Reply Requests::subscribe(ConnectedClient &client, IncomingEvent &event)
{
    const auto request = requestOf<protocol::Subscribe>(event);
    if (!request)
        return request.error();
    return subscribeTo(client, event, request->roomId, request->eventName,
                       event.ackId ? request->toJson() : QJsonObject());
}

Requests::Reply Requests::subscribeAll(ConnectedClient &client, IncomingEvent &event)
{
    const auto request = requestOf<protocol::SubscribeAll>(event);
    if (!request)
        return request.error();
    return subscribeTo(client, event, request->roomId, QStringLiteral("*"),
                       event.ackId ? request->toJson() : QJsonObject());
}

Requests::Reply Requests::subscribeTo(ConnectedClient &client, const IncomingEvent &event,
                                      const QString &roomId, const QString &eventName,
                                      const QJsonObject &request)
{
    const Granted subscribe = [this, roomId, eventName, request](ConnectedClient &asker) -> Reply {
        if (const auto done = m_rooms.subscribe(asker, roomId, eventName); !done)
            return done.error();
        json::ObjectWriter out;
        out.members(request);
        return out;
    };
    if (!m_rooms.services().hooks.beforeSubscribeLater)
        return subscribe(client);
    if (const auto allowed = m_rooms.maySubscribe(client, roomId, eventName); !allowed)
        return allowed.error();
    return askToSubscribe(client, event, roomId, {eventName}, subscribe);
}

Requests::Reply Requests::unsubscribe(ConnectedClient &client, IncomingEvent &event)
{
    const auto request = requestOf<protocol::Unsubscribe>(event);
    if (!request)
        return request.error();
    if (const auto done = m_rooms.unsubscribe(client, request->roomId, request->eventName); !done)
        return done.error();
    return repeat(event, *request);
}

} // namespace dialogue
