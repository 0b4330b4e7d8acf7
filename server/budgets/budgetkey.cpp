#include "server/budgets/budgetkey.h"

#include "server/tcp/addresskey.h"

namespace dialogue {

BudgetKey BudgetKey::ofAddress(const QHostAddress &address)
{
    return {.user = {}, .address = addressKey(address)};
}

} // namespace dialogue
