#pragma once

#include "server/namespaces/namespacesocket.h"
#include "server/rooms/clientrequest.h"

#include <functional>

namespace dialogue {

/** What a client asks in a Namespace; its ConnectedClient is null. */
struct SocketRequest : ClientRequest
{
    QPointer<NamespaceSocket> socket; ///< For the hub's thread alone; null once it is gone.
};

/** At once, or later by a future that any thread may finish. */
using SocketRequestHandler = std::function<Answer<QJsonValue>(SocketRequest)>;

} // namespace dialogue
