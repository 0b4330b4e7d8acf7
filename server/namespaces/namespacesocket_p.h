#pragma once

#include "server/namespaces/namespacesocket.h"
#include "server/rooms/services.h"
#include "server/rooms/socketclient.h"

namespace dialogue {

class NamespaceSocketPrivate : public SocketClient
{
public:
    NamespaceSocketPrivate(SocketId socketId, const QByteArray &itsNamespace, const QString &socketSid,
                           Identity who, ConnectRequest how, const RoomServices &itsServices)
        : SocketClient(socketId, socketSid, std::move(who), std::move(how), itsServices)
        , nsp(itsNamespace)
        , services(itsServices)
    { }

    static std::unique_ptr<NamespaceSocket> create(SocketId socket, const QByteArray &nsp, const QString &id,
                                                   Identity identity, ConnectRequest request,
                                                   const RoomServices &services);
    static NamespaceSocketPrivate &of(const NamespaceSocket &socket) { return *socket.d; }

    const QByteArray nsp;
    const RoomServices &services;
};

} // namespace dialogue
