#pragma once

#include "server/config/issues.h"
#include "server/config/middlewarereader.h"
#include "server/config/serverconfig.h"

namespace dialogue::config {

/** Reads the member `rooms` of a configuration: a map of id to room, or a list of rooms with ids.
 * \a around: what else the file says; \a origins: gets where their schemas come from. */
QList<RoomConfig> readRooms(const Node &node, const QString &path, const Surroundings &around,
                            SchemaOrigins &origins, Issues &issues);

/** Reads the member `roomCreation.templates`: a map of pattern to what is in a room. */
QList<RoomTemplate> readTemplates(const Node &node, const QString &path, const Surroundings &around,
                                  SchemaOrigins &origins, Issues &issues);

} // namespace dialogue::config
