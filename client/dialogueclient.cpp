#include "client/dialogueclient.h"

#include "client/dialogueclient_p.h"
#include "client/roomcontext_p.h"
#include "core/protocol/dialogue/names.h"

#include <QPointer>

namespace dialogue {

using namespace client;
namespace names = protocol::names;

DialogueClient::DialogueClient(ClientConfig config, QObject *parent)
    : DialogueClient(std::make_unique<DialogueClientPrivate>(std::move(config), client::Network()), parent)
{ }

DialogueClient::DialogueClient(std::unique_ptr<DialogueClientPrivate> priv, QObject *parent)
    : QObject(parent)
    , d(this, std::move(priv))
{
    d->init(this);
}

std::unique_ptr<DialogueClient> DialogueClientPrivate::create(ClientConfig config, Network network)
{
    auto d = std::make_unique<DialogueClientPrivate>(std::move(config), std::move(network));
    return std::unique_ptr<DialogueClient>(new DialogueClient(std::move(d), nullptr));
}

DialogueClient::~DialogueClient()
{
    blockSignals(true);
    d->connector.disconnect(this);
    d->shutDown();
}

const ClientConfig &DialogueClient::config() const { return d->config; }
DialogueClient::State DialogueClient::state() const { return d->state; }
QString DialogueClient::userId() const { return d->userId; }
QString DialogueClient::clientId() const { return d->clientId; }
int DialogueClient::outboxSize() const { return d->outbox.size(); }

std::optional<TransportKind> DialogueClient::transport() const
{
    const PacketConnection *const connection = d->connector.connection();
    return connection ? std::optional(connection->transport()) : std::nullopt;
}

void DialogueClient::connectToServer()
{
    const Later::Calling calling(d->later);
    d->givenUp.reset();
    d->connector.start();
}

void DialogueClient::checkConnection()
{
    const Later::Calling calling(d->later);
    d->connector.check();
}

void DialogueClient::disconnectFromServer()
{
    const Later::Calling calling(d->later);
    d->stoppedByUs = d->connector.state() != State::Disconnected;
    d->connector.stop();
}

QFuture<Result<RoomContext *>> DialogueClient::join(const QString &roomId, const JoinSettings &settings)
{
    if (RoomContext *const known = d->rooms.value(roomId))
        return RoomContextPrivate::of(*known).awaitJoin();
    RoomContext *const room = RoomContextPrivate::create(*d, roomId, settings);
    room->setParent(this);
    d->rooms.insert(roomId, room);
    return RoomContextPrivate::of(*room).firstJoin();
}

RoomContext *DialogueClient::room(const QString &roomId) const
{
    RoomContext *const found = d->rooms.value(roomId);
    return found && RoomContextPrivate::of(*found).wasJoined() ? found : nullptr;
}

QList<RoomContext *> DialogueClient::rooms() const
{
    QList<RoomContext *> joined;
    for (RoomContext *found : std::as_const(d->rooms)) {
        if (RoomContextPrivate::of(*found).wasJoined())
            joined.append(found);
    }
    return joined;
}

QMetaObject::Connection DialogueClient::on(const QString &event, QObject *context,
                                           RoomContext::Handler handler)
{
    return d->direct.add(event, context, std::move(handler));
}

void DialogueClient::onRequest(const QString &name, QObject *context, RequestHandler handler)
{
    d->serverRequests.setHandler(name, context, std::move(handler));
}

QFuture<Result<QJsonValue>> DialogueClient::request(const QString &name, const QJsonValue &data)
{
    const Promise<QJsonValue> promise;
    d->ask({.event = name, .payload = data, .plain = true, .done = [promise](const Result<Reply> &answer) {
                promise.finish(answer ? Result<QJsonValue>(answer->payload)
                                      : Result<QJsonValue>(answer.error()));
            }});
    return promise.future();
}

QFuture<Result<QList<RoomInfo>>> DialogueClient::listRooms()
{
    const Promise<QList<RoomInfo>> promise;
    d->ask({.event = names::listRooms,
            .repeatable = true,
            .replyEvent = names::rooms,
            .done = [promise](const Result<Reply> &answer) {
                if (!answer)
                    return promise.finish(answer.error());
                const auto list = protocol::Rooms::fromJson(answer->payload.toObject().value(u"rooms"));
                if (!list)
                    return promise.finish(list.error());
                QList<RoomInfo> rooms;
                for (const protocol::RoomInfo &room : list->rooms)
                    rooms.append(publicInfo(room));
                promise.finish(rooms);
            }});
    return promise.future();
}

QFuture<Result<RoomInfo>> DialogueClient::createRoom(const NewRoom &room)
{
    const Promise<RoomInfo> promise;
    const protocol::CreateRoom request{
        .id = room.id, .name = room.name, .description = room.description, .maxSize = room.maxSize};
    d->ask(
        {.event = names::createRoom,
         .payload = request.toJson(),
         .roomId = room.id,
         .replyEvent = names::roomCreated,
         .isReply = [id = room.id](const QJsonObject &reply) { return reply.value(u"id").toString() == id; },
         .done =
             [promise](const Result<Reply> &answer) {
                 if (!answer)
                     return promise.finish(answer.error());
                 const auto info = protocol::RoomInfo::fromJson(answer->payload);
                 if (!info)
                     return promise.finish(info.error());
                 promise.finish(publicInfo(*info));
             }});
    return promise.future();
}

QFuture<Result<void>> DialogueClient::deleteRoom(const QString &roomId)
{
    const Promise<void> promise;
    d->ask({.event = names::deleteRoom,
            .payload = protocol::DeleteRoom{roomId}.toJson(),
            .roomId = roomId,
            .replyEvent = names::roomDeleted,
            .isReply
            = [roomId](const QJsonObject &reply) { return reply.value(u"roomId").toString() == roomId; },
            .done =
                [promise](const Result<Reply> &answer) {
                    promise.finish(answer ? Result<void>() : Result<void>(answer.error()));
                }});
    return promise.future();
}

} // namespace dialogue
