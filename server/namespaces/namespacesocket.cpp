#include "server/namespaces/namespacesocket.h"

#include "server/namespaces/namespacesocket_p.h"
#include "server/rooms/askclient.h"
#include "server/socketio/packetframes.h"

#include <utility>

namespace dialogue {

std::unique_ptr<NamespaceSocket> NamespaceSocketPrivate::create(SocketId socket, const QByteArray &nsp,
                                                                const QString &id, Identity identity,
                                                                ConnectRequest request,
                                                                const RoomServices &services)
{
    return std::unique_ptr<NamespaceSocket>(new NamespaceSocket(std::make_unique<NamespaceSocketPrivate>(
        socket, nsp, id, std::move(identity), std::move(request), services)));
}

NamespaceSocket::NamespaceSocket(std::unique_ptr<NamespaceSocketPrivate> priv)
    : d(this, std::move(priv))
{ }

NamespaceSocket::~NamespaceSocket() = default;

QString NamespaceSocket::id() const { return d->id; }
QString NamespaceSocket::userId() const { return d->identity.userId; }
bool NamespaceSocket::isVerified() const { return d->identity.verified; }
QJsonObject NamespaceSocket::claims() const { return d->claims(); }
QJsonObject NamespaceSocket::handshakeAuth() const { return d->handshakeAuth(); }
const HandshakeInfo &NamespaceSocket::handshake() const { return d->handshake; }
QJsonObject NamespaceSocket::meta() const { return d->identity.meta; }
void NamespaceSocket::setMeta(const QJsonObject &meta) { d->setMeta(meta); }

void NamespaceSocket::send(const QString &event, const QJsonValue &data)
{
    if (d->gone)
        return;
    const QJsonArray arguments = data.isUndefined() ? QJsonArray() : QJsonArray{data};
    d->services.sockets.send(d->socket, eventFrame(d->nsp, event, arguments));
}

QFuture<Result<QJsonArray>> NamespaceSocket::request(const QString &event, const QJsonValue &data,
                                                     std::chrono::milliseconds timeout)
{
    return askClient(d->services, d->nsp, *d, {event, data, timeout});
}

void NamespaceSocket::disconnect()
{
    d->services.sockets.disconnect(d->socket, false, DisconnectReason::ServerDisconnect);
}

void NamespaceSocket::disconnectAll()
{
    d->services.sockets.disconnect(d->socket, true, DisconnectReason::ServerDisconnect);
}

} // namespace dialogue
