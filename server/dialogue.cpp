#include "server/dialogue.h"

#include "core/base/exceptions.h"
#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/protocol/admin/names.h"
#include "server/admin/admin.h"
#include "server/answers/draining.h"
#include "server/apilistening.h"
#include "server/bridge/workergateway.h"
#include "server/certificates.h"
#include "server/config/differences.h"
#include "server/config/livesettings.h"
#include "server/door.h"
#include "server/drain.h"
#include "server/engine/endpointpath.h"
#include "server/http/demopage.h"
#include "server/http/javascriptclient.h"
#include "server/http/openresponses.h"
#include "server/middleware/builtinmiddleware.h"
#include "server/monitoring.h"
#include "server/namespaces/namespaces.h"
#include "server/presence/presenceofrooms.h"
#include "server/qtwebsockets/acceptedwebsockets.h"
#include "server/reconfiguration.h"
#include "server/rooms/guardedhooks.h"
#include "server/rooms/hubparts.h"
#include "server/rooms/room_p.h"
#include "server/rules/sanctionfile.h"
#include "server/socketio/eventencoding.h"
#include "server/socketio/packetframes.h"
#include "server/socketio/recoverableencoding.h"
#include "server/sse/ssechannel.h"
#include "server/sse/sseencoding.h"
#include "server/storage.h"
#include "server/tcp/listenhosts.h"

#include <QMetaMethod>
#include <QPointer>

#include <algorithm>
#include <limits>
#include <utility>

namespace dialogue {

ClientRooms::ClientRooms(QStringList ids, const QList<ConnectedClient *> &clients)
    : m_ids(std::move(ids))
    , m_clients(clients.begin(), clients.end())
{ }

void ClientRooms::forAll(const std::function<void(const QString &)> &visit) const
{
    for (const QString &id : m_ids)
        visit(id);
}

void ClientRooms::leaveAll(const std::function<void(const QString &)> &leaving) const
{
    // One connection of a user may be in rooms that another is not in; and user code runs, which may end any.
    QHash<QString, QList<QPointer<ConnectedClient>>> byRoom;
    for (const QPointer<ConnectedClient> &client : m_clients) {
        if (!client)
            continue;
        for (const QString &id : client->rooms())
            byRoom[id].append(client);
    }
    for (const QString &id : m_ids) {
        if (leaving)
            leaving(id);
        for (const QPointer<ConnectedClient> &client : byRoom.value(id)) {
            if (!client)
                continue;
            if (const auto gone = client->leave(id); !gone)
                qCDebug(lcRooms).noquote() << quoted(id) << printable(gone.error().text());
        }
    }
}

/** \a config, as it is with \a hooks. */
static ServerConfig knowingHooks(ServerConfig config, const Hooks &hooks)
{
    config.admin.hasHook = hooks.adminAccount || hooks.adminAccountLater;
    return config;
}

/** The one place where the parts are put together; declared in the order they need one another. */
class Dialogue::Private final : public SocketListener, public HttpListener
{
public:
    /** \a stop: Dialogue::stop(). */
    Private(ServerConfig serverConfig, Hooks userHooks, const std::function<void()> &stop)
        : config(knowingHooks(std::move(serverConfig), userHooks))
        , storage(config)
        , gateway(config, this, this)
        , webSockets(gateway, config.engine.maxPayload)
        , door(config,
               [this](const QSet<QString> &credentials) {
                   parts.hub.revoke(credentials);
                   namespaces.revoke(credentials);
               })
        , certificates(config.tls.isSet() ? std::make_unique<Certificates>(config.tls) : nullptr)
        , builtIn(config)
        , parts({.config = config,
                 .sockets = gateway,
                 .publisher = gateway,
                 .encodings = encodings,
                 .broker = storage.broker(),
                 .middleware = &builtIn},
                door.hooks(std::move(userHooks)))
        , presence(parts.rooms, parts.hub)
        , namespaces(
              parts.rooms.services(),
              [this](const QByteArray &nsp, SocketListener *listener) { return gateway.open(nsp, listener); })
        , drain(parts, namespaces, responses, config.drain.timeout)
        , monitoring({.config = config,
                      .gateway = gateway,
                      .rooms = parts.rooms,
                      .meters = parts.meters.get(),
                      .door = door,
                      .counters = [this] { return counters(); },
                      .stores = [this] { return storage.counters().isWritable; }})
        , api({.config = config, .hub = parts, .door = door, .responses = responses})
    {
        if (config.admin.isSet()) {
            admin = std::make_unique<admin::Admin>(admin::Admin::Parts{
                .config = config,
                .hub = parts,
                .gateway = gateway,
                .sources = {.askWorkers = [this](auto done) { gateway.snapshot(std::move(done)); },
                            .hub = [this] { return monitoring.figures(); }},
                .drain = stop});
        }
        if (config.channels.sse.enabled)
            gateway.addChannel(sse::channelFactory(config, sseEncoding));
        if (config.recovery.connectionState)
            gateway.setEncoding(recoverableEncoding);
    }

