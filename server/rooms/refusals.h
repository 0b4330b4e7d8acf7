#pragma once

#include "core/base/error.h"

// What is said in several places to whom something is refused.

namespace dialogue {

inline Error deletedRoom(const QString &roomId)
{
    return {ErrorCode::RoomNotFound, QStringLiteral("Room '%1' was deleted").arg(roomId)};
}

/** The last that is told to a client that insists(). */
inline Error wentOn()
{
    return {ErrorCode::RateLimited,
            QStringLiteral("You went on though you were told to wait, and are disconnected")};
}

} // namespace dialogue
