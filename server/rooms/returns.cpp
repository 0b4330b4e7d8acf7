#include "server/rooms/returns.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/auth/placetext.h"
#include "server/rooms/announce.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/missed.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roommanager.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

/** As Socket.IO has it, and where a new token is all that is wanted. Who said good-bye, or was thrown out,
 * was meant to go. */
bool mayComeBackAfter(DisconnectReason reason)
{
    switch (reason) {
    case DisconnectReason::TransportClosed:
    case DisconnectReason::ConnectionLost:
    case DisconnectReason::PingTimeout:
    case DisconnectReason::SlowReader:
    case DisconnectReason::TokenExpired:
    case DisconnectReason::ServerShutdown:
        return true;
    case DisconnectReason::ClientDisconnect:
    case DisconnectReason::ServerDisconnect:
    case DisconnectReason::ProtocolError:
    case DisconnectReason::PayloadTooLarge:
    case DisconnectReason::RateLimited:
        break;
    }
    return false;
}

} // namespace

Returns::Returns(RoomManager &rooms, End end, Recovered recovered)
    : m_rooms(rooms)
    , m_end(std::move(end))
    , m_recovered(std::move(recovered))
    , m_away(rooms.services().config.recovery, m_counters)
{ }

bool Returns::isOn() const { return m_rooms.services().config.recovery.connectionState; }

void Returns::readSession(ConnectRequest &request) const
{
    if (!isOn())
        return;
    const QJsonValue pid = request.auth.take("pid"_L1);
    const QJsonValue offset = request.auth.take("offset"_L1);
    if (pid.isString() && offset.isString())
        request.session = {pid.toString().toLatin1(), offset.toString().toLatin1()};
}

std::optional<ComingBack> Returns::comingBack(const ConnectRequest &request, Identity &identity,
                                              bool isNameless)
{
    if (!request.session)
        return std::nullopt;
    const QByteArray &key = request.session->pid;
    const auto isWhoItWas = [&](const QString &id, const QString &userId, bool isVerified) {
        return isVerified == identity.verified && userId == (isNameless ? id : identity.userId);
    };
    // It may be back before its old connection is found to be lost.
    if (const auto found = m_connected.find(key); found != m_connected.end()) {
        const ConnectedClient *const old = m_rooms.client(found->second);
        if (old && isWhoItWas(old->id(), old->userId(), old->isVerified()))
            m_end(found->second);
    }
    const std::optional<RoomsWanted::Place> place = placeOf(request.session->offset);
    const AwayClient *const away = m_away.find(key);
    // Nobody else's coming takes it from who it is of. A ban of who has no name is of the id that it had.
    if (!away || !isWhoItWas(away->id, away->userId, away->verified) || !place
        || m_rooms.services().sanctions.find(SanctionKind::Ban, away->userId, {})) {
        ++m_counters.anew;
        return std::nullopt;
    }
    AwayClient as = m_away.take(key);
    identity.userId = as.userId;
    if (as.meta)
        identity.meta = *as.meta;
    return ComingBack{std::move(as), *place};
}

QByteArray Returns::begin(ConnectedClient &client, const QByteArray &pid)
{
    if (!isOn())
        return {};
    ConnectedClientPrivate &priv = ConnectedClientPrivate::of(client);
    auto &recovery = priv.recovery;
    if (!recovery)
        recovery = std::make_unique<ClientRecovery>();
    else
        m_connected.erase(recovery->pid);
    recovery->pid = pid.isEmpty() ? m_rooms.services().ids.next() : pid;
    recovery->isEntering = !pid.isEmpty();
    m_connected[recovery->pid] = priv.socket;
    return recovery->pid;
}

void Returns::enter(ConnectedClient &client, ComingBack &&back)
{
    std::vector<RoomWish> wishes = back.as.rooms;
    m_entries.enter(client, std::move(wishes),
                    [this, back = std::move(back)](ConnectedClient &entering, auto &&entries) {
                        if (entries)
                            return entered(entering, back, *entries);
                        qCDebug(lcRooms).noquote() << "User" << quoted(entering.userId())
                                                   << "begins anew:" << printable(entries.error().text());
                        beginAnew(entering, back.as.rooms);
                    });
}

