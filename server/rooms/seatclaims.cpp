#include "server/rooms/seatclaims.h"

#include "core/base/exceptions.h"
#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/rooms/connectedclient_p.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>
#include <vector>

namespace dialogue {

namespace {

/** Of one user, in one room: each join may cause so many pings. Who came first is likeliest to be dead. */
constexpr std::size_t MostAsked = 32;
/** Anybody may claim to be the user, over any number of connections that are somewhere else. */
constexpr qsizetype MostLooks = 256;

} // namespace

class SeatClaims::Claim final : public Deadline
{
public:
    Claim(SeatClaims *claims, SocketId socket, QString room, Retry again, MemoryCharge bytes)
        : claimant(socket)
        , roomId(std::move(room))
        , retry(std::move(again))
        , m_claims(claims)
        , m_charge(std::move(bytes))
    { }
    void expired() override { m_claims->settle(*this); } // Destroys this.
    /** So late that the process stood still, and may have read nothing of what came; said once. */
    bool stoodStill()
    {
        constexpr std::chrono::milliseconds tolerable(100);
        return !std::exchange(m_saidSo, true) && std::chrono::steady_clock::now() > due + tolerable;
    }

    const SocketId claimant;
    const QString roomId;
    std::list<Claim>::iterator place = {};
    Retry retry;
    std::vector<SocketId> silent; ///< Those that were asked, as long as nothing has come from them.
    std::chrono::steady_clock::time_point due = {};
    bool isFreed = false; ///< One of them is out of the room already.

private:
    SeatClaims *m_claims;
    MemoryCharge m_charge;
    bool m_saidSo = false;
};

SeatClaims::SeatClaims(RoomManager &rooms)
    : m_rooms(rooms)
{
    connect(&rooms, &RoomManager::clientLeft, this,
            [this](ConnectedClient *client, Room *room) { left(*client, *room); });
}

SeatClaims::~SeatClaims() = default;

SeatCounters SeatClaims::counters() const
{
    SeatCounters counters = m_counters;
    counters.waiting = static_cast<qint64>(m_claims.size());
    return counters;
}

Result<bool> SeatClaims::wait(const Join &join, Retry retry)
{
    const auto &claimant = ConnectedClientPrivate::of(join.client);
    const bool isVerified = join.client.isVerified();
    // Anybody may claim to be that user; who was in the room knows its log.
    if (!isVerified && !join.isBack)
        return false;
    const QList<Claim *> own = m_waiting.values(claimant.socket);
    if (std::ranges::any_of(own, [&](const Claim *claim) { return claim->roomId == join.room.id(); }))
        return false;
    std::vector<SocketId> others;
    for (const ConnectedClient *const other : m_rooms.clientsOf(join.client.userId(), MostLooks)) {
        if (other != &join.client && other->isVerified() == isVerified && join.room.contains(other)
            && others.size() < MostAsked)
            others.push_back(ConnectedClientPrivate::of(*other).socket);
    }
    if (others.empty())
        return false;
    MemoryCharge charge(claimant.kept.share());
    if (auto taken = charge.take(static_cast<qint64>(sizeof(Claim)) + join.bytes); !taken)
        return taken.error();

    Claim &claim
        = m_claims.emplace_back(this, claimant.socket, join.room.id(), std::move(retry), std::move(charge));
    claim.place = std::prev(m_claims.end());
    claim.silent = std::move(others);
    m_waiting.insert(claim.claimant, &claim);
    const auto patience = m_rooms.services().config.limits.seatTimeout;
    claim.due = std::chrono::steady_clock::now() + patience;
    claim.schedule(&m_deadlines, patience);
    for (const SocketId socket : claim.silent) {
        m_asked.insert(socket, &claim);
        m_rooms.services().sockets.askWhetherAlive(socket);
    }
    m_counters.asked += static_cast<qint64>(claim.silent.size());
    return true;
}

void SeatClaims::heard(SocketId socket)
{
    const QList<Claim *> claims = m_asked.values(socket);
    m_asked.remove(socket);
    for (Claim *const claim : claims) {
        std::erase(claim->silent, socket);
        if (claim->silent.empty()) // There is nothing to wait for.
            claim->schedule(&m_deadlines, std::chrono::milliseconds(0));
    }
}

void SeatClaims::left(const ConnectedClient &client, const Room &room)
{
    if (m_asked.isEmpty())
        return;
    const QList<Claim *> claims = m_asked.values(ConnectedClientPrivate::of(client).socket);
    for (Claim *const claim : claims) {
        if (claim->roomId != room.id())
            continue;
        claim->isFreed = true;
        claim->schedule(&m_deadlines, std::chrono::milliseconds(0));
    }
}

void SeatClaims::settle(Claim &claim)
{
    if (!claim.isFreed && !claim.silent.empty() && claim.stoodStill()) {
        claim.schedule(&m_deadlines, m_rooms.services().config.limits.seatTimeout);
        return;
    }
    // User code runs from here on, and may be the end of any client and room, but not of what is ours.
    const std::list<Claim> own = take(claim);
    if (!claim.isFreed) {
        guarded(
            *m_rooms.services().slotExceptions, [] { return QStringLiteral("of a seat that is given up"); },
            [&] { giveUp(claim); });
    }
    claim.retry();
}

std::list<SeatClaims::Claim> SeatClaims::take(Claim &claim)
{
    std::list<Claim> own;
    own.splice(own.end(), m_claims, claim.place);
    m_waiting.remove(claim.claimant, &claim);
    for (const SocketId socket : claim.silent)
        m_asked.remove(socket, &claim);
    return own;
}

void SeatClaims::close()
{
    while (!m_claims.empty()) {
        std::list<Claim> own = take(m_claims.front());
        own.front().retry();
    }
}

void SeatClaims::giveUp(const Claim &claim)
{
    for (const SocketId socket : claim.silent) {
        const Room *const room = m_rooms.find(claim.roomId);
        const ConnectedClient *const claimant = m_rooms.client(claim.claimant);
        if (!room || !room->isFull() || !claimant || ConnectedClientPrivate::of(*claimant).gone)
            return;
        ConnectedClient *const silent = m_rooms.client(socket);
        if (!silent || !room->contains(silent))
            continue;
        qCDebug(lcRooms).noquote() << "A silent connection of user" << quoted(silent->userId())
                                   << "gives up its seat in" << quoted(claim.roomId);
        ++m_counters.givenUp;
        (void)m_rooms.leave(*silent, claim.roomId);
    }
}

} // namespace dialogue
