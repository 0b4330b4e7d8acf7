#include "server/rooms/replay.h"

#include "server/rooms/clientreplays.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/room_p.h"

#include <algorithm>
#include <utility>

namespace dialogue {

Replay::Replay(Room &room, ConnectedClient &client, quint64 offset, CaughtUp caughtUp,
               ReplayCounters &counters)
    : m_room(room)
    , m_client(client)
    , m_cursor(offset)
    , m_promised(room.offset())
    , m_caughtUp(std::move(caughtUp))
    , m_counters(counters)
{
    RoomPrivate &priv = RoomPrivate::of(room);
    priv.activity().subscriptions.hold(ConnectedClientPrivate::of(client).socket);
    readUpTo(priv.activity().log, m_cursor);
    ++m_counters.running;
    ++m_counters.begun;
}

Replay::~Replay() { --m_counters.running; }

std::optional<quint64> Replay::next() const
{
    OffsetMerge missed = RoomPrivate::of(m_room).log().forward(m_cursor);
    const PublicationPtr *const publication = missed.next();
    return publication ? std::optional((*publication)->departure().order) : std::nullopt;
}

Replay::Progress Replay::send(ReplayPortion &portion, quint64 last)
{
    RoomPrivate &room = RoomPrivate::of(m_room);
    const SocketId socket = ConnectedClientPrivate::of(m_client).socket;
    if (m_tooSlow || skipGap())
        return Progress::Gone;
    OffsetMerge missed = room.log().forward(m_cursor);
    while (!portion.isUsedUp()) {
        const PublicationPtr *const publication = missed.next();
        if (!publication) {
            m_cursor = room.log().offset();
            break;
        }
        if ((*publication)->departure().order > last)
            break;
        --portion.looks;
        if ((*publication)->offset() > m_promised)
            told();
        if (wants(**publication)) {
            const qint64 size = (*publication)->size();
            if (portion.bytes < size && !portion.isUntouched) {
                portion.bytes = 0;
                break;
            }
            room.services().publisher.deliver(socket, *publication, Occasion::Replay);
            portion.isUntouched = false;
            portion.bytes -= size;
            --portion.events;
            ++m_counters.events;
            m_counters.bytes += size;
        }
        m_cursor = (*publication)->offset();
    }
    if (m_cursor >= m_promised)
        told();
    readUpTo(room.activity().log, m_cursor);
    return m_cursor >= room.log().offset() ? Progress::AtEnd : Progress::More;
}

/** What the log has forgotten meanwhile is told. True: the client is disconnected for it. */
bool Replay::skipGap()
{
    RoomPrivate &room = RoomPrivate::of(m_room);
    const quint64 lost = completeAfter();
    if (lost <= m_cursor)
        return false;
    if (room.declared().slowReader == SlowReaderPolicy::Disconnect) {
        disconnect();
        return true;
    }
    room.services().publisher.tellGap(ConnectedClientPrivate::of(m_client).socket,
                                      {.room = room.roomStream(), .from = m_cursor + 1, .to = lost});
    room.services().clientTap.tell(&ClientObserver::missed, m_room, m_client, m_cursor + 1, lost);
    ++m_counters.gaps;
    m_cursor = lost;
    m_hasGap = true;
    return false;
}

void Replay::fellBehind()
{
    if (RoomPrivate::of(m_room).declared().slowReader == SlowReaderPolicy::Disconnect
        && completeAfter() > m_cursor)
        disconnect();
}

void Replay::disconnect()
{
    if (std::exchange(m_tooSlow, true))
        return;
    ++m_counters.tooSlow;
    RoomPrivate::of(m_room).services().sockets.disconnect(ConnectedClientPrivate::of(m_client).socket, true,
                                                          DisconnectReason::SlowReader);
}

void Replay::end()
{
    stopReading();
    if (!m_hasGap)
        ++m_counters.healed;
    told();
    RoomPrivate::of(m_room).activity().subscriptions.release(ConnectedClientPrivate::of(m_client).socket);
}

void Replay::told()
{
    if (const CaughtUp caughtUp = std::exchange(m_caughtUp, nullptr))
        caughtUp(RoomPrivate::of(m_room).activity().subscriptions.names(
            ConnectedClientPrivate::of(m_client).socket));
}

void Replay::subscribed(const QString &event) { m_starts.insert(event, m_room.offset()); }

bool Replay::wants(const Publication &publication) const
{
    const Subscriptions &subscriptions = RoomPrivate::of(m_room).activity().subscriptions;
    const SocketId socket = ConnectedClientPrivate::of(m_client).socket;
    const auto wantedBy = [&](const QString &name) {
        return subscriptions.has(socket, name) && publication.offset() > startOf(name);
    };
    return wantedBy(publication.event())
        || (wantedBy(Everything) && subscriptions.bringsAll(socket, publication.event()));
}

quint64 Replay::completeAfter() const
{
    const RoomPrivate &room = RoomPrivate::of(m_room);
    quint64 after = 0;
    for (const QString &name :
         room.activityIfAny()->subscriptions.names(ConnectedClientPrivate::of(m_client).socket)) {
        const quint64 lost = room.completeAfter(name);
        if (lost > startOf(name))
            after = std::max(after, lost);
    }
    return after;
}

} // namespace dialogue
