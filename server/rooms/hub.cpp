#include "server/rooms/hub.h"

#include "core/base/exceptions.h"
#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/answers/draining.h"
#include "server/rooms/announce.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/room_p.h"

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
    case DisconnectReason::TokenExpired:
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
    , m_expiries(rooms.services(), [](const Error &error) { return announce::error(error); })
    , m_requests(rooms, m_expiries)
    , m_arrivals(
          rooms.services(), rooms.services().hooks,
          [this](SocketId socket, const QByteArray &sid, Identity &&identity, ConnectRequest &&request) {
              return admitted(socket, sid, std::move(identity), std::move(request));
          })
    , m_readers(rooms,
                [this](const ConnectedClient &client, const Error &error) {
                    m_arrivals.refuse(ConnectedClientPrivate::of(client).socket, client.handshake().address,
                                      error);
                })
    , m_returns(
          rooms, [this](SocketId socket) { endLost(socket); },
          [this](ConnectedClient &client) {
              guarded(
                  *m_rooms.services().slotExceptions, [] { return QStringLiteral("in clientRecovered"); },
                  [&] { Q_EMIT clientRecovered(&client); });
          })
{ }

void Hub::socketConnecting(SocketId socket, ConnectRequest &&request)
{
    m_returns.readSession(request);
    m_arrivals.ask(socket, std::move(request));
}

Result<void> Hub::admitted(SocketId socket, const QByteArray &sid, Identity &&identity,
                           ConnectRequest &&request)
{
    // Who is known by its socket's id shares the text of it.
    const bool isNameless = identity.userId == QLatin1String(sid);
    std::optional<ComingBack> back = m_returns.comingBack(request, identity, isNameless);
    const QString id = back ? back->as.id : isNameless ? identity.userId : QString::fromLatin1(sid);
    const QHostAddress address = request.handshake.address;
    std::optional<RoomsWanted> wanted = std::exchange(request.wanted, {});
    auto connecting
        = ConnectedClientPrivate::create(socket, id, std::move(identity), std::move(request), m_rooms);
    if (auto kept = ConnectedClientPrivate::of(*connecting).keepItself(); !kept)
        return kept;
    ConnectedClient *const client = m_clients.add(std::move(connecting));
    qCDebug(lcRooms).noquote() << nameOf(*client) << "connected from" << address.toString() << "as" << id;
    if (const int times = m_connects.count())
        qCInfo(lcRooms).noquote() << "Clients connected:" << times << "- the last" << nameOf(*client);
    comesIn(client, std::move(wanted), std::move(back));
    return {};
}

void Hub::comesIn(ConnectedClient *client, std::optional<RoomsWanted> &&wanted,
                  std::optional<ComingBack> &&back)
{
    const SocketId socket = ConnectedClientPrivate::of(*client).socket;
    SocketGateway &sockets = m_rooms.services().sockets;
    if (back) {
        (void)m_returns.begin(*client, back->as.pid);
    } else {
        if (!wanted)
            sockets.accept(socket, client->id().toLatin1(), m_returns.begin(*client));
        sockets.send(socket, announce::connected(*client));
    }
    m_expiries.watch(ConnectedClientPrivate::of(*client));
    m_rooms.services().clientTap.tell(&ClientObserver::connected, *client);
    guarded(
        *m_rooms.services().slotExceptions, [] { return QStringLiteral("in clientConnected"); },
        [&] { Q_EMIT clientConnected(client); });
    ConnectedClient *const still = wanted || back ? m_clients.find(socket) : nullptr;
    if (still && wanted)
        m_readers.enter(*still, *std::move(wanted));
    else if (still)
        m_returns.enter(*still, *std::move(back));
}

void Hub::socketEvent(SocketId socket, IncomingEvent &&event)
{
    ConnectedClient *const client = m_clients.find(socket);
    if (!client)
        return;
    const auto &recovery = ConnectedClientPrivate::of(*client).recovery;
    if (recovery && recovery->isEntering) {
        // Its CONNECT is not answered, and what it may say hangs on how that ends.
        m_rooms.services().sockets.disconnect(socket, true, DisconnectReason::ProtocolError);
        return;
    }
    m_requests.handle(*client, std::move(event));
}

void Hub::socketAck(SocketId socket, quint64 ackId, JsonData &&args, QList<QByteArray> &&attachments)
{
    m_rooms.services().acks.acknowledged(socket, ackId, std::move(args), attachments);
}

void Hub::socketDisconnected(SocketId socket, DisconnectReason reason)
{
    m_arrivals.forget(socket);
    m_readers.forget(socket);
    m_returns.forget(socket);
    const ConnectedClient *const leaver = m_clients.find(socket);
    if (!leaver || ConnectedClientPrivate::of(*leaver).gone)
        return; // It was refused, and never was a client; or user code is just being told.
    m_expiries.forget(socket);
    // What it said may go on for a while; what it was asked it will not answer.
    m_rooms.services().acks.forget(socket);
    if (isThrownOut(reason) || !m_requests.leave(socket, [this, socket, reason] { left(socket, reason); }))
        left(socket, reason);
}

/** It has come back by another connection. */
void Hub::endLost(SocketId socket)
{
    m_expiries.forget(socket);
    m_returns.forget(socket);
    m_rooms.services().sockets.disconnect(socket, true, DisconnectReason::ConnectionLost);
    left(socket, DisconnectReason::ConnectionLost, Leaves::Now);
}

void Hub::left(SocketId socket, DisconnectReason reason, Leaves leaves)
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
    m_rooms.services().clientTap.tell(&ClientObserver::disconnected, *leaver, reason);
    // Who hears of it may ask once more where the client was; and what he throws keeps it nowhere.
    guarded(
        *m_rooms.services().slotExceptions, [] { return QStringLiteral("in clientDisconnected"); },
        [&] { Q_EMIT clientDisconnected(leaver, QString::fromLatin1(reasonName(reason))); });
    m_requests.forget(socket);
    m_rooms.services().acks.forget(socket); // It may have been asked since.
    std::unique_ptr<ConnectedClient> client = m_clients.take(socket);
    if (!client)
        return;
    m_returns.left(*client, reason);
    if (leaves == Leaves::Now)
        m_rooms.dismissNow(std::move(client));
    else
        m_rooms.dismiss(std::move(client));
}

void Hub::socketDrained(SocketId socket, quint64 token)
{
    if (ConnectedClient *const client = m_clients.find(socket))
        m_rooms.drained(*client, token);
}

void Hub::socketRemains(SocketId socket, const SendRecordPtr &record)
{
    m_rooms.services().clientTap.tell(&ClientObserver::sentInPart, socket, record);
}

void Hub::drain()
{
    m_arrivals.close();
    m_rooms.services().draining.begin();
    m_clients.broadcast(announce::error(serverDraining()));
}

void Hub::close()
{
    m_readers.close();
    m_requests.close();
    for (Room *const room : m_rooms.rooms())
        RoomPrivate::of(*room).failAppends(serverDraining());
}

} // namespace dialogue
