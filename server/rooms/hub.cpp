#include "server/rooms/hub.h"

#include "core/base/logging.h"
#include "server/rooms/announce.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/spending.h"

#include <QPointer>
#include <QRandomGenerator>

#include <array>

namespace dialogue {

namespace {

/** 20 characters, as Socket.IO's own ids have; 120 random bits. */
QByteArray newSocketSid()
{
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QByteArray(reinterpret_cast<const char *>(words.data()), 15)
        .toBase64(QByteArray::Base64UrlEncoding);
}

/** Events of the server itself are from "system", so no stranger may bear that name. */
const QString ReservedUserId = QStringLiteral("system");

} // namespace

Hub::Hub(RoomManager &rooms, ClientRegistry &clients, QObject *parent)
    : QObject(parent)
    , m_rooms(rooms)
    , m_clients(clients)
    , m_requests(rooms)
{ }

Result<Identity> Hub::identify(const ConnectRequest &request, const QString &id) const
{
    if (m_draining) {
        return Error{ErrorCode::ServerDraining,
                     QStringLiteral("The server is shutting down; connect again in a moment")};
    }
    const auto &authenticate = m_rooms.services().hooks.authenticate;
    const LimitsConfig &limits = m_rooms.services().config.limits;
    Result<Identity> identity = authenticate
        ? authenticate(request)
        : claimedIdentity(request.auth, id, {limits.userIdLength, limits.metaSize});
    if (identity && identity->userId.isEmpty())
        return Error{ErrorCode::Unauthorized, QStringLiteral("The authenticator named no user")};
    if (identity && identity->userId == ReservedUserId && !identity->verified) {
        return Error{ErrorCode::Unauthorized,
                     QStringLiteral("The user id 'system' is the server's own; use another"),
                     QStringLiteral("auth.userId")};
    }
    return identity;
}

Result<void> Hub::mayConnect(const ConnectRequest &request) const
{
    // By address in any case: who the user is would have to be found out first.
    Budgets &budgets = m_rooms.services().budgets;
    const auto holder = budgets.hold(BudgetKey::ofAddress(request.handshake.address));
    if (const auto wait = budgets.take(holder, BudgetKind::Connect))
        return rateLimited(BudgetKind::Connect, budgets.limit(BudgetKind::Connect), *wait);
    return {};
}

void Hub::socketConnecting(SocketId socket, ConnectRequest &&request)
{
    const QByteArray sid = newSocketSid();
    const QString id = QString::fromLatin1(sid);
    SocketGateway &sockets = m_rooms.services().sockets;
    const auto refuse = [this, &sockets, socket, address = request.handshake.address](const Error &error) {
        // How often, a stranger decides.
        if (const int times = m_refusals.count()) {
            qCInfo(lcAuth).noquote() << "Refused" << times << "times, such as" << address.toString() << "-"
                                     << error.text();
        }
        QJsonObject data{{QStringLiteral("code"), QString::fromLatin1(codeName(error.code))}};
        if (error.retryAfter)
            data.insert(QStringLiteral("retryAfter"), qint64(error.retryAfter->count()));
        sockets.refuse(socket, error.message, data);
    };
    if (const Result<void> allowed = mayConnect(request); !allowed)
        return refuse(allowed.error());
    Result<Identity> identity = identify(request, id);
    if (!identity)
        return refuse(identity.error());
    auto connecting
        = ConnectedClientPrivate::create(socket, id, std::move(*identity), std::move(request), m_rooms);
    if (const auto kept = ConnectedClientPrivate::of(*connecting).keepItself(); !kept)
        return refuse(kept.error());
    sockets.accept(socket, sid);
    ConnectedClient *const client = m_clients.add(std::move(connecting));
    sockets.send(socket, announce::connected(*client));
    Q_EMIT clientConnected(client);
}

void Hub::socketEvent(SocketId socket, IncomingEvent &&event)
{
    if (ConnectedClient *const client = m_clients.find(socket))
        m_requests.handle(*client, std::move(event));
}

void Hub::socketAck(SocketId, quint64 ackId, QJsonArray &&, QList<QByteArray> &&)
{
    // The server asks clients for no acks yet; an unknown ack id is no violation, as in the reference.
    qCDebug(lcSocket) << "Ack" << ackId << "belongs to no request";
}

void Hub::socketDisconnected(SocketId socket, DisconnectReason reason)
{
    std::unique_ptr<ConnectedClient> client = m_clients.take(socket);
    if (!client) // it was refused, and never was a client
        return;
    ConnectedClientPrivate::of(*client).gone = true;
    m_rooms.dismiss(std::move(client), [this, reason](ConnectedClient &dismissed) {
        Q_EMIT clientDisconnected(&dismissed, QString::fromLatin1(reasonName(reason)));
    });
}

void Hub::socketDrained(SocketId socket, quint64 token)
{
    if (ConnectedClient *const client = m_clients.find(socket))
        m_rooms.drained(*client, token);
}

void Hub::drain()
{
    m_draining = true;
    m_clients.broadcast(
        announce::error({ErrorCode::ServerDraining, QStringLiteral("The server is shutting down")}));
}

} // namespace dialogue
