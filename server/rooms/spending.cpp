#include "server/rooms/spending.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/services.h"

#include <algorithm>
#include <utility>

namespace dialogue {

namespace {

constexpr std::chrono::milliseconds LongestHold{1000}; // Of who goes on though it is refused.

QString namesOf(BudgetKind kind)
{
    switch (kind) {
    case BudgetKind::Event:
        return QStringLiteral("events");
    case BudgetKind::RoomEvent:
        return QStringLiteral("events in this room");
    case BudgetKind::NamedEvent:
        return QStringLiteral("events of this name");
    case BudgetKind::Join:
        return QStringLiteral("joins");
    case BudgetKind::Leave:
        return QStringLiteral("leaves");
    case BudgetKind::Subscribe:
        return QStringLiteral("changes of subscriptions");
    case BudgetKind::ListRooms:
        return QStringLiteral("requests for the list of rooms");
    case BudgetKind::ListParticipants:
        return QStringLiteral("requests for who is in a room");
    case BudgetKind::CreateRoom:
        return QStringLiteral("rooms created");
    case BudgetKind::DeleteRoom:
        return QStringLiteral("rooms deleted");
    case BudgetKind::History:
        return QStringLiteral("requests for history");
    case BudgetKind::Refresh:
        return QStringLiteral("refreshes");
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

Result<void> spend(Budgets &budgets, SocketClient &client, BudgetKind kind)
{
    const auto wait = budgets.take(client.budget, kind);
    if (!wait)
        return {};
    const RateLimit &limit = budgets.limit(kind);
    client.refusedBy = limit.window;
    return rateLimited(kind, limit, *wait);
}

Result<void> spend(Budgets &budgets, ConnectedClient &client, BudgetKind kind)
{
    return spend(budgets, ConnectedClientPrivate::of(client), kind);
}

Error spendFailure(Budgets &budgets, SocketClient &client, Error error)
{
    // An error is told twice, and what was asked may have been next to nothing.
    if (client.refusedBy.count() == 0) {
        if (auto allowed = spend(budgets, client, BudgetKind::Failed); !allowed)
            return allowed.error();
    }
    return error;
}

bool insists(const RoomServices &services, SocketClient &client, std::chrono::milliseconds wait)
{
    const auto window = std::exchange(client.refusedBy, std::chrono::milliseconds(0));
    if (!client.insistence)
        client.insistence = std::make_unique<Insistence>();
    switch (client.insistence->refused(services.budgets.now(), wait, window, services.config.rateLimit)) {
    case Insistence::Verdict::Tell:
        return false;
    case Insistence::Verdict::Hold:
        // Not for longer at once: what else this client has to say waits behind it.
        services.sockets.hold(std::min(wait, LongestHold));
        return false;
    case Insistence::Verdict::End:
        services.budgets.countDisconnected();
        qCDebug(lcRooms).noquote() << "User" << quoted(client.identity.userId)
                                   << "is disconnected: it went on though it was told to wait";
        return true;
    }
    return false;
}

Result<void> spendEvent(Budgets &budgets, ConnectedClient &client, const QString &roomId,
                        const QString &event)
{
    auto &spender = ConnectedClientPrivate::of(client);
    static const QStringList none{};
    const Identity &identity = spender.identity;
    const auto refused
        = budgets.takeEvent(spender.budget, roomId, event, identity.verified ? identity.roles : none);
    if (!refused)
        return {};
    spender.refusedBy = refused->limit.window;
    return rateLimited(refused->kind, refused->limit, refused->wait);
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