    // The gateway is made before the hub it talks to, and so talks to it through here.
    void socketConnecting(SocketId socket, ConnectRequest &&request) override
    {
        handle("clientConnected", [&] { parts.hub.socketConnecting(socket, std::move(request)); });
    }
    void socketEvent(SocketId socket, IncomingEvent &&event) override
    {
        handle("a client's request", [&] { parts.hub.socketEvent(socket, std::move(event)); });
    }
    void socketAck(SocketId socket, quint64 ackId, JsonData &&args, QList<QByteArray> &&attachments) override
    {
        parts.hub.socketAck(socket, ackId, std::move(args), std::move(attachments));
    }
    void socketDisconnected(SocketId socket, DisconnectReason reason) override
    {
        handle("clientDisconnected", [&] { parts.hub.socketDisconnected(socket, reason); });
    }
    void socketDrained(SocketId socket, quint64 token) override { parts.hub.socketDrained(socket, token); }
    void socketHeard(SocketId socket) override { parts.hub.socketHeard(socket); }
    void socketRemains(SocketId socket, const SendRecordPtr &record) override
    {
        parts.hub.socketRemains(socket, record);
    }
    void httpRequest(ExchangeId exchange, HttpRequest &&request) override
    {
        const CallDepth::Scope scope(parts.calls);
        // A route may keep its responder for longer than the server lives.
        router.handle(std::move(request),
                      HttpResponder([to = QPointer(&gateway), exchange,
                                     open = responses.open()](HttpResponse &&response) {
                          if (to)
                              to->respond(exchange, std::move(response));
                      }));
    }

    [[nodiscard]] tls::TlsEntries tlsEntries() const
    {
        if (!certificates)
            return {};
        return [this] { return certificates->entry(); };
    }

    [[nodiscard]] ServerCounters counters() const;

    /** Once, however often it is called. */
    /** Bans and mutes from an earlier run hold, and those of this one are kept. */
    [[nodiscard]] Result<void> keepSanctions()
    {
        const QString fileName = sanctionFileOf(config.persistence);
        if (sanctionFile || fileName.isEmpty())
            return {};
        auto opened = SanctionFile::open(fileName, config.limits.sanctions);
        if (!opened)
            return opened.error();
        for (const Sanction &each : (*opened)->restored())
            (void)parts.sanctions.add(each);
        sanctionFile = *std::move(opened);
        parts.sanctions.setObserver([file = sanctionFile.get()](const Sanction &sanction, bool isLifted) {
            return file->change(sanction, isLifted);
        });
        return {};
    }
    [[nodiscard]] Result<void> openAdmin()
    {
        if (!admin)
            return {};
        if (auto started = admin->start(); !started || isAdminOpen)
            return started;
        auto opened = gateway.open(QByteArray(protocol::admin::names::nsp.data()), admin.get());
        isAdminOpen = opened.has_value();
        return opened;
    }

    /** What a slot of the application throws ends this and no more. */
    template <class F>
    void handle(const char *where, F &&f)
    {
        const CallDepth::Scope scope(parts.calls);
        const auto place = [where] { return QStringLiteral("in ") + QLatin1String(where); };
        guarded(*parts.rooms.services().slotExceptions, place, std::forward<F>(f));
    }

