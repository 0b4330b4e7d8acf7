#pragma once

#include "core/base/result.h"
#include "server/budgets/budgets.h"

namespace dialogue {

class ConnectedClient;

/** Takes one of \a kind of what \a client may do; RateLimited, with the time until it may again. */
Result<void> spend(Budgets &budgets, ConnectedClient &client, BudgetKind kind);
/** The same of an event in a room. */
Result<void> spendEvent(Budgets &budgets, ConnectedClient &client, const QString &roomId);

/** What is told to whom \a limit allows no more of \a kind before \a wait is over. */
Error rateLimited(BudgetKind kind, const RateLimit &limit, std::chrono::milliseconds wait);

} // namespace dialogue
