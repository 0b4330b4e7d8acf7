#include "server/rooms/socketclient.h"

#include "core/json/parsed.h"
#include "server/rooms/services.h"

#include <QJsonDocument>

#include <utility>

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

BudgetKey budgetKey(const Identity &identity, const QHostAddress &address)
{
    return identity.verified ? BudgetKey::ofUser(identity.userId) : BudgetKey::ofAddress(address);
}

} // namespace

SocketClient::SocketClient(SocketId socketId, QString clientId, Identity who, ConnectRequest how,
                           const RoomServices &services)
    : socket(socketId)
    , id(std::move(clientId))
    , identity(std::move(who))
    , auth(compact(how.auth))
    , handshake(std::move(how.handshake))
    , budget(services.budgets.hold(budgetKey(identity, handshake.address)))
    , origin(Budgets::nameOf(budget))
    // A user somebody vouches for shares with all its connections; another with those from its address only,
    // or it could use up what others of that name may have.
    , kept(services.memory.shareOf({origin, identity.userId}))
{ }

qint64 SocketClient::bytesOfItself() const
{
    constexpr qint64 treeOfText = 8; // Times as much: [0,0,0] takes 16 bytes for each two.
    return auth.capacity() + treeOfText * (compact(identity.meta).size() + compact(identity.claims).size());
}

Result<void> SocketClient::keepItself()
{
    const qint64 bytes = bytesOfItself();
    auto taken = kept.take(bytes);
    if (taken)
        keptOfItself = bytes;
    return taken;
}

void SocketClient::setMeta(const QJsonObject &meta)
{
    identity.meta = meta;
    keepAnew();
}

void SocketClient::setIdentity(Identity &&now)
{
    identity = std::move(now);
    keepAnew();
}

void SocketClient::keepAnew()
{
    const qint64 bytes = bytesOfItself();
    kept.add(bytes - keptOfItself);
    keptOfItself = bytes;
}

QJsonObject SocketClient::claims() const { return identity.verified ? identity.claims : QJsonObject(); }
QStringList SocketClient::roles() const { return identity.verified ? identity.roles : QStringList(); }
QJsonObject SocketClient::handshakeAuth() const { return json::parsed(auth).object(); }

} // namespace dialogue
