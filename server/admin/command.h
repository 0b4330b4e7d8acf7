#pragma once

#include "server/admin/console.h"
#include "server/api/operation.h"

#include <functional>
#include <utility>

namespace dialogue::admin {

// Requests of consoles are declared as those over HTTP are: a struct, where its members stand, and what is
// done. All stand in the one argument of the event.
using api::Done;
using api::Reply;

/** One thing that a console may ask for: from this it is checked. */
struct Command
{
    QLatin1String name;
    Permission needs;
    QList<api::ParameterInfo> parameters;
    /** \a console is good for this call alone. */
    std::function<void(Console &console, const api::Values &values, const Done &done)> run;
};

/** \a handler(console, request, done), with a Request whose \a parameters are set. */
template <class Request, class Handler>
Command command(QLatin1String name, Permission needs, const api::Parameters<Request> &parameters,
                Handler handler)
{
    return {name, needs, api::infosOf(parameters),
            [parameters, handler](Console &console, const api::Values &values, const Done &done) {
                Result<Request> request = api::structOf(parameters, values);
                if (!request)
                    return done(request.error());
                handler(console, *std::move(request), done);
            }};
}

/** What is answered to who may not. */
[[nodiscard]] inline Error notFor(const Account &account, Permission permission)
{
    return {ErrorCode::PermissionDenied,
            QStringLiteral("The role '%1' has not the permission '%2'")
                .arg(nameOf(account.role), nameOf(permission))};
}

} // namespace dialogue::admin
