#include "server/rooms/spending.h"

#include "server/rooms/connectedclient_p.h"

namespace dialogue {

namespace {

QString namesOf(BudgetKind kind)
{
    switch (kind) {
    case BudgetKind::Event:
        return QStringLiteral("events");
    case BudgetKind::RoomEvent:
        return QStringLiteral("events in this room");
    case BudgetKind::Join:
        return QStringLiteral("joins");
    case BudgetKind::Leave:
        return QStringLiteral("leaves");
    case BudgetKind::Subscribe:
        return QStringLiteral("changes of subscriptions");
    case BudgetKind::ListRooms:
        return QStringLiteral("requests for the list of rooms");
    case BudgetKind::CreateRoom:
        return QStringLiteral("rooms created");
    case BudgetKind::DeleteRoom:
        return QStringLiteral("rooms deleted");
    case BudgetKind::History:
        return QStringLiteral("requests for history");
    case BudgetKind::Custom:
        return QStringLiteral("requests of this application");
    case BudgetKind::Failed:
        return QStringLiteral("requests that failed");
    case BudgetKind::Connect:
        return QStringLiteral("connects");
    }
    return {};
}

/** In seconds, or what is left of one. */
QString inWords(std::chrono::milliseconds time)
{
    if (time.count() % 1000 == 0)
        return QStringLiteral("%1 s").arg(time.count() / 1000);
    return QStringLiteral("%1 ms").arg(time.count());
}

} // namespace

Result<void> spend(Budgets &budgets, ConnectedClient &client, BudgetKind kind)
{
    auto &spender = ConnectedClientPrivate::of(client);
    const auto wait = budgets.take(spender.budget, kind);
    if (!wait)
        return {};
    const RateLimit &limit = budgets.limit(kind);
    spender.refusedBy = limit.window;
    return rateLimited(kind, limit, *wait);
}

Result<void> spendEvent(Budgets &budgets, ConnectedClient &client, const QString &roomId)
{
    auto &spender = ConnectedClientPrivate::of(client);
    const auto refused = budgets.takeEvent(spender.budget, roomId);
    if (!refused)
        return {};
    const RateLimit &limit = refused->kind == BudgetKind::RoomEvent ? budgets.roomLimit(roomId)
                                                                    : budgets.limit(BudgetKind::Event);
    spender.refusedBy = limit.window;
    return rateLimited(refused->kind, limit, refused->wait);
}

Error rateLimited(BudgetKind kind, const RateLimit &limit, std::chrono::milliseconds wait)
{
    return {ErrorCode::RateLimited,
            QStringLiteral("Too many %1: %2 in %3 are allowed; again in %4 ms")
                .arg(namesOf(kind))
                .arg(limit.maxEvents)
                .arg(inWords(limit.window))
                .arg(wait.count()),
            {},
            wait};
}

} // namespace dialogue
