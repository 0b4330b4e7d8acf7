#pragma once

#include "core/base/result.h"
#include "server/export.h"

#include <QString>

#include <chrono>
#include <optional>

/** What dialogue-server changes in a store at a command line, while no server uses it. */
namespace dialogue::store {

/** Which of the stored events go. All that is said has to hold. */
struct EventsToTrim
{
    QString room = {}; ///< Empty: of every room.
    std::optional<qint64> keep = {}; ///< But the newest so many of a room.
    std::optional<std::chrono::milliseconds> olderThan = {};
};

/** Which of the stored events are erased: one, or all that a user said. */
struct EventsToErase
{
    QString room = {}; ///< Empty: in every room.
    quint64 offset = 0; ///< Of the one; 0: the user's.
    QString user = {};
};

/** How many went. RoomNotFound. */
DIALOGUE_SERVER_EXPORT Result<qint64> trimEvents(const QString &path, const EventsToTrim &which);

/** How many there were. What they said is overwritten; that there was an event stays, so that its offset
 * comes to no other. The user's ids of triggers go, too. */
DIALOGUE_SERVER_EXPORT Result<qint64> eraseEvents(const QString &path, const EventsToErase &which);

} // namespace dialogue::store
