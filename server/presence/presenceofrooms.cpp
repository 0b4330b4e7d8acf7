#include "server/presence/presenceofrooms.h"

#include "core/base/shrink.h"
#include "core/protocol/dialogue/names.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/requestpayload.h"
#include "server/rooms/room_p.h"

namespace dialogue {

namespace {

Presence modeOf(const Room &room) { return RoomPrivate::of(room).declared().presence; }

SocketId socketOf(const ConnectedClient &client) { return ConnectedClientPrivate::of(client).socket; }

} // namespace

PresenceOfRooms::PresenceOfRooms(RoomManager &rooms, Hub &hub)
    : m_rooms(rooms)
{
    m_rooms.setObserver(this);
    hub.addRequest({.name = protocol::names::participants,
                    .kind = BudgetKind::ListParticipants,
                    .answer = [this](ConnectedClient &client, const IncomingEvent &event) {
                        return ask(client, event);
                    }});
}

PresenceOfRooms::~PresenceOfRooms() { m_rooms.setObserver(nullptr); }

RoomPresence &PresenceOfRooms::made(const Room &room)
{
    const RoomServices &services = m_rooms.services();
    const PresenceServices own{.publisher = services.publisher,
                               .memory = services.memory,
                               .config = services.config.presence,
                               .deadlines = m_deadlines,
                               .counters = m_counters};
    return m_present.try_emplace(&room, own, room.id(), modeOf(room)).first->second;
}

void PresenceOfRooms::entered(Room &room, ConnectedClient &client)
{
    if (modeOf(room) != Presence::Off)
        made(room).enter(client.userId());
}

void PresenceOfRooms::left(Room &room, ConnectedClient &client)
{
    const auto present = m_present.find(&room);
    if (present == m_present.end())
        return;
    present->second.leave(client.userId(), socketOf(client));
    if (present->second.isEmpty())
        closed(room);
}

void PresenceOfRooms::declared(Room &room)
{
    const Presence mode = modeOf(room);
    const auto present = m_present.find(&room);
    if (present == m_present.end()) {
        for (ConnectedClient *const client : room.participants())
            entered(room, *client);
    } else if (mode == Presence::Off) {
        present->second.tellMissed();
        closed(room);
    } else if (mode != present->second.mode()) {
        present->second.setMode(mode);
    }
}

void PresenceOfRooms::closed(Room &room)
{
    if (m_present.erase(&room) > 0)
        shrink(m_present);
}

Result<json::ObjectWriter> PresenceOfRooms::ask(const ConnectedClient &client, const IncomingEvent &event)
{
    const auto request = requestOf<protocol::GetParticipants>(event);
    if (!request)
        return request.error();
    const Result<Room *> room = m_rooms.roomOf(client, request->roomId);
    if (!room)
        return room.error();
    const auto present = m_present.find(*room);
    if (present == m_present.end()) {
        return Error{ErrorCode::PermissionDenied,
                     QStringLiteral("Room '%1' does not tell who is in it").arg(request->roomId)};
    }
    return present->second.ask(socketOf(client), *request, m_rooms.services().largestPage().bytes);
}

} // namespace dialogue
