#pragma once

#include "core/room/who.h"

#include <QMap>
#include <QString>

#include <optional>

namespace dialogue {

/** Who may do something with the events of a room. */
struct EventRules
{
    std::optional<Who> others = {}; ///< With those that are not named; nothing: whoever is in the room.
    QMap<QString, Who> byEvent = {};

    friend bool operator==(const EventRules &, const EventRules &) = default;
};

/**
 * What clients may do with a room, and in it; what the application does itself needs no permission, but that
 * ConnectedClient::join() and subscribe() do what the client may. What is left out is as it stands behind it.
 */
struct RoomRules
{
    std::optional<Who> see = {}; ///< In the list, and when it is created and deleted. As `join`.
    std::optional<Who> join = {}; ///< Anyone.
    EventRules subscribe = {}; ///< Also what of its past one may read.
    EventRules trigger = {};
    /** Read what was said before: when it is asked for, on joining, and on coming back. Whoever is in the
     * room. */
    std::optional<Who> history = {};
    std::optional<Who> deleteRoom = {}; ///< Its owner.

    friend bool operator==(const RoomRules &, const RoomRules &) = default;
};

} // namespace dialogue
