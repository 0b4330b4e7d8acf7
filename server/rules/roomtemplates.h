#pragma once

#include "server/config/serverconfig.h"
#include "server/export.h"

namespace dialogue {

/** What a room of that id, which a client creates, is declared as: the first that fits. Null: there is none.
 */
[[nodiscard]] DIALOGUE_SERVER_EXPORT const RoomTemplate *templateFor(const QString &roomId,
                                                                     const QList<RoomTemplate> &templates);

} // namespace dialogue
