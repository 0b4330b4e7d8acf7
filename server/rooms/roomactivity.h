#pragma once

#include "core/event/eventhandlers.h"
#include "server/fanout/roomstream.h"
#include "server/history/eventlog.h"
#include "server/rooms/audience.h"
#include "server/rooms/joinedrooms.h"
#include "server/rooms/room.h"
#include "server/rooms/roomappends.h"
#include "server/rooms/roommemory.h"
#include "server/rooms/services.h"
#include "server/rooms/subscriptions.h"

#include <memory>

namespace dialogue {

/** What a room has that is not idle. */
struct RoomActivity
{
    /** \a guarded: Subscriptions::guard() */
    RoomActivity(const RoomServices &services, const QStringList &guarded)
        : subscriptions(services.publisher)
        , audience(services.publisher)
        , handlers(services.handlerExceptions)
    {
        subscriptions.guard(guarded);
    }

    /** It will not be missed. */
    [[nodiscard]] bool isIdle() const
    {
        return participants.empty() && log.isUntouched() && handlers.isEmpty();
    }

    EventLog log;
    std::unique_ptr<RoomAppends> appends; ///< Since the first event that had to wait.
    std::unique_ptr<RoomMemory> memory; ///< Since the first event that was kept.
    Subscriptions subscriptions;
    Audience audience;
    Participants participants;
    RoomMeter *meter = nullptr; ///< Null: nobody wants to know.
    RoomStreamPtr stream; ///< Of its frames in the send queues, where they may be dropped.
    EventHandlers handlers;
};

} // namespace dialogue
