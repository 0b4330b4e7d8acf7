#pragma once

#include "server/api/parameter.h"
#include "server/api/requestvalues.h"
#include "server/auth/identity.h"
#include "server/http/httpmessage.h"

#include <functional>
#include <utility>

namespace dialogue::api {

/** Who asks. */
struct Caller
{
    Identity identity; ///< Of an API key: it has a grant.
    QString admin = {}; ///< The account of /admin that it is done for; empty: none.
};

/** What an operation answers. */
struct Reply
{
    QByteArray json = {}; ///< Empty: there is nothing to say (204).
    QByteArray location = {}; ///< Of what was made, below the API's path: "/rooms/chat".
};

/** Called once, now or later. */
using Done = std::function<void(Result<Reply> &&)>;

struct OperationInfo
{
    QString id; ///< operationId: "triggerEvent".
    QByteArray method;
    QByteArray path; ///< As HttpRouter has it, below the API's: "/rooms/:roomId".
    QString summary;
    QLatin1StringView scope; ///< Which the key must have.
    int status = 200;
    QString reply = {}; ///< The schema of what is answered; empty: nothing.
};

/** One thing that can be done over HTTP: from this it is routed, checked and documented. */
struct Operation : OperationInfo
{
    QList<ParameterInfo> parameters;
    /** Values in the order of the parameters. */
    std::function<void(const Caller &caller, const Values &values, const Done &done)> run;
};

/** \a handler(caller, request, done), with a Request whose \a parameters are set. */
template <class Request, class Handler>
Operation operation(OperationInfo info, const Parameters<Request> &parameters, Handler handler)
{
    return {std::move(info), infosOf(parameters),
            [parameters, handler](const Caller &caller, const Values &values, const Done &done) {
                Result<Request> request = structOf(parameters, values);
                if (!request)
                    return done(request.error());
                handler(caller, *std::move(request), done);
            }};
}

} // namespace dialogue::api
