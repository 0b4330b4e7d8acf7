#include "client/socketioclient.h"

#include "client/socketioclient_p.h"
#include "client/socketiosocket_p.h"

namespace dialogue {

using namespace client;

SocketIoClientPrivate::SocketIoClientPrivate(ClientConfig clientConfig, Network network)
    : config(std::move(clientConfig))
    , connector(config, std::move(network))
{ }

void SocketIoClientPrivate::init(SocketIoClient *client)
{
    q = client;
    for (QObject *part : std::initializer_list<QObject *>{&connector, &later})
        part->setParent(q); // So that they move to another thread with the client.
    QObject::connect(&connector, &Connector::stateChanged, q,
                     [this](State state) { later.speak([this, state] { Q_EMIT q->stateChanged(state); }); });
    QObject::connect(&connector, &Connector::ended, q, [this](const ConnectionFailure &failure) {
        const QPointer<SocketIoClient> alive(q);
        const QList<SocketIoSocket *> all = sockets.values();
        for (SocketIoSocket *const socket : all) {
            if (alive)
                SocketIoSocketPrivate::of(*socket).connectionLost(failure.error);
        }
        if (alive && !m_byUs)
            later.speak([this, failure] { Q_EMIT q->connectionFailed(failure); });
    });
    QObject::connect(&connector, &Connector::scheduled, q, [this](int attempt, int delay) {
        later.speak([this, attempt, delay] { Q_EMIT q->reconnectScheduled(attempt, delay); });
    });
}

void SocketIoClientPrivate::shutDown()
{
    connector.stop();
    const QMap<QString, SocketIoSocket *> last = std::exchange(sockets, {});
    qDeleteAll(last);
    while (!later.isEmpty()) // Its signals are blocked, its futures end.
        later.flush();
}

SocketIoClient::SocketIoClient(ClientConfig config, QObject *parent)
    : SocketIoClient(std::make_unique<SocketIoClientPrivate>(std::move(config), Network()), parent)
{ }

SocketIoClient::SocketIoClient(std::unique_ptr<SocketIoClientPrivate> priv, QObject *parent)
    : QObject(parent)
    , d(this, std::move(priv))
{
    d->init(this);
}

SocketIoClient::~SocketIoClient()
{
    blockSignals(true);
    d->connector.disconnect(this);
    d->shutDown();
}

const ClientConfig &SocketIoClient::config() const { return d->config; }
SocketIoClient::State SocketIoClient::state() const { return d->connector.state(); }

std::optional<TransportKind> SocketIoClient::transport() const
{
    const PacketConnection *const connection = d->connector.connection();
    return connection ? std::optional(connection->transport()) : std::nullopt;
}

SocketIoSocket *SocketIoClient::socket(const QString &nsp) { return socket(nsp, d->config.auth); }

SocketIoSocket *SocketIoClient::socket(const QString &nsp, const Auth &auth)
{
    const QString name = nsp.startsWith(u'/') ? nsp : u'/' + nsp;
    if (name.contains(u','))
        return nullptr;
    SocketIoSocket *&socket = d->sockets[name];
    if (!socket) {
        socket = SocketIoSocketPrivate::create(*d, name, auth);
        socket->setParent(this);
    }
    return socket;
}

void SocketIoClient::connectToServer()
{
    const Later::Calling calling(d->later);
    d->connector.start();
}

void SocketIoClient::checkConnection()
{
    const Later::Calling calling(d->later);
    d->connector.check();
}

void SocketIoClient::disconnectFromServer()
{
    d->stop([this] { d->connector.stop(); });
}

} // namespace dialogue