void Returns::entered(ConnectedClient &client, const ComingBack &back, const std::vector<RoomPlace> &entries)
{
    std::optional<std::vector<RoomPlace>> places = placesOf(client, back.place, entries);
    if (!places)
        return beginAnew(client, back.as.rooms);
    ClientRecovery &recovery = *ConnectedClientPrivate::of(client).recovery;
    for (const RoomWish &wish : back.as.rooms) {
        recovery.restored.insert(wish.roomId);
        std::erase_if(recovery.meanwhile, [&](const auto &joined) { return joined.roomId == wish.roomId; });
    }
    std::ranges::copy(joinedMeanwhile(client), std::back_inserter(*places));
    recovery.isRecovered = true;
    recovery.isEntering = false;
    ++m_counters.recovered;
    // Before CONNECT is answered, as Socket.IO's server does, where it is no more than may be sent at once.
    m_rooms.follow(client, *places);
    letIn(client);
    m_recovered(client);
}

std::optional<std::vector<RoomPlace>> Returns::placesOf(const ConnectedClient &client,
                                                        const RoomsWanted::Place &place,
                                                        const std::vector<RoomPlace> &entries) const
{
    std::vector<RoomPlace> places;
    for (const RoomPlace &entry : entries) {
        const Missed missed = missedIn(*entry.room, client, place, m_rooms.services());
        if (!missed.isThere()) {
            qCDebug(lcRooms).noquote() << "User" << quoted(client.userId()) << "begins anew: of"
                                       << quoted(entry.room->id()) << "not all is there that it missed";
            return std::nullopt;
        }
        places.push_back({entry.room, missed.start});
    }
    return places;
}

void Returns::beginAnew(ConnectedClient &client, const std::vector<RoomWish> &wishes)
{
    ++m_counters.anew;
    ClientRecovery &recovery = *ConnectedClientPrivate::of(client).recovery;
    const QPointer<ConnectedClient> alive(&client);
    for (const RoomWish &wish : wishes) {
        const bool isTheApplications = std::ranges::any_of(
            recovery.meanwhile, [&](const auto &joined) { return joined.roomId == wish.roomId; });
        if (!isTheApplications)
            (void)m_rooms.leave(client, wish.roomId);
        if (!alive || ConnectedClientPrivate::of(client).gone)
            return;
    }
    if (const std::vector<RoomPlace> places = joinedMeanwhile(client); !places.empty())
        m_rooms.follow(client, places);
    (void)begin(client); // Another pid: so it hears that it is not who it was.
    letIn(client);
}

std::vector<RoomPlace> Returns::joinedMeanwhile(ConnectedClient &client) const
{
    std::vector<RoomPlace> places;
    for (const auto &joined : std::exchange(ConnectedClientPrivate::of(client).recovery->meanwhile, {})) {
        Room *const room = m_rooms.find(joined.roomId);
        if (room && room->contains(&client))
            places.push_back({room, joined.offset});
    }
    return places;
}

void Returns::letIn(ConnectedClient &client)
{
    const ConnectedClientPrivate &priv = ConnectedClientPrivate::of(client);
    SocketGateway &sockets = m_rooms.services().sockets;
    sockets.accept(priv.socket, client.id().toLatin1(), priv.recovery->pid);
    sockets.send(priv.socket, announce::connected(client));
}

void Returns::left(const ConnectedClient &client, DisconnectReason reason)
{
    const ConnectedClientPrivate &priv = ConnectedClientPrivate::of(client);
    if (!priv.recovery)
        return;
    m_connected.erase(priv.recovery->pid);
    if (!mayComeBackAfter(reason) || priv.recovery->isEntering)
        return;
    AwayClient away{.pid = priv.recovery->pid,
                    .id = client.id(),
                    .userId = client.userId(),
                    .verified = client.isVerified()};
    if (priv.recovery->hasOwnMeta)
        away.meta = client.meta();
    for (const JoinedRooms::Place &joined : priv.rooms) {
        if (joined.room->contains(&client))
            away.rooms.push_back({joined.room->id(), client.subscriptions(joined.room->id())});
    }
    m_away.add(std::move(away));
}

} // namespace dialogue
