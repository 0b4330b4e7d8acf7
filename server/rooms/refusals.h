#pragma once

#include "core/base/error.h"

// What is said in several places to whom something is refused.

namespace dialogue {

inline Error deletedRoom(const QString &roomId)
{
    return {ErrorCode::RoomNotFound, QStringLiteral("Room '%1' was deleted").arg(roomId)};
}

/** Of who was in it when it asked. */
inline Error noLongerIn(const QString &roomId)
{
    return {ErrorCode::NotInRoom, QStringLiteral("You are no longer in room '%1'").arg(roomId)};
}

/** Of an event that the broker has lost sight of. */
inline Error outcomeUnknown()
{
    return {
        ErrorCode::Unavailable,
        QStringLiteral("Whether the event was kept, nobody knows; look for it in the history before you send "
                       "it under another id")};
}

/** The last that is told to a client that insists(). */
inline Error wentOn()
{
    return {ErrorCode::RateLimited,
            QStringLiteral("You went on though you were told to wait, and are disconnected")};
}

} // namespace dialogue
