#pragma once

#include "server/socketio/values.h"

#include <optional>
#include <vector>

namespace dialogue {

/** How an event goes out that is not simply for all. */
struct EventDelivery
{
    std::vector<SocketId> spared = {};
    std::optional<std::vector<SocketId>> only = {}; ///< Each once.
    bool isVolatile = false;

    /** No offset, no history. */
    [[nodiscard]] bool isForTheMoment() const { return only.has_value() || isVolatile; }
};

} // namespace dialogue
