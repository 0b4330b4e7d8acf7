#include "server/rooms/connectedclient.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/json/writer.h"
#include "server/rooms/askclient.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/room.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roommanager.h"
#include "server/socketio/packetframes.h"

namespace dialogue {

ConnectedClientPrivate::ConnectedClientPrivate(SocketId socketId, QString clientId, Identity who,
                                               ConnectRequest how, RoomManager &roomManager)
    : SocketClient(socketId, std::move(clientId), std::move(who), std::move(how), roomManager.services())
    , manager(roomManager)
{ }

std::unique_ptr<ConnectedClient> ConnectedClientPrivate::create(SocketId socket, QString id,
                                                                Identity identity, ConnectRequest request,
                                                                RoomManager &manager)
{
    return std::unique_ptr<ConnectedClient>(new ConnectedClient(std::make_unique<ConnectedClientPrivate>(
        socket, std::move(id), std::move(identity), std::move(request), manager)));
}

ClientSnapshot ConnectedClientPrivate::snapshotOf(const ConnectedClient &client)
{
    return {.id = client.id(),
            .userId = client.userId(),
            .isVerified = client.isVerified(),
            .meta = client.meta(),
            .claims = client.claims(),
            .roles = client.roles()};
}

ConnectedClient::ConnectedClient(std::unique_ptr<ConnectedClientPrivate> priv)
    : d(this, std::move(priv))
{ }

ConnectedClient::~ConnectedClient() = default;

QString ConnectedClient::id() const { return d->id; }
QString ConnectedClient::userId() const { return d->identity.userId; }
bool ConnectedClient::isVerified() const { return d->identity.verified; }
QJsonObject ConnectedClient::claims() const { return d->claims(); }
QStringList ConnectedClient::roles() const { return d->roles(); }
QJsonObject ConnectedClient::handshakeAuth() const { return d->handshakeAuth(); }
const HandshakeInfo &ConnectedClient::handshake() const { return d->handshake; }
QJsonObject ConnectedClient::meta() const { return d->identity.meta; }

void ConnectedClient::setMeta(const QJsonObject &meta)
{
    if (d->recovery)
        d->recovery->hasOwnMeta = true;
    d->setMeta(meta);
}

bool ConnectedClient::isRecovered() const { return d->recovery && d->recovery->isRecovered; }

Answer<void> ConnectedClient::join(const QString &roomId)
{
    const auto joined = d->manager.join(*this, roomId);
    return joined ? Result<void>() : joined.error();
}

Result<void> ConnectedClient::leave(const QString &roomId) { return d->manager.leave(*this, roomId); }

Result<void> ConnectedClient::subscribe(const QString &roomId, const QString &event)
{
    return d->manager.subscribe(*this, roomId, event);
}

Result<void> ConnectedClient::subscribeAll(const QString &roomId)
{
    return d->manager.subscribe(*this, roomId, QStringLiteral("*"));
}

Result<void> ConnectedClient::unsubscribe(const QString &roomId, const QString &event)
{
    return d->manager.unsubscribe(*this, roomId, event);
}

QStringList ConnectedClient::rooms() const
{
    QStringList ids;
    for (const JoinedRooms::Place &joined : d->rooms) {
        if (joined.room->contains(this)) // It may be about to be deleted.
            ids.append(joined.room->id());
    }
    return ids;
}

QStringList ConnectedClient::subscriptions(const QString &roomId) const
{
    const Room *const room = d->manager.find(roomId);
    const RoomActivity *const activity = room ? RoomPrivate::of(*room).activityIfAny() : nullptr;
    return activity ? activity->subscriptions.names(d->socket) : QStringList();
}

void ConnectedClient::send(const QString &event, const QJsonValue &data)
{
    if (d->gone)
        return;
    const QJsonArray arguments = data.isUndefined() ? QJsonArray() : QJsonArray{data};
    d->manager.services().sockets.send(d->socket, eventFrame("/", event, arguments));
}

void ConnectedClient::send(const QString &event, const Answer<QList<EventMessage>> &answer)
{
    if (!answer.isReady()) {
        answer.then(this,
                    [this, event](const Result<QList<EventMessage>> &history) { send(event, history); });
        return;
    }
    const Result<QList<EventMessage>> history = answer.result();
    if (!history) {
        qCWarning(lcRooms).noquote() << "There is no history to send as" << quoted(event) << "-"
                                     << quoted(history.error().text());
        return;
    }
    if (d->gone)
        return;
    HistoryPacket page(d->manager.services().largestPage());
    for (const EventMessage &message : *history) {
        if (!page.add(message)) {
            qCWarning(lcRooms).noquote() << "Of the history sent as" << quoted(event) << "the oldest"
                                         << history->size() - page.count() << "do not fit into one packet";
            break;
        }
    }
    QByteArray name;
    json::appendString(name, event);
    const QLatin1StringView unquoted(name.constData() + 1, name.size() - 2);
    d->manager.services().sockets.send(d->socket,
                                       encodedEventFrame(unquoted, page.events().text(), page.attachments()));
}

QFuture<Result<QJsonArray>> ConnectedClient::request(const QString &event, const QJsonValue &data,
                                                     std::chrono::milliseconds timeout)
{
    return askClient(d->manager.services(), "/", *d, {event, data, timeout});
}

void ConnectedClient::disconnect()
{
    d->manager.services().sockets.disconnect(d->socket, true, DisconnectReason::ServerDisconnect);
}

} // namespace dialogue
