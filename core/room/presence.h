#pragma once

namespace dialogue {

/** What a room tells its participants of who is in it. */
enum class Presence {
    Off, ///< Nothing.
    Counts, ///< How many users, over how many connections.
    Users, ///< And who they are.
};

} // namespace dialogue
