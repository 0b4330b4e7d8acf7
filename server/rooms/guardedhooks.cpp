#include "server/rooms/guardedhooks.h"

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
        const auto where = [name] { return QStringLiteral("in Hooks::") + QLatin1String(name); };
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
        const auto where = [name] { return QStringLiteral("in Hooks::") + QLatin1String(name); };
        if (!guarded(*exceptions, where, [&] { future = hook(std::move(arguments)...); }))
            return QtFuture::makeReadyFuture(Result<T>(undecided(name, code)));
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
        {"beforeEach", both(hooks.beforeEach, hooks.beforeEachLater)}};
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
    return {
        .authenticate
        = guardedHook(std::move(hooks.authenticate), calls, "authenticate", ErrorCode::Unauthorized),
        .authenticateLater = guardedHook(std::move(hooks.authenticateLater), calls, "authenticateLater",
                                         ErrorCode::Unauthorized),
        .beforeJoin = guardedHook(std::move(hooks.beforeJoin), calls, "beforeJoin", ErrorCode::JoinDenied),
        .beforeEach = guardedHook(std::move(hooks.beforeEach), calls, "beforeEach", ErrorCode::EventBlocked),
        .beforeEachLater
        = guardedHook(std::move(hooks.beforeEachLater), calls, "beforeEachLater", ErrorCode::EventBlocked),
        .onLoad = guardedHook(std::move(hooks.onLoad), calls, "onLoad", ErrorCode::IoError)};
}

} // namespace dialogue
