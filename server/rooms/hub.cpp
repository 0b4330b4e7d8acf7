#include "server/rooms/hub.h"

#include "core/base/exceptions.h"
#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/answers/draining.h"
#include "server/rooms/announce.h"
#include "server/rooms/connectedclient_p.h"

#include <utility>

namespace dialogue {

namespace {

/** For the log. */
QString nameOf(const ConnectedClient &client) { return QStringLiteral("User ") + quoted(client.userId()); }

/** Nothing that it said is to be heard any more. */
bool isThrownOut(DisconnectReason reason)
{
    switch (reason) {
    case DisconnectReason::ProtocolError:
    case DisconnectReason::PayloadTooLarge:
    case DisconnectReason::RateLimited:
    case DisconnectReason::ServerDisconnect:
        return true;
    case DisconnectReason::ClientDisconnect:
    case DisconnectReason::TransportClosed:
    case DisconnectReason::ConnectionLost:
    case DisconnectReason::PingTimeout:
    case DisconnectReason::SlowReader:
    case DisconnectReason::ServerShutdown:
        break;
    }
    return false;
}

} // namespace

Hub::Hub(RoomManager &rooms, ClientRegistry &clients, QObject *parent)
    : QObject(parent)
    , m_rooms(rooms)
    , m_clients(clients)
    , m_requests(rooms)
    , m_arrivals(
          rooms.services(), rooms.services().hooks,
          [this](SocketId socket, const QByteArray &sid, Identity &&identity, ConnectRequest &&request) {
              return admitted(socket, sid, std::move(identity), std::move(request));
          })
{ }

void Hub::socketConnecting(SocketId socket, ConnectRequest &&request)
{
    m_arrivals.ask(socket, std::move(request));
}

Result<void> Hub::admitted(SocketId socket, const QByteArray &sid, Identity &&identity,
                           ConnectRequest &&request)
{
    // Who is known by its socket's id shares the text of it.
    const QString id = identity.userId == QLatin1String(sid) ? identity.userId : QString::fromLatin1(sid);
    const QHostAddress address = request.handshake.address;
    auto connecting
        = ConnectedClientPrivate::create(socket, id, std::move(identity), std::move(request), m_rooms);
    if (auto kept = ConnectedClientPrivate::of(*connecting).keepItself(); !kept)
        return kept;
    SocketGateway &sockets = m_rooms.services().sockets;
    sockets.accept(socket, sid);
    ConnectedClient *const client = m_clients.add(std::move(connecting));
    qCDebug(lcRooms).noquote() << nameOf(*client) << "connected from" << address.toString() << "as" << id;
    if (const int times = m_connects.count())
        qCInfo(lcRooms).noquote() << "Clients connected:" << times << "- the last" << nameOf(*client);
    sockets.send(socket, announce::connected(*client));
    guarded(
        *m_rooms.services().slotExceptions, [] { return QStringLiteral("in clientConnected"); },
        [&] { Q_EMIT clientConnected(client); });
    return {};
}

void Hub::socketEvent(SocketId socket, IncomingEvent &&event)
{
    if (ConnectedClient *const client = m_clients.find(socket))
        m_requests.handle(*client, std::move(event));
}

void Hub::socketAck(SocketId socket, quint64 ackId, JsonData &&args, QList<QByteArray> &&attachments)
{
    m_rooms.services().acks.acknowledged(socket, ackId, std::move(args), attachments);
}

void Hub::socketDisconnected(SocketId socket, DisconnectReason reason)
{
    m_arrivals.forget(socket);
    const ConnectedClient *const leaver = m_clients.find(socket);
    if (!leaver || ConnectedClientPrivate::of(*leaver).gone)
        return; // It was refused, and never was a client; or user code is just being told.
    // What it said may go on for a while; what it was asked it will not answer.
    m_rooms.services().acks.forget(socket);
    if (isThrownOut(reason) || !m_requests.leave(socket, [this, socket, reason] { left(socket, reason); }))
        left(socket, reason);
}

void Hub::left(SocketId socket, DisconnectReason reason)
{
    ConnectedClient *const leaver = m_clients.find(socket);
    if (!leaver || std::exchange(ConnectedClientPrivate::of(*leaver).gone, true))
        return;
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
    m_requests.forget(socket);
    m_rooms.services().acks.forget(socket); // It may have been asked since.
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
    m_arrivals.close();
    m_requests.drain();
    m_clients.broadcast(announce::error(serverDraining()));
}

} // namespace dialogue
