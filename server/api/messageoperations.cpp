// Socket.IO events of any name, outside of what rooms declare and keep.
#include "core/protocol/socketio/reservedevents.h"
#include "server/api/access.h"
#include "server/api/commonparameters.h"
#include "server/api/operations.h"
#include "server/rooms/hubparts.h"
#include "server/socketio/packetframes.h"

using namespace Qt::StringLiterals;

namespace dialogue::api {

namespace {

struct Message
{
    QString to = {}; ///< A room, a user, or all.
    QString event = {};
    JsonData data = QJsonValue(QJsonValue::Undefined);
    QStringList exceptUsers = {};
    bool isVolatile = false;

    [[nodiscard]] BroadcastOptions options() const
    {
        return {.exceptUsers = exceptUsers, .isVolatile = isVolatile};
    }
};

/** Names that Dialogue and Socket.IO have a meaning for would be forged. */
Result<void> checkMessage(const Message &message)
{
    if (!message.event.startsWith("dialogue:"_L1) && !socketio::isReservedEvent(message.event))
        return {};
    return Error{ErrorCode::InvalidRequest, u"is a name that Dialogue or Socket.IO has a use for"_s,
                 u"event"_s};
}

Result<Reply> toRoom(HubParts &parts, const Caller &caller, const Message &message)
{
    const Result<Room *> room = roomFor(caller, parts.rooms, message.to);
    if (!room)
        return room.error();
    if (auto good = checkMessage(message); !good)
        return good.error();
    (*room)->broadcast(message.event, message.data.value(), message.options());
    return Reply();
}

Result<Reply> toAll(HubParts &parts, const Caller &caller, const Message &message)
{
    if (auto allowed = checkAllRooms(caller); !allowed)
        return allowed.error();
    if (auto good = checkMessage(message); !good)
        return good.error();
    parts.clients.broadcast(eventFrame("/", message.event, message.data.value(), message.isVolatile),
                            message.options());
    return Reply();
}

Result<Reply> toUser(HubParts &parts, const Caller &caller, const Message &message)
{
    if (auto allowed = checkAllRooms(caller); !allowed)
        return allowed.error();
    if (auto good = checkMessage(message); !good)
        return good.error();
    const QList<ConnectedClient *> clients = parts.clients.ofUser(message.to);
    if (clients.isEmpty())
        return Error{ErrorCode::NotFound, u"The user is not connected"_s};
    for (ConnectedClient *const each : clients)
        each->send(message.event, message.data.value());
    return Reply();
}

Parameters<Message> messageParameters()
{
    return {parameter(eventName(u"Its name; not one of Dialogue's or Socket.IO's own."_s), &Message::event),
            parameter(anyData(u"Its argument; left out, it has none."_s), &Message::data)};
}

Parameters<Message> broadcastParameters()
{
    return messageParameters()
        + Parameters<Message>{parameter({.name = u"exceptUsers"_s,
                                         .type = ValueType::TextList,
                                         .doc = u"Not to these users."_s,
                                         .least = 1,
                                         .most = 1000},
                                        &Message::exceptUsers),
                              parameter({.name = u"volatile"_s,
                                         .type = ValueType::Flag,
                                         .doc = u"Dropped for who is behind with what was sent before."_s},
                                        &Message::isVolatile)};
}

auto handler(HubParts &parts, Result<Reply> (*send)(HubParts &, const Caller &, const Message &))
{
    return [&parts, send](const Caller &caller, const Message &message, const Done &done) {
        done(send(parts, caller, message));
    };
}

} // namespace

QList<Operation> messageOperations(HubParts &parts)
{
    return {
        operation<Message>({u"broadcastToRoom"_s, "POST", "/rooms/:roomId/broadcast",
                            u"A Socket.IO event to all in a room; in no history, who is away misses it."_s,
                            Grant::Manage, 204},
                           Parameters<Message>{parameter(roomIdInPath(), &Message::to)}
                               + broadcastParameters(),
                           handler(parts, &toRoom)),
        operation<Message>({u"broadcast"_s, "POST", "/broadcast",
                            u"A Socket.IO event to all who are connected."_s, Grant::Manage, 204},
                           broadcastParameters(), handler(parts, &toAll)),
        operation<Message>({u"sendToUser"_s, "POST", "/users/:userId/messages",
                            u"A Socket.IO event to all connections of a user."_s, Grant::Manage, 204},
                           Parameters<Message>{parameter(userIdInPath(), &Message::to)} + messageParameters(),
                           handler(parts, &toUser)),
    };
}

} // namespace dialogue::api
