#pragma once

#include "server/config/serverconfig.h"
#include "server/export.h"

#include <QStringList>

namespace dialogue {

/** Those of \a keys, as changedKeys() names them, that no running server takes over. */
[[nodiscard]] DIALOGUE_SERVER_EXPORT QStringList waitingForRestart(const QStringList &keys,
                                                                   const ServerConfig &before,
                                                                   const ServerConfig &now);

/** Puts what a running server takes over of \a now in its place in \a running. */
void takeOver(const ServerConfig &now, ServerConfig &running);

} // namespace dialogue
