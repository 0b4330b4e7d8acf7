#pragma once

#include "server/presence/roompresence.h"
#include "server/rooms/hub.h"
#include "server/rooms/roomobserver.h"

#include <unordered_map>

namespace dialogue {

/** Who is in the rooms that tell it (RoomConfig::presence), and `dialogue:participants`, by which clients ask
 * for it. Nothing is kept of other rooms, nor of those that nobody is in. */
class PresenceOfRooms final : public RoomObserver
{
public:
    PresenceOfRooms(RoomManager &rooms, Hub &hub);
    ~PresenceOfRooms() override;
    Q_DISABLE_COPY_MOVE(PresenceOfRooms)

    [[nodiscard]] const PresenceCounters &counters() const { return m_counters; }

    void entered(Room &room, ConnectedClient &client) override;
    void left(Room &room, ConnectedClient &client) override;
    void declared(Room &room) override;
    void closed(Room &room) override;

private:
    Result<json::ObjectWriter> ask(const ConnectedClient &client, const IncomingEvent &event);
    RoomPresence &made(const Room &room);

    RoomManager &m_rooms;
    PresenceCounters m_counters;
    DeadlineQueue m_deadlines;
    std::unordered_map<const Room *, RoomPresence> m_present;
};

} // namespace dialogue
