#pragma once

#include "server/history/eventlog.h"
#include "server/rooms/joinedrooms.h"
#include "server/rooms/room.h"
#include "server/rooms/roommemory.h"
#include "server/rooms/subscriptions.h"

#include <QPointer>

#include <memory>
#include <vector>

namespace dialogue {

/** What a room has that is not idle. */
struct RoomActivity
{
    explicit RoomActivity(Publisher &publisher)
        : subscriptions(publisher)
    { }

    struct Registration
    {
        QString event;
        QPointer<QObject> context;
        Room::Handler handler;
    };

    /** It will not be missed. */
    [[nodiscard]] bool isIdle() const
    {
        return participants.empty() && log.offset() == 0 && handlers.empty();
    }

    EventLog log;
    std::unique_ptr<RoomMemory> memory; ///< Since the first event that was kept.
    Subscriptions subscriptions;
    Participants participants;
    FrameStreamPtr stream; ///< Of its frames in the send queues, where they may be dropped.
    std::vector<std::shared_ptr<const Registration>> handlers;
};

} // namespace dialogue
