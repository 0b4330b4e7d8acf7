#include "server/rooms/connectedclient.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/json/parsed.h"
#include "core/json/writer.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/room.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roommanager.h"
#include "server/socketio/packetframes.h"

#include <QJsonDocument>

namespace dialogue {

namespace {

QByteArray compact(const QJsonObject &object)
{
    if (object.isEmpty())
        return {};
    QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact);
    text.squeeze();
    return text;
}

/** A user somebody vouches for shares with all its connections; another with those from its address only, or
 * it could use up what others of that name may have. */
QString shareKey(const Identity &identity, const QString &origin)
{
    return identity.verified ? origin : origin + u'/' + identity.userId;
}

} // namespace

ConnectedClientPrivate::ConnectedClientPrivate(SocketId socketId, QString clientId, Identity who,
                                               ConnectRequest how, RoomManager &roomManager)
    : socket(socketId)
    , id(std::move(clientId))
    , identity(std::move(who))
    , auth(compact(how.auth))
    , handshake(std::move(how.handshake))
    , origin(identity.verified ? u'u' + identity.userId : u'a' + handshake.address.toString())
    , manager(roomManager)
    , share(roomManager.services().memory.shareOf(shareKey(identity, origin)))
    , kept(share)
    , budget(roomManager.services().budgets.hold(identity.verified ? BudgetKey::ofUser(identity.userId)
                                                                   : BudgetKey::ofAddress(handshake.address)))
{ }

std::unique_ptr<ConnectedClient> ConnectedClientPrivate::create(SocketId socket, QString id,
                                                                Identity identity, ConnectRequest request,
                                                                RoomManager &manager)
{
    return std::unique_ptr<ConnectedClient>(new ConnectedClient(std::make_unique<ConnectedClientPrivate>(
        socket, std::move(id), std::move(identity), std::move(request), manager)));
}

qint64 ConnectedClientPrivate::bytesOfItself() const
{
    constexpr qint64 treeOfText = 8; // Times as much: [0,0,0] takes 16 bytes for each two.
    return auth.capacity() + treeOfText * (compact(identity.meta).size() + compact(identity.claims).size());
}

ClientSnapshot ConnectedClientPrivate::snapshotOf(const ConnectedClient &client)
{
    return {.id = client.id(),
            .userId = client.userId(),
            .isVerified = client.isVerified(),
            .meta = client.meta(),
            .claims = client.claims()};
}

Result<void> ConnectedClientPrivate::keepItself()
{
    const qint64 bytes = bytesOfItself();
    auto taken = kept.take(bytes);
    if (taken)
        keptOfItself = bytes;
    return taken;
}

ConnectedClient::ConnectedClient(std::unique_ptr<ConnectedClientPrivate> priv)
    : d(this, std::move(priv))
{ }

ConnectedClient::~ConnectedClient() = default;

QString ConnectedClient::id() const { return d->id; }
QString ConnectedClient::userId() const { return d->identity.userId; }
bool ConnectedClient::isVerified() const { return d->identity.verified; }
QJsonObject ConnectedClient::claims() const
{
    return d->identity.verified ? d->identity.claims : QJsonObject();
}
QJsonObject ConnectedClient::handshakeAuth() const { return json::parsed(d->auth).object(); }
const HandshakeInfo &ConnectedClient::handshake() const { return d->handshake; }
QJsonObject ConnectedClient::meta() const { return d->identity.meta; }

void ConnectedClient::setMeta(const QJsonObject &meta)
{
    d->identity.meta = meta;
    const qint64 bytes = d->bytesOfItself();
    d->kept.add(bytes - d->keptOfItself);
    d->keptOfItself = bytes;
}

Result<void> ConnectedClient::join(const QString &roomId)
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

void ConnectedClient::send(const QString &event, const Result<QList<EventMessage>> &history)
{
    if (!history) {
        qCWarning(lcRooms).noquote() << "There is no history to send as" << quoted(event) << "-"
                                     << quoted(history.error().text());
        return;
    }
    if (d->gone)
        return;
    HistoryPage page(d->manager.services().largestPage());
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

void ConnectedClient::disconnect()
{
    d->manager.services().sockets.disconnect(d->socket, true, DisconnectReason::ServerDisconnect);
}

} // namespace dialogue
