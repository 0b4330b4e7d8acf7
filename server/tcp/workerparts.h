#pragma once

#include "server/loop/deadlines.h"
#include "server/loop/memoryreturn.h"
#include "server/loop/nextturn.h"
#include "server/loop/turnend.h"
#include "server/tcp/netconfig.h"

namespace dialogue {

/** What all connections of one io thread share, whatever they speak; of that thread alone. */
struct WorkerParts
{
    explicit WorkerParts(const NetConfig &itsConfig)
        : config(itsConfig)
    { }

    const NetConfig config;
    TurnEnd turnEnd;
    DeadlineQueue deadlines;
    NextTurn nextTurn{&deadlines};
    MemoryReturn memoryReturn{&deadlines}; ///< To be told what leavers leave behind.
    bool isShuttingDown = false;
};

} // namespace dialogue
