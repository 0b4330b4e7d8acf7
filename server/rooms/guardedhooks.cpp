#include "server/rooms/guardedhooks.h"

#include "core/base/answer.h"
#include "core/base/exceptions.h"
#include "core/base/logging.h"

#include <memory>
#include <utility>

namespace dialogue {

namespace {

// What was thrown is for the log: a stranger reads this.
Error undecided(const char *name, ErrorCode code)
{
    return {code, QStringLiteral("The server failed to decide this (%1)").arg(QLatin1String(name))};
}

constexpr auto UsedStep = "Dialogue::use()";

/** What is asked looks at the data. */
Middleware::AtOnce parsedFor(Middleware::AtOnce function)
{
    if (!function)
        return {};
    return
        [function = std::move(function)](EventMessage &message, const Room &room, ConnectedClient *sender) {
            message.data.keepValue();
            return function(message, room, sender);
        };
}

template <class T, class... Arguments>
std::function<Result<T>(Arguments...)> guardedHook(std::function<Result<T>(Arguments...)> hook,
                                                   CallDepth &calls, const char *name, ErrorCode code)
{
    if (!hook)
        return {};
    return [hook = std::move(hook), &calls, name, code,
            exceptions = std::make_shared<ExceptionLog>(lcServer, QStringLiteral("hooks"))](
               Arguments... arguments) -> Result<T> {
        const CallDepth::Scope scope(calls);
        Result<T> result = undecided(name, code);
        const auto where = [name] { return QStringLiteral("in ") + QLatin1String(name); };
        guarded(*exceptions, where, [&] { result = hook(std::forward<Arguments>(arguments)...); });
        return result;
    };
}

template <class T, class... Arguments>
std::function<QFuture<Result<T>>(Arguments...)>
guardedHook(std::function<QFuture<Result<T>>(Arguments...)> hook, CallDepth &calls, const char *name,
            ErrorCode code)
{
    if (!hook)
        return {};
    return [hook = std::move(hook), &calls, name, code,
            exceptions = std::make_shared<ExceptionLog>(lcServer, QStringLiteral("hooks"))](
               Arguments... arguments) -> QFuture<Result<T>> {
        const CallDepth::Scope scope(calls);
        QFuture<Result<T>> future;
        const auto where = [name] { return QStringLiteral("in ") + QLatin1String(name); };
        if (!guarded(*exceptions, where, [&] { future = hook(std::move(arguments)...); }))
            return later::ended<T>(undecided(name, code));
        return future;
    };
}

} // namespace

Result<void> checkHooks(const Hooks &hooks)
{
    struct Pair
    {
        const char *name;
        bool both;
    };
    const auto both = [](const auto &hook, const auto &later) { return hook && later; };
    const std::initializer_list<Pair> pairs{
        {"authenticate", both(hooks.authenticate, hooks.authenticateLater)},
        {"adminAccount", both(hooks.adminAccount, hooks.adminAccountLater)},
        {"beforeJoin", both(hooks.beforeJoin, hooks.beforeJoinLater)},
        {"beforeSubscribe", both(hooks.beforeSubscribe, hooks.beforeSubscribeLater)},
        {"beforeCreate", both(hooks.beforeCreate, hooks.beforeCreateLater)},
        {"beforeHistory", both(hooks.beforeHistory, hooks.beforeHistoryLater)},
        {"beforeEach", both(hooks.beforeEach, hooks.beforeEachLater)},
        {"onLoad", both(hooks.onLoad, hooks.onLoadLater)}};
    for (const Pair &pair : pairs) {
        if (pair.both) {
            return Error{ErrorCode::ConfigError,
                         QStringLiteral("Both Hooks::%1 and Hooks::%1Later are set; one of them decides")
                             .arg(QLatin1String(pair.name))};
        }
    }
    return {};
}

Hooks guardedHooks(Hooks hooks, CallDepth &calls)
{
    const auto guard = [&calls](auto &&hook, const char *name, ErrorCode code) {
        return guardedHook(std::forward<decltype(hook)>(hook), calls, name, code);
    };
    return {
        .authenticate = guard(std::move(hooks.authenticate), "Hooks::authenticate", ErrorCode::Unauthorized),
        .authenticateLater
        = guard(std::move(hooks.authenticateLater), "Hooks::authenticateLater", ErrorCode::Unauthorized),
        // Not Unauthorized: it is no try of a password.
        .adminAccount = guard(std::move(hooks.adminAccount), "Hooks::adminAccount", ErrorCode::Unavailable),
        .adminAccountLater
        = guard(std::move(hooks.adminAccountLater), "Hooks::adminAccountLater", ErrorCode::Unavailable),
        .beforeJoin = guard(std::move(hooks.beforeJoin), "Hooks::beforeJoin", ErrorCode::JoinDenied),
        .beforeJoinLater
        = guard(std::move(hooks.beforeJoinLater), "Hooks::beforeJoinLater", ErrorCode::JoinDenied),
        .beforeSubscribe
        = guard(std::move(hooks.beforeSubscribe), "Hooks::beforeSubscribe", ErrorCode::PermissionDenied),
        .beforeSubscribeLater = guard(std::move(hooks.beforeSubscribeLater), "Hooks::beforeSubscribeLater",
                                      ErrorCode::PermissionDenied),
        .beforeCreate
        = guard(std::move(hooks.beforeCreate), "Hooks::beforeCreate", ErrorCode::PermissionDenied),
        .beforeCreateLater
        = guard(std::move(hooks.beforeCreateLater), "Hooks::beforeCreateLater", ErrorCode::PermissionDenied),
        .beforeHistory
        = guard(std::move(hooks.beforeHistory), "Hooks::beforeHistory", ErrorCode::PermissionDenied),
        .beforeHistoryLater = guard(std::move(hooks.beforeHistoryLater), "Hooks::beforeHistoryLater",
                                    ErrorCode::PermissionDenied),
        .beforeEach
        = guard(parsedFor(std::move(hooks.beforeEach)), "Hooks::beforeEach", ErrorCode::EventBlocked),
        .beforeEachLater
        = guard(std::move(hooks.beforeEachLater), "Hooks::beforeEachLater", ErrorCode::EventBlocked),
        .onLoad = guard(std::move(hooks.onLoad), "Hooks::onLoad", ErrorCode::IoError),
        .onLoadLater = guard(std::move(hooks.onLoadLater), "Hooks::onLoadLater", ErrorCode::IoError)};
}

Middleware guardedMiddleware(const Middleware &step, CallDepth &calls)
{
    if (const Middleware::AtOnce *const atOnce = step.atOnce())
        return guardedHook(parsedFor(*atOnce), calls, UsedStep, ErrorCode::EventBlocked);
    return guardedHook(*step.later(), calls, UsedStep, ErrorCode::EventBlocked);
}

} // namespace dialogue
