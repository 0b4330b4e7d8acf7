#include "server/namespaces/namespace.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/base/shrink.h"
#include "server/answers/draining.h"
#include "server/namespaces/namespace_p.h"
#include "server/socketio/packetframes.h"

#include <utility>
#include <vector>

namespace dialogue {

NamespacePrivate::NamespacePrivate(const QByteArray &name, const RoomServices &itsServices, Hooks ownHooks)
    : nsp(name)
    , services(itsServices)
    , requests(itsServices, name, [this](SocketId socket) { return find(socket); })
    , m_everyone(itsServices.publisher.createTopic())
    , m_ownHooks(std::move(ownHooks))
    , m_expiries(itsServices, [this](const Error &error) { return requests.errorFrame(error); })
    , m_arrivals(
          itsServices,
          m_ownHooks.authenticate || m_ownHooks.authenticateLater ? m_ownHooks : itsServices.hooks,
          [this](SocketId socket, const QByteArray &sid, Identity &&identity, ConnectRequest &&request) {
              return admitted(socket, sid, std::move(identity), std::move(request));
          })
{ }

NamespacePrivate::~NamespacePrivate() { services.publisher.dropTopic(m_everyone); }

std::unique_ptr<Namespace> NamespacePrivate::create(const QByteArray &name, const RoomServices &services,
                                                    Hooks ownHooks)
{
    auto priv = std::make_unique<NamespacePrivate>(name, services, std::move(ownHooks));
    NamespacePrivate &part = *priv;
    std::unique_ptr<Namespace> made(new Namespace(std::move(priv)));
    part.m_public = made.get();
    return made;
}

NamespaceSocket *NamespacePrivate::find(SocketId socket) const
{
    const auto found = sockets.find(socket);
    return found == sockets.end() ? nullptr : found->second.get();
}

template <class F>
void NamespacePrivate::tell(const char *signal, F &&f)
{
    const auto where = [signal] { return QStringLiteral("in ") + QLatin1String(signal); };
    guarded(*services.slotExceptions, where, std::forward<F>(f));
}

void NamespacePrivate::socketConnecting(SocketId socket, ConnectRequest &&request)
{
    const CallDepth::Scope scope(services.calls);
    m_arrivals.ask(socket, std::move(request));
}

Result<void> NamespacePrivate::admitted(SocketId socket, const QByteArray &sid, Identity &&identity,
                                        ConnectRequest &&request)
{
    const QHostAddress address = request.handshake.address;
    const QString id = QString::fromLatin1(sid);
    auto connecting
        = NamespaceSocketPrivate::create(socket, nsp, id, std::move(identity), std::move(request), services);
    if (auto kept = NamespaceSocketPrivate::of(*connecting).keepItself(); !kept)
        return kept;
    services.sockets.accept(socket, sid);
    services.publisher.subscribe(socket, m_everyone);
    NamespaceSocket *const added = connecting.get();
    byId.insert(id, added);
    sockets.emplace(socket, std::move(connecting));
    m_expiries.watch(NamespaceSocketPrivate::of(*added));
    qCDebug(lcSocket).noquote() << "User" << quoted(added->userId()) << "connected to" << nsp << "from"
                                << address.toString() << "as" << id;
    if (const int times = m_connects.count()) {
        qCInfo(lcSocket).noquote() << "Clients connected to" << nsp << times << "times, such as user"
                                   << quoted(added->userId());
    }
    tell("Namespace::socketConnected", [&] { Q_EMIT m_public->socketConnected(added); });
    return {};
}

void NamespacePrivate::socketEvent(SocketId socket, IncomingEvent &&event)
{
    const CallDepth::Scope scope(services.calls);
    if (NamespaceSocket *const asker = find(socket))
        requests.handle(*asker, std::move(event));
}

void NamespacePrivate::socketAck(SocketId socket, quint64 ackId, JsonData &&args,
                                 QList<QByteArray> &&attachments)
{
    services.acks.acknowledged(socket, ackId, std::move(args), attachments);
}

void NamespacePrivate::socketDisconnected(SocketId socket, DisconnectReason reason)
{
    const CallDepth::Scope scope(services.calls);
    m_arrivals.forget(socket);
    m_expiries.forget(socket);
    NamespaceSocket *const leaver = find(socket);
    if (!leaver || std::exchange(NamespaceSocketPrivate::of(*leaver).gone, true))
        return; // It was refused; or user code is just being told.
    const QByteArray name = reasonName(reason);
    qCDebug(lcSocket).noquote() << "User" << quoted(leaver->userId()) << "left" << nsp << name << "as"
                                << leaver->id();
    tell("Namespace::socketDisconnected",
         [&] { Q_EMIT m_public->socketDisconnected(leaver, QString::fromLatin1(name)); });
    requests.handlers().forget(socket);
    services.acks.forget(socket);
    const auto left = sockets.extract(socket);
    byId.remove(leaver->id());
    shrink(sockets);
    shrink(byId);
}

void NamespacePrivate::drain()
{
    m_arrivals.close();
    broadcast(requests.errorFrame(serverDraining()));
}

Namespace::Namespace(std::unique_ptr<NamespacePrivate> priv)
    : d(this, std::move(priv))
{ }

Namespace::~Namespace() = default;

QString Namespace::name() const { return QString::fromUtf8(d->nsp); }

Result<void> Namespace::onRequest(const QString &name, SocketRequestHandler handler)
{
    return onRequest(RequestDefinition{.name = name}, std::move(handler));
}

Result<void> Namespace::onRequest(const RequestDefinition &request, SocketRequestHandler handler)
{
    if (!handler)
        return d->requests.handlers().add(request, {});
    return d->requests.handlers().add(
        request, [priv = &*d, handler = std::move(handler)](ClientRequest asked) -> Answer<QJsonValue> {
            const QPointer<NamespaceSocket> socket = priv->byId.value(asked.clientId);
            return handler(SocketRequest{std::move(asked), socket});
        });
}

void Namespace::broadcast(const QString &event, const QJsonValue &data,
                          const NamespaceBroadcastOptions &options)
{
    std::vector<SubscriberId> spared;
    for (const NamespaceSocket *const socket : options.except) {
        if (socket)
            spared.push_back(NamespaceSocketPrivate::of(*socket).socket);
    }
    d->broadcast(eventFrame(d->nsp, event, data, options.isVolatile), spared);
}

QList<NamespaceSocket *> Namespace::sockets() const
{
    QList<NamespaceSocket *> all;
    all.reserve(static_cast<qsizetype>(d->sockets.size()));
    for (const auto &[id, socket] : d->sockets)
        all.append(socket.get());
    return all;
}

NamespaceSocket *Namespace::socket(const QString &id) const { return d->byId.value(id); }

void Namespace::disconnectSockets()
{
    for (NamespaceSocket *socket : sockets())
        socket->disconnect();
}

} // namespace dialogue