    ServerConfig config; ///< What workers need of it they took with them: it may change in the hub.
    Storage storage;
    const sse::SseEncoding sseEncoding{storage.broker().run()};
    const socketio::RecoverableEncoding recoverableEncoding{storage.broker().run()};
    const Encodings encodings{.kept = socketio::eventEncoding(),
                              .others = (config.channels.sse.enabled ? 1 : 0)
                                  + (config.recovery.connectionState ? 1 : 0)};
    HttpRouter router;
    WorkerGateway gateway;
    qtwebsockets::AcceptedWebSockets webSockets;
    const Door door;
    const std::unique_ptr<Certificates> certificates; ///< Null: there is no TLS.
    BuiltInMiddleware builtIn;
    HubParts parts;
    PresenceOfRooms presence;
    Namespaces namespaces;
    OpenResponses responses;
    Drain drain;
    Monitoring monitoring;
    ApiListening api;
    std::unique_ptr<SanctionFile> sanctionFile; ///< Null: bans and mutes are in memory alone.
    std::unique_ptr<admin::Admin> admin; ///< Null: nobody may look in.
    bool isAdminOpen = false;
    struct
    {
        bool triggered = false;
        bool completed = false;
        bool evicted = false;
    } forwards; ///< Which signals of rooms somebody has connected to here.
    enum class Life { New, Listening, Draining, Ended } life = Life::New;
    qsizetype roomsMade = 0; ///< Of those in the configuration.
};

Dialogue::Dialogue(ServerConfig config, Hooks hooks, QObject *parent)
    : QObject(parent)
    , d(this, std::make_unique<Private>(std::move(config), std::move(hooks), [this] { stop(); }))
{
    connect(&d->parts.hub, &Hub::clientConnected, this, &Dialogue::clientConnected);
    connect(&d->parts.hub, &Hub::clientDisconnected, this, &Dialogue::clientDisconnected);
    connect(&d->parts.hub, &Hub::clientRecovered, this, &Dialogue::clientRecovered);
    connect(&d->drain, &Drain::over, this, &Dialogue::stop);
    connect(&d->parts.rooms, &RoomManager::clientJoined, this, &Dialogue::clientJoined);
    connect(&d->parts.rooms, &RoomManager::clientLeft, this, &Dialogue::clientLeft);
    connect(&d->parts.rooms, &RoomManager::roomUpdated, this, &Dialogue::roomUpdated);
    connect(&d->parts.rooms, &RoomManager::roomDeleted, this, &Dialogue::roomDeleted);
    connect(&d->parts.rooms, &RoomManager::roomCreated, this, [this](Room *room) {
        if (d->forwards.triggered)
            connect(room, &Room::eventTriggered, this, &Dialogue::eventTriggered);
        if (d->forwards.completed)
            connect(room, &Room::eventCompleted, this, &Dialogue::eventCompleted);
        if (d->forwards.evicted)
            forwardEvictions(room);
        Q_EMIT roomCreated(room);
    });
}

Dialogue::~Dialogue()
{
    // In any build: what is on the stack would go on with what is gone.
    if (d->parts.calls.isInside()) {
        qFatal("The Dialogue was deleted in one of its own hooks, handlers, routes or signals; call "
               "deleteLater() there");
    }
    d->parts.acks.shutDown(); // While all is still there that its listeners may look at.
}

// Only for who listens: what nobody hears is a fiftieth of what an event costs, and rooms do not even collect
// what they evict.
void Dialogue::connectNotify(const QMetaMethod &signal)
{
    const auto begin = [this, &signal](bool &forwards, auto ours, const auto &forward) {
        if (signal != QMetaMethod::fromSignal(ours))
            return;
        QMetaObject::invokeMethod(this, [this, &forwards, forward] {
            if (std::exchange(forwards, true))
                return;
            for (Room *room : d->parts.rooms.rooms())
                forward(room);
        });
    };
    begin(d->forwards.triggered, &Dialogue::eventTriggered,
          [this](Room *room) { connect(room, &Room::eventTriggered, this, &Dialogue::eventTriggered); });
    begin(d->forwards.completed, &Dialogue::eventCompleted,
          [this](Room *room) { connect(room, &Room::eventCompleted, this, &Dialogue::eventCompleted); });
    begin(d->forwards.evicted, &Dialogue::eventsEvicted, [this](Room *room) { forwardEvictions(room); });
}

void Dialogue::forwardEvictions(Room *room)
{
    connect(room, &Room::eventsEvicted, this,
            [this, room](const QString &event, const QList<EventMessage> &events) {
                Q_EMIT eventsEvicted(room, event, events);
            });
}

Result<void> Dialogue::start()
{
    if (d->life != Private::Life::New)
        return Error{ErrorCode::IoError, QStringLiteral("It was started already; make another Dialogue")};
    if (const auto &opened = d->storage.opened(); !opened)
        return opened;
    if (const auto one = checkHooks(d->parts.hooks); !one)
        return one;
    if (auto routes = d->router.check(engineio::EndpointPath(d->config.engine).text()); !routes)
        return routes;
    if (auto good = d->door.start(d->parts.hooks); !good)
        return good;
    if (d->certificates) {
        if (auto good = d->certificates->start(); !good)
            return good;
    }
    if (auto good = configureMiddleware(); !good)
        return good;
    if (auto good = d->keepSanctions(); !good)
        return good;
    // Goes on where an earlier attempt that failed has ended.
    for (qsizetype &i = d->roomsMade; i < d->config.rooms.size(); ++i) {
        if (const auto created = d->parts.rooms.create(d->config.rooms[i]); !created) {
            return Error{ErrorCode::ConfigError, created.error().message,
                         QStringLiteral("rooms[%1]").arg(i)
                             + (created.error().path.isEmpty() ? QString() : u'.' + created.error().path)};
        }
    }
    restoreRooms();
    if (auto good = d->monitoring.start(d->router); !good)
        return good;
    if (auto good = d->api.start(d->router); !good)
        return good;
    if (auto good = d->openAdmin(); !good)
        return good;
    if (auto listening = d->gateway.listen(d->tlsEntries()); !listening)
        return listening;
    if (auto good = d->door.mayListen(d->parts.hooks, d->gateway.urls()); !good) {
        d->life = Private::Life::Ended;
        d->gateway.stop([] {});
        return good;
    }
    if (auto good = d->admin ? d->admin->announce(adminUrl()) : Result<void>(); !good) {
        d->life = Private::Life::Ended;
        d->gateway.stop([] {});
        return good;
    }
    d->life = Private::Life::Listening;
    d->monitoring.setListening(true);
    const QByteArray endpoint = engineio::EndpointPath(d->config.engine).text();
    addJavaScriptClient(d->router, endpoint);
    if (d->config.demo)
        addDemoPage(d->router, endpoint);
    d->door.warn(d->parts.hooks);
    // Who is told by the signal says it as he likes, and it is not said twice.
    if (!isSignalConnected(QMetaMethod::fromSignal(&Dialogue::started))) {
        for (const QUrl &each : urls())
            qCInfo(lcServer).noquote() << "Listening on" << each.toString();
    }
    if (const QUrl consoles = d->gateway.consolesUrl(); !consoles.isEmpty())
        qCInfo(lcServer).noquote() << "The namespace /admin at" << consoles.toString();
    Q_EMIT started();
    return {};
}

/** Of the server; and whether that of rooms to come can be made. */
Result<void> Dialogue::configureMiddleware()
{
    Result<MiddlewareChainPtr> chain = d->parts.middlewares.make(d->config.middleware, false);
    if (!chain)
        return chain.error();
    d->parts.middlewares.setServer(*std::move(chain));
    for (const RoomTemplate &each : d->config.roomCreation.templates) {
        if (const auto good = d->parts.middlewares.make(each.room.middleware, true); !good) {
            return Error{ErrorCode::ConfigError, good.error().message,
                         QStringLiteral("roomCreation.templates.%1.%2").arg(each.pattern, good.error().path)};
        }
    }
    return {};
}

/** Those that clients made in an earlier run. */
void Dialogue::restoreRooms()
{
    for (const RoomConfig &room : d->storage.createdRooms()) {
        if (const auto restored = d->parts.rooms.restore(room); !restored) {
            qCWarning(lcRooms).noquote()
                << "Room" << quoted(room.id) << "does not come back:" << printable(restored.error().text());
        }
    }
}

Result<QStringList> Dialogue::reconfigure(const ServerConfig &config)
{
    if (d->life != Private::Life::Listening)
        return Error{ErrorCode::Unavailable, QStringLiteral("The server is not running")};
    const CallDepth::Scope scope(d->parts.calls);
    const ServerConfig before = d->config;
    Reconfiguration reconfiguration(
        {.config = d->config, .parts = d->parts, .door = d->door, .certificates = d->certificates.get()},
        config);
    if (const auto done = reconfiguration.run(); !done)
        return done.error();
    if (d->admin)
        d->admin->review();
    return waitingForRestart(changedKeys(before, config), before, config);
}

void Dialogue::readFilesAgain()
{
    d->door.readFilesAgain();
    if (d->admin)
        d->admin->readFilesAgain();
    if (d->certificates)
        d->certificates->readAgain();
}

void Dialogue::stop()
{
    if (d->life == Private::Life::Ended)
        return;
    if (d->life == Private::Life::Listening) {
        d->life = Private::Life::Draining;
        d->monitoring.setDraining();
        d->gateway.refuseSessions(serverDraining().message);
        if (d->drain.begin())
            return;
    }
    if (d->life == Private::Life::Draining)
        d->drain.end();
    if (d->admin)
        d->admin->stop();
    d->life = Private::Life::Ended;
    d->monitoring.setListening(false);
    d->gateway.stop([this] {
        qCInfo(lcServer) << "Stopped";
        // Out of the gateway's hands, so that who hears of it may delete this.
        QMetaObject::invokeMethod(this, &Dialogue::stopped, Qt::QueuedConnection);
    });
}

bool Dialogue::isListening() const { return !d->gateway.urls().isEmpty(); }
quint16 Dialogue::port() const { return d->gateway.port(); }
const ServerConfig &Dialogue::config() const { return d->config; }

ServerCounters Dialogue::Private::counters() const
{
    return {.hub = gateway.hubCounters(),
            .budgets = parts.budgets.counters(),
            .memory = parts.memory.counters(),
            .replays = parts.rooms.replayCounters(),
            .recovery = parts.hub.recoveryCounters(),
            .seats = parts.hub.seatCounters(),
            .answers = parts.answers.counters(),
            .asking = parts.acks.counters(),
            .order = parts.hub.orderCounters(),
            .appends = parts.appends.counters(),
            .store = storage.counters(),
            .presence = presence.counters(),
            .tokens = door.tokenCounters(),
            .apiKeys = door.apiKeyCounters(),
            .certificateUses = door.certificateUseCounters(),
            .certificates = certificates ? certificates->counters() : CertificateCounters(),
            .rules = parts.ruleCounters,
            .middleware = builtIn.counters(),
            .refusals = parts.refusals,
            .admin = admin ? admin->counters() : AdminCounters()};
}

ServerCounters Dialogue::counters() const { return d->counters(); }

void Dialogue::workerCounters(QObject *context, std::function<void(const std::vector<WorkerCounters> &)> done)
{
    d->gateway.snapshot(
        [to = QPointer(context), done = std::move(done)](const std::vector<WorkerCounters> &counters) {
            if (to)
                done(counters);
        });
}

HttpRouter &Dialogue::http() { return d->router; }

QUrl Dialogue::url() const { return urls().value(0); }
QUrl Dialogue::apiUrl() const { return d->api.url(); }

QUrl Dialogue::adminUrl() const
{
    if (!d->admin)
        return {};
    const QUrl own = d->gateway.consolesUrl();
    return own.isEmpty() ? url() : own;
}
QUrl Dialogue::metricsUrl() const { return d->monitoring.url(); }

QList<QUrl> Dialogue::urls() const
{
    QList<QUrl> urls = d->gateway.urls();
    for (QUrl &url : urls) {
        if (url.scheme().startsWith(u"http") && d->config.host != HandedOver)
            url.setHost(d->config.host); // As it was configured: "localhost", or "::" for both families.
    }
    return urls;
}

Result<void> Dialogue::accept(QWebSocket *socket) { return d->webSockets.accept(socket); }
Result<void> Dialogue::accept(QWebSocket *socket, const HandshakeInfo &handshake)
{
    return d->webSockets.accept(socket, handshake);
}
Result<void> Dialogue::serve(QWebSocketServer *server) { return d->webSockets.serve(server); }

Room *Dialogue::room(const QString &roomId) const { return d->parts.rooms.find(roomId); }
QList<Room *> Dialogue::rooms() const { return d->parts.rooms.rooms(); }
Result<Room *> Dialogue::createRoom(const RoomConfig &config) { return d->parts.rooms.create(config); }
Result<void> Dialogue::updateRoom(const RoomConfig &config) { return d->parts.rooms.update(config); }
Result<void> Dialogue::deleteRoom(const QString &roomId) { return d->parts.rooms.remove(roomId); }

Answer<EventMessage> Dialogue::trigger(const QString &roomId, const QString &event, const QJsonValue &data,
                                       const TriggerOptions &options)
{
    const Result<Room *> found = d->parts.rooms.existing(roomId);
    if (!found)
        return found.error();
    return (*found)->trigger(event, data, options);
}

Result<QMetaObject::Connection> Dialogue::on(const QString &roomId, const QString &event, QObject *context,
                                             Room::Handler handler)
{
    const Result<Room *> found = d->parts.rooms.existing(roomId);
    if (!found)
        return found.error();
    if (const auto carried = RoomPrivate::of(**found).checkHandled(event); !carried)
        return carried.error();
    return (*found)->on(event, context, std::move(handler));
}

void Dialogue::use(Middleware middleware) { use({}, std::move(middleware)); }

void Dialogue::use(const QString &roomId, Middleware middleware)
{
    const Middleware step = std::move(middleware);
    d->parts.middlewares.use(roomId, guardedMiddleware(step, d->parts.calls));
}

Result<void> Dialogue::use(const MiddlewareConfig &middleware)
{
    return d->parts.middlewares.use({}, middleware);
}

Result<void> Dialogue::use(const QString &roomId, const MiddlewareConfig &middleware)
{
    return d->parts.middlewares.use(roomId, middleware);
}

Answer<QList<EventMessage>> Dialogue::getHistory(const QString &roomId, const HistoryOptions &options) const
{
    const Result<Room *> found = d->parts.rooms.existing(roomId);
    if (!found)
        return found.error();
    const int most = std::numeric_limits<int>::max() - std::max(options.start, 0);
    return (*found)->history(options.event,
                             {.start = options.start, .end = options.start + std::min(options.limit, most)});
}

void Dialogue::broadcast(const QString &event, const QJsonValue &data, const BroadcastOptions &options)
{
    d->parts.clients.broadcast(eventFrame("/", event, data, options.isVolatile), options);
}

Result<void> Dialogue::onRequest(const QString &name, RequestHandler handler)
{
    return onRequest({.name = name}, std::move(handler));
}

Result<void> Dialogue::onRequest(const RequestDefinition &request, RequestHandler handler)
{
    return d->parts.hub.requestHandlers().add(request, std::move(handler));
}

Result<Namespace *> Dialogue::of(const QString &name, NamespaceHooks hooks)
{
    return d->namespaces.of(name, std::move(hooks));
}

QList<ConnectedClient *> Dialogue::clients(const QString &userId) const
{
    return d->parts.clients.ofUser(userId);
}
QList<ConnectedClient *> Dialogue::allClients() const { return d->parts.clients.all(); }

ClientRooms Dialogue::clientRooms(const QString &userId) const
{
    const QList<ConnectedClient *> connections = clients(userId);
    QStringList ids;
    for (const ConnectedClient *client : connections)
        ids.append(client->rooms());
    ids.removeDuplicates();
    return {std::move(ids), connections};
}

Answer<ErasedEvents> Dialogue::eraseEvent(const QString &roomId, quint64 offset)
{
    return d->parts.rooms.erase({.roomId = roomId, .offset = offset});
}

Answer<ErasedEvents> Dialogue::eraseUser(const QString &userId, const QString &roomId)
{
    return d->parts.rooms.erase({.roomId = roomId, .user = userId});
}

Result<void> Dialogue::ban(const QString &userId, const SanctionOptions &options)
{
    return d->parts.moderation.impose(SanctionKind::Ban, userId, options);
}
Result<void> Dialogue::mute(const QString &userId, const SanctionOptions &options)
{
    return d->parts.moderation.impose(SanctionKind::Mute, userId, options);
}
bool Dialogue::liftBan(const QString &userId, const QString &roomId)
{
    return d->parts.sanctions.lift(SanctionKind::Ban, userId, roomId);
}
bool Dialogue::liftMute(const QString &userId, const QString &roomId)
{
    return d->parts.sanctions.lift(SanctionKind::Mute, userId, roomId);
}
QList<Sanction> Dialogue::sanctions() const { return d->parts.sanctions.all(); }

bool Dialogue::isInRoom(const QString &userId, const QString &roomId) const
{
    const Room *const found = room(roomId);
    return found && d->parts.clients.anyOfUser(userId, [found](const ConnectedClient *client) {
        return found->contains(client);
    });
}

} // namespace dialogue
