#pragma once

#include "server/answers/answercounters.h"
#include "server/asking/askingcounters.h"
#include "server/budgets/budgetcounters.h"
#include "server/gateway/hubcounters.h"
#include "server/memory/memorycounters.h"
#include "server/presence/presencecounters.h"
#include "server/rooms/replaycounters.h"
#include "server/rooms/requestordercounters.h"
#include "server/rooms/seatcounters.h"

namespace dialogue {

/** What the hub has counted since the start, and what it keeps now; the io workers count for themselves. */
struct ServerCounters
{
    HubCounters hub;
    BudgetCounters budgets;
    MemoryCounters memory;
    ReplayCounters replays;
    SeatCounters seats;
    AnswerCounters answers;
    AskingCounters asking;
    RequestOrderCounters order;
    PresenceCounters presence;
};

} // namespace dialogue
