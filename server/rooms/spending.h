#pragma once

#include "core/base/result.h"
#include "server/budgets/budgets.h"

namespace dialogue {

class ConnectedClient;
class SocketClient;
struct RoomServices;

/** Takes one of \a kind of what \a client may do; RateLimited, with the time until it may again. */
Result<void> spend(Budgets &budgets, SocketClient &client, BudgetKind kind);
Result<void> spend(Budgets &budgets, ConnectedClient &client, BudgetKind kind);
/** The same of an event in a room. */
Result<void> spendEvent(Budgets &budgets, ConnectedClient &client, const QString &roomId,
                        const QString &event);

/** What \a client is told, whose request ended with \a error: that, or that its requests fail too often. */
[[nodiscard]] Error spendFailure(Budgets &budgets, SocketClient &client, Error error);
/** \a client was told that it asks too often, and to wait for so long. Who goes on nevertheless is held back;
 * true: and is to go. */
[[nodiscard]] bool insists(const RoomServices &services, SocketClient &client,
                           std::chrono::milliseconds wait);

/** What is told to whom \a limit allows no more of \a kind before \a wait is over. */
Error rateLimited(BudgetKind kind, const RateLimit &limit, std::chrono::milliseconds wait);

} // namespace dialogue
