#pragma once

#include "server/config/issues.h"
#include "server/config/serverconfig.h"

namespace dialogue::config {

/** Reads the member `rooms` of a configuration: a map of id to room, or a list of rooms with ids. */
QList<RoomConfig> readRooms(const Node &node, const QString &path, Issues &issues);

} // namespace dialogue::config
