#pragma once

#include "client/roominfo.h"
#include "core/base/result.h"

#include <chrono>
#include <variant>

namespace dialogue::cli {

/** Where `tail --since` begins. */
using Since = std::variant<RoomPosition, ///< "EPOCH:OFFSET": after this event, exactly.
                           quint64, ///< "17": after this offset, of what the history keeps.
                           std::chrono::milliseconds>; ///< "90s", "10m", "2h", "1d": so long ago, likewise.

Result<Since> readSince(const QString &text);

} // namespace dialogue::cli
