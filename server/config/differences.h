#pragma once

#include "server/config/serverconfig.h"
#include "server/export.h"

#include <QStringList>

namespace dialogue {

/** The keys of a configuration file of which \a now says something else than \a before, as far as either is
 * there: "port", "limits.maxSessions", "rooms.chat". */
[[nodiscard]] DIALOGUE_SERVER_EXPORT QStringList changedKeys(const ServerConfig &before,
                                                             const ServerConfig &now);

/** Whether it is the same declaration, wherever it was made. */
[[nodiscard]] bool isSameRoom(const RoomConfig &a, const RoomConfig &b);
[[nodiscard]] bool isSameTemplate(const RoomTemplate &a, const RoomTemplate &b);

} // namespace dialogue
