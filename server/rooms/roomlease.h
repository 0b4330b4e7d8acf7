#pragma once

#include "server/memory/memoryshare.h"

#include <chrono>
#include <list>

namespace dialogue {

class Room;

/** What keeps a room that a client created, until it ends: see RoomLifetimes. */
struct RoomLease
{
    Room *room;
    MemoryCharge charge; ///< Of its creator's memory.
    std::chrono::steady_clock::time_point ends = {}; ///< If nothing happens before; {}: it does not.

    [[nodiscard]] bool isDue() const { return ends != std::chrono::steady_clock::time_point(); }
};
using RoomLeases = std::list<RoomLease>;

} // namespace dialogue
