#pragma once

#include "server/auth/connectrequest.h"
#include "server/auth/identity.h"

#include <QFuture>

#include <functional>
#include <stop_token>

namespace dialogue {

/** Who comes into a namespace; as in Hooks, which decide where neither is set. */
struct NamespaceHooks
{
    std::function<Result<Identity>(const ConnectRequest &)> authenticate = {};
    /** The same, in time; only one of the two may be set. What the client says on this connection meanwhile
     * waits, in other namespaces too. */
    std::function<QFuture<Result<Identity>>(ConnectRequest, std::stop_token)> authenticateLater = {};
};

} // namespace dialogue
