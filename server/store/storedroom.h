#pragma once

#include "core/room/roomconfig.h"

#include <QByteArray>

namespace dialogue::store {

/** A room that a client made, as JSON. */
[[nodiscard]] QByteArray declarationOf(const RoomConfig &room);
[[nodiscard]] Result<RoomConfig> declaredRoom(const QByteArray &declaration);

} // namespace dialogue::store
