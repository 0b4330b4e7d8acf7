#include "server/rooms/guardedhooks.h"

#include "core/base/exceptions.h"
#include "core/base/logging.h"

#include <memory>
#include <utility>

namespace dialogue {

namespace {

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
        // What was thrown is for the log: a stranger reads this.
        Result<T> result
            = Error{code, QStringLiteral("The server failed to decide this (%1)").arg(QLatin1String(name))};
        const auto where = [name] { return QStringLiteral("in Hooks::") + QLatin1String(name); };
        guarded(*exceptions, where, [&] { result = hook(std::forward<Arguments>(arguments)...); });
        return result;
    };
}

} // namespace

Hooks guardedHooks(Hooks hooks, CallDepth &calls)
{
    return {
        .authenticate
        = guardedHook(std::move(hooks.authenticate), calls, "authenticate", ErrorCode::Unauthorized),
        .beforeJoin = guardedHook(std::move(hooks.beforeJoin), calls, "beforeJoin", ErrorCode::JoinDenied),
        .beforeEach = guardedHook(std::move(hooks.beforeEach), calls, "beforeEach", ErrorCode::EventBlocked),
        .onLoad = guardedHook(std::move(hooks.onLoad), calls, "onLoad", ErrorCode::IoError)};
}

} // namespace dialogue
