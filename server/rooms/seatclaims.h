#pragma once

#include "server/loop/deadlines.h"
#include "server/memory/memoryshare.h"
#include "server/rooms/roommanager.h"
#include "server/rooms/seatcounters.h"

#include <QMultiHash>
#include <QObject>

#include <functional>
#include <list>

namespace dialogue {

/**
 * Joins of full rooms by users who are in them with other connections: those may be dead without anybody
 * having noticed, as when a phone changes networks. They are pinged, and one that stays silent for
 * limits.seatTimeout gives up its seat. Lives in the hub's thread, and keeps nobody waiting but the join.
 */
class SeatClaims : public QObject
{
    Q_OBJECT
public:
    using Retry = std::function<void()>;

    explicit SeatClaims(RoomManager &rooms);
    ~SeatClaims() override;

    /** A join of a room that was full. */
    struct Join
    {
        ConnectedClient &client;
        Room &room;
        /** It named its place in the present log, which who was never in the room does not know. */
        bool isBack;
        qint64 bytes; ///< What it takes to keep \a retry.
    };
    /**
     * True: \a retry is called once, from the event loop, when it is known what becomes of the seat; the room
     * may be full all the same. False: there is no connection that may be dead. LimitReached: too much waits.
     */
    Result<bool> wait(const Join &join, Retry retry);
    /** All are retried now, and nobody gives up a seat. */
    void close();
    /** SocketListener::socketHeard() */
    void heard(SocketId socket);

    [[nodiscard]] SeatCounters counters() const;

private:
    class Claim;

    void left(const ConnectedClient &client, const Room &room);
    void settle(Claim &claim);
    /** It is claimed no more; what is given back holds it still. */
    [[nodiscard]] std::list<Claim> take(Claim &claim);
    void giveUp(const Claim &claim);

    RoomManager &m_rooms;
    DeadlineQueue m_deadlines;
    std::list<Claim> m_claims;
    QMultiHash<SocketId, Claim *> m_waiting; ///< By who claims.
    QMultiHash<SocketId, Claim *> m_asked; ///< By connections that have not been heard of yet.
    SeatCounters m_counters;
};

} // namespace dialogue
