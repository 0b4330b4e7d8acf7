#pragma once

#include <chrono>
#include <optional>

namespace dialogue {

/** When an event counts as kept, so that it is acknowledged and goes out. */
enum class Durability {
    None, ///< At once: it is in memory alone.
    Async, ///< At once; it is stored a moment later.
    Commit, ///< Once it is stored, so that it outlives the server, and within a second a loss of power too.
    Sync, ///< Once it is on the disk.
};

/** How long stored events stay; what a room's histories and recovery promise stays anyway. */
struct EventRetention
{
    std::optional<int> maxEvents = {}; ///< The newest of a room, of all its events together.
    std::optional<std::chrono::milliseconds> maxAge = {};

    friend bool operator==(const EventRetention &, const EventRetention &) = default;
};

/** How a room's events are kept where the server has a store; what is left out is as the server's. */
struct RoomPersistence
{
    std::optional<Durability> durability = {};
    EventRetention retention = {};

    friend bool operator==(const RoomPersistence &, const RoomPersistence &) = default;
};

} // namespace dialogue
