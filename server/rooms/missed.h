#pragma once

#include "server/auth/connectrequest.h"

namespace dialogue {

class ConnectedClient;
class Room;
struct RoomServices;

/** What somebody missed in a room of what it wants there. */
struct Missed
{
    quint64 start = 0; ///< It has all up to this offset.
    quint64 lost = 0; ///< What it would get of all up to this, and after start, is not to be had.

    [[nodiscard]] bool isThere() const { return lost <= start; }
};

/** Of \a client, which is in \a room, and has had all up to \a place. */
[[nodiscard]] Missed missedIn(Room &room, const ConnectedClient &client, const RoomsWanted::Place &place,
                              const RoomServices &services);

} // namespace dialogue
