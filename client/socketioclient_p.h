#pragma once

#include "client/connection/connector.h"
#include "client/connection/later.h"
#include "client/socketioclient.h"

#include <QMap>
#include <QScopedValueRollback>

namespace dialogue {

class SocketIoClientPrivate
{
public:
    using State = SocketIoClient::State;

    SocketIoClientPrivate(ClientConfig clientConfig, client::Network network);

    void init(SocketIoClient *client);
    void shutDown(); ///< Ends all that is open; q is being deleted.

    /** Runs \a f, a call of the application's, after which it need not be told why there is no connection. */
    template <class F>
    void stop(F f)
    {
        const client::Later::Calling calling(later);
        const QScopedValueRollback byUs(m_byUs, true);
        f();
    }

    const ClientConfig config;
    client::Connector connector;
    client::Later later;
    QMap<QString, SocketIoSocket *> sockets;
    SocketIoClient *q = nullptr;

private:
    bool m_byUs = false;
};

} // namespace dialogue
