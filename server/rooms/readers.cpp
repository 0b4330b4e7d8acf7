#include "server/rooms/readers.h"

#include "server/answers/draining.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/missed.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roommanager.h"

#include <utility>

namespace dialogue {

Readers::Readers(RoomManager &rooms, Refuse refuse)
    : m_rooms(rooms)
    , m_refuse(std::move(refuse))
{
    connect(&rooms, &RoomManager::clientLeft, this, [this](ConnectedClient *client) {
        if (ConnectedClientPrivate::of(*client).isReader)
            left(*client);
    });
}

void Readers::enter(const ConnectedClient &client, RoomsWanted &&wanted)
{
    std::vector<RoomWish> wishes;
    for (const QString &roomId : std::as_const(wanted.rooms))
        wishes.push_back({roomId, wanted.events});
    m_entries.enter(client, std::move(wishes),
                    [this, after = wanted.after](ConnectedClient &entering, auto &&entered) {
                        if (entered)
                            begin(entering, *entered, after);
                        else
                            m_refuse(entering, entered.error());
                    });
}

void Readers::close() { m_entries.endAll(serverDraining()); }

void Readers::begin(ConnectedClient &client, const std::vector<RoomPlace> &entered,
                    const std::optional<RoomsWanted::Place> &after)
{
    ConnectedClientPrivate::of(client).isReader = true;
    m_rooms.services().sockets.accept(ConnectedClientPrivate::of(client).socket, client.id().toLatin1());
    std::vector<RoomPlace> places;
    places.reserve(entered.size());
    for (const RoomPlace &entry : entered)
        places.push_back({entry.room, after ? startIn(*entry.room, client, *after) : entry.offset});
    m_rooms.follow(client, places);
}

quint64 Readers::startIn(Room &room, const ConnectedClient &client, const RoomsWanted::Place &after) const
{
    const RoomServices &services = m_rooms.services();
    const Missed missed = missedIn(room, client, after, services);
    if (missed.isThere())
        return missed.start;
    services.publisher.tellGap(
        ConnectedClientPrivate::of(client).socket,
        {.room = RoomPrivate::of(room).roomStream(), .from = missed.start + 1, .to = missed.lost});
    services.clientTap.tell(&ClientObserver::missed, room, client, missed.start + 1, missed.lost);
    return missed.lost;
}

// Of many rooms that it leaves when it ends it is told here too: it is gone by then.
void Readers::left(ConnectedClient &client)
{
    const ConnectedClientPrivate &priv = ConnectedClientPrivate::of(client);
    if (!priv.gone)
        m_rooms.services().sockets.disconnect(priv.socket, true, DisconnectReason::ServerDisconnect);
}

} // namespace dialogue
