#pragma once

#include "core/event/eventhandlers.h"
#include "server/history/eventlog.h"
#include "server/rooms/joinedrooms.h"
#include "server/rooms/room.h"
#include "server/rooms/roommemory.h"
#include "server/rooms/services.h"
#include "server/rooms/subscriptions.h"

#include <memory>

namespace dialogue {

/** What a room has that is not idle. */
struct RoomActivity
{
    explicit RoomActivity(const RoomServices &services)
        : subscriptions(services.publisher)
        , handlers(services.handlerExceptions)
    { }

    /** It will not be missed. */
    [[nodiscard]] bool isIdle() const
    {
        return participants.empty() && log.offset() == 0 && handlers.isEmpty();
    }

    EventLog log;
    std::unique_ptr<RoomMemory> memory; ///< Since the first event that was kept.
    Subscriptions subscriptions;
    Participants participants;
    FrameStreamPtr stream; ///< Of its frames in the send queues, where they may be dropped.
    EventHandlers handlers;
};

} // namespace dialogue
