#include "server/rooms/hub.h"

#include "core/base/exceptions.h"
#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/auth/userid.h"
#include "server/rooms/announce.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/spending.h"

#include <utility>

namespace dialogue {

namespace {

/** For the log. */
QString nameOf(const ConnectedClient &client) { return QStringLiteral("User ") + quoted(client.userId()); }

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
        : claimedIdentity(request.auth, {}, {limits.userIdLength, limits.metaSize});
    if (!identity)
        return identity;
    if (identity->userId.isEmpty()) {
        if (authenticate)
            return Error{ErrorCode::Unauthorized, QStringLiteral("The authenticator named no user")};
        identity->userId = id;
        return identity;
    }
    if (const auto good = checkUserId(identity->userId); !good)
        return good.error();
    if (m_ids.isOurs(identity->userId)) {
        return Error{ErrorCode::Unauthorized,
                     QStringLiteral("This server has made the user id '%1' for somebody without a name; use "
                                    "another, or none")
                         .arg(identity->userId),
                     QStringLiteral("auth")};
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

void Hub::refuse(SocketId socket, const QHostAddress &address, const Error &error)
{
    const QByteArray code = codeName(error.code);
    qCDebug(lcAuth).noquote() << "Refused" << address.toString() << "with" << code << "-"
                              << printable(error.text());
    // How often, a stranger decides.
    if (const int times = m_refusals.count(error.code)) {
        qCInfo(lcAuth).noquote() << "Refused with" << code << times << "times, such as" << address.toString()
                                 << "-" << printable(error.text());
    }
    QJsonObject data{{QStringLiteral("code"), QString::fromLatin1(code)}};
    if (error.retryAfter)
        data.insert(QStringLiteral("retryAfter"), qint64(error.retryAfter->count()));
    m_rooms.services().sockets.refuse(socket, error.message, data);
}

void Hub::socketConnecting(SocketId socket, ConnectRequest &&request)
{
    const QByteArray sid = m_ids.next();
    const QString id = QString::fromLatin1(sid);
    const QHostAddress address = request.handshake.address;
    if (const Result<void> allowed = mayConnect(request); !allowed)
        return refuse(socket, address, allowed.error());
    Result<Identity> identity = identify(request, id);
    if (!identity)
        return refuse(socket, address, identity.error());
    auto connecting
        = ConnectedClientPrivate::create(socket, id, std::move(*identity), std::move(request), m_rooms);
    if (const auto kept = ConnectedClientPrivate::of(*connecting).keepItself(); !kept)
        return refuse(socket, address, kept.error());
    SocketGateway &sockets = m_rooms.services().sockets;
    sockets.accept(socket, sid);
    ConnectedClient *const client = m_clients.add(std::move(connecting));
    qCDebug(lcRooms).noquote() << nameOf(*client) << "connected from" << address.toString() << "as" << id;
    if (const int times = m_connects.count())
        qCInfo(lcRooms).noquote() << "Clients connected:" << times << "- the last" << nameOf(*client);
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
    ConnectedClient *const leaver = m_clients.find(socket);
    if (!leaver || std::exchange(ConnectedClientPrivate::of(*leaver).gone, true))
        return; // It was refused, and never was a client; or user code is just being told.
    qCDebug(lcRooms).noquote() << nameOf(*leaver) << "disconnected:" << reasonName(reason) << "as"
                               << leaver->id();
    if (const int times = m_disconnects.count()) {
        qCInfo(lcRooms).noquote() << "Clients disconnected:" << times << "- the last" << nameOf(*leaver)
                                  << "-" << reasonName(reason);
    }
    // Who hears of it may ask once more where the client was; and what he throws keeps it nowhere.
    guarded(
        *m_rooms.services().slotExceptions, [] { return QStringLiteral("in clientDisconnected"); },
        [&] { Q_EMIT clientDisconnected(leaver, QString::fromLatin1(reasonName(reason))); });
    if (std::unique_ptr<ConnectedClient> client = m_clients.take(socket))
        m_rooms.dismiss(std::move(client));
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
