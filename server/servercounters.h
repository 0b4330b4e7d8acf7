#pragma once

#include "server/admin/admincounters.h"
#include "server/answers/answercounters.h"
#include "server/asking/askingcounters.h"
#include "server/auth/apikeycounters.h"
#include "server/auth/certificateusecounters.h"
#include "server/auth/tokencounters.h"
#include "server/bridge/hubcounters.h"
#include "server/budgets/budgetcounters.h"
#include "server/memory/memorycounters.h"
#include "server/middleware/middlewarecounters.h"
#include "server/presence/presencecounters.h"
#include "server/rooms/appendcounters.h"
#include "server/rooms/recoverycounters.h"
#include "server/rooms/refusalcounters.h"
#include "server/rooms/replaycounters.h"
#include "server/rooms/requestordercounters.h"
#include "server/rooms/seatcounters.h"
#include "server/rules/rulecounters.h"
#include "server/store/storecounters.h"
#include "server/tls/certificatecounters.h"

namespace dialogue {

/** What the hub has counted since the start, and what it keeps now; the io workers count for themselves. */
struct ServerCounters
{
    HubCounters hub;
    BudgetCounters budgets;
    MemoryCounters memory;
    ReplayCounters replays;
    RecoveryCounters recovery;
    SeatCounters seats;
    AnswerCounters answers;
    AskingCounters asking;
    RequestOrderCounters order;
    AppendCounters appends;
    StoreCounters store;
    PresenceCounters presence;
    TokenCounters tokens;
    ApiKeyCounters apiKeys;
    CertificateUseCounters certificateUses;
    CertificateCounters certificates;
    RuleCounters rules;
    MiddlewareCounters middleware;
    RefusalCounters refusals;
    AdminCounters admin;
};

} // namespace dialogue
