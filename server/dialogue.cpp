#include "server/dialogue.h"

#include "core/base/exceptions.h"
#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/answers/draining.h"
#include "server/engine/endpointpath.h"
#include "server/gateway/workergateway.h"
#include "server/http/demopage.h"
#include "server/namespaces/namespaces.h"
#include "server/net/handedsockets.h"
#include "server/presence/presenceofrooms.h"
#include "server/rooms/guardedhooks.h"
#include "server/rooms/hub.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roommanager.h"
#include "server/rooms/steps.h"
#include "server/socketio/packetframes.h"

#include <QMetaMethod>
#include <QPointer>
#include <QTimer>

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

/** The one place where the parts are put together; declared in the order they need one another. */
class Dialogue::Private final : public SocketListener, public HttpListener
{
public:
    Private(ServerConfig serverConfig, Hooks userHooks)
        : config(std::move(serverConfig))
        , hooks(guardedHooks(std::move(userHooks), calls))
        , answers({.timeout = config.hooks.timeout, .most = config.hooks.maxPending})
        , acks({.most = config.serverRequests.maxPending,
                .perSocket = config.serverRequests.maxPendingPerClient,
                .answerBytes = config.serverRequests.answerBytes})
        , budgets(config)
        , pipeline(standardSteps(hooks, budgets, config.limits.validationSteps))
        , memory({.total = config.memory.total,
                  .perRoom = config.memory.perRoom,
                  .perUser = config.memory.perUser})
        , sentTriggers({.perUser = config.history.triggerIdsPerUser,
                        .total = config.history.triggerIds,
                        .bytes = config.memory.triggerIds},
                       memory)
        , gateway(config, this, this)
        , clients(gateway)
        , rooms({.sockets = gateway,
                 .publisher = gateway,
                 .pipeline = pipeline,
                 .hooks = hooks,
                 .config = config,
                 .sentTriggers = sentTriggers,
                 .memory = memory,
                 .budgets = budgets,
                 .calls = calls,
                 .answers = answers,
                 .acks = acks},
                clients)
        , hub(rooms, clients)
        , presence(rooms, hub)
        , namespaces(rooms.services(), [this](const QByteArray &nsp, SocketListener *listener) {
            return gateway.open(nsp, listener);
        })
    { }

    static Pipeline standardSteps(const Hooks &hooks, Budgets &budgets, int validationSteps)
    {
        Pipeline pipeline;
        pipeline.appendOfSender(steps::isParticipant());
        pipeline.appendOfSender(steps::withinRate(budgets));
        pipeline.append(steps::isAllowed());
        pipeline.append(steps::matchesSchema(&budgets, validationSteps));
        pipeline.append(steps::beforeEach(hooks));
        return pipeline;
    }

    // The gateway is made before the hub it talks to, and so talks to it through here.
    void socketConnecting(SocketId socket, ConnectRequest &&request) override
    {
        handle("clientConnected", [&] { hub.socketConnecting(socket, std::move(request)); });
    }
    void socketEvent(SocketId socket, IncomingEvent &&event) override
    {
        handle("a client's request", [&] { hub.socketEvent(socket, std::move(event)); });
    }
    void socketAck(SocketId socket, quint64 ackId, JsonData &&args, QList<QByteArray> &&attachments) override
    {
        hub.socketAck(socket, ackId, std::move(args), std::move(attachments));
    }
    void socketDisconnected(SocketId socket, DisconnectReason reason) override
    {
        handle("clientDisconnected", [&] { hub.socketDisconnected(socket, reason); });
    }
    void socketDrained(SocketId socket, quint64 token) override { hub.socketDrained(socket, token); }
    void socketHeard(SocketId socket) override { hub.socketHeard(socket); }
    void httpRequest(ExchangeId exchange, HttpRequest &&request) override
    {
        const CallDepth::Scope scope(calls);
        // A route may keep its responder for longer than the server lives.
        router.handle(std::move(request),
                      HttpResponder([to = QPointer(&gateway), exchange](HttpResponse &&response) {
                          if (to)
                              to->respond(exchange, std::move(response));
                      }));
    }

    /** What a slot of the application throws ends this and no more. */
    template <class F>
    void handle(const char *where, F &&f)
    {
        const CallDepth::Scope scope(calls);
        const auto place = [where] { return QStringLiteral("in ") + QLatin1String(where); };
        guarded(*rooms.services().slotExceptions, place, std::forward<F>(f));
    }

    const ServerConfig config;
    CallDepth calls;
    const Hooks hooks;
    PendingAnswers answers;
    AwaitedAcks acks;
    Budgets budgets;
    const Pipeline pipeline;
    MemoryBudget memory;
    TriggerWindow sentTriggers;
    HttpRouter router;
    WorkerGateway gateway;
    ClientRegistry clients;
    RoomManager rooms;
    Hub hub;
    PresenceOfRooms presence;
    Namespaces namespaces;
    struct
    {
        bool triggered = false;
        bool completed = false;
        bool evicted = false;
    } forwards; ///< Which signals of rooms somebody has connected to here.
    enum class Life { New, Listening, Draining, Ended } life = Life::New;
    QTimer drainTimeout;
    qsizetype roomsMade = 0; ///< Of those in the configuration.
};

Dialogue::Dialogue(ServerConfig config, Hooks hooks, QObject *parent)
    : QObject(parent)
    , d(this, std::make_unique<Private>(std::move(config), std::move(hooks)))
{
    connect(&d->hub, &Hub::clientConnected, this, &Dialogue::clientConnected);
    connect(&d->hub, &Hub::clientDisconnected, this, &Dialogue::clientDisconnected);
    connect(&d->rooms, &RoomManager::clientJoined, this, &Dialogue::clientJoined);
    connect(&d->rooms, &RoomManager::clientLeft, this, &Dialogue::clientLeft);
    connect(&d->rooms, &RoomManager::roomUpdated, this, &Dialogue::roomUpdated);
    connect(&d->rooms, &RoomManager::roomDeleted, this, &Dialogue::roomDeleted);
    connect(&d->rooms, &RoomManager::roomCreated, this, [this](Room *room) {
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
    if (d->calls.isInside()) {
        qFatal("The Dialogue was deleted in one of its own hooks, handlers, routes or signals; call "
               "deleteLater() there");
    }
    d->acks.shutDown(); // While all is still there that its listeners may look at.
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
            for (Room *room : d->rooms.rooms())
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

/** Without an authenticator. */
void Dialogue::warnOfStrangers() const
{
    if (d->hooks.authenticate || d->hooks.authenticateLater)
        return;
    qCWarning(lcAuth) << "No authenticator is configured: every client is whoever it says it is "
                         "(auth.userId or auth.token, which the others see), and its meta() is what else "
                         "it says in auth; decide nothing by them";
    if (d->config.roomCreation.create == Permission::Authenticated) {
        qCWarning(lcAuth) << "roomCreation.create: authenticated lets nobody create rooms, as nobody is "
                             "authenticated; set Hooks::authenticate";
    }
}

Result<void> Dialogue::start()
{
    if (d->life != Private::Life::New)
        return Error{ErrorCode::IoError, QStringLiteral("It was started already; make another Dialogue")};
    if (const auto one = checkHooks(d->hooks); !one)
        return one;
    if (auto routes = d->router.check(engineio::EndpointPath(d->config.engine).text()); !routes)
        return routes;
    // Goes on where an earlier attempt that failed has ended.
    for (qsizetype &i = d->roomsMade; i < d->config.rooms.size(); ++i) {
        if (const auto created = d->rooms.create(d->config.rooms[i]); !created) {
            return Error{ErrorCode::ConfigError, created.error().message,
                         QStringLiteral("rooms[%1]").arg(i)
                             + (created.error().path.isEmpty() ? QString() : u'.' + created.error().path)};
        }
    }
    if (auto listening = d->gateway.listen(); !listening)
        return listening;
    d->life = Private::Life::Listening;
    if (d->config.demo)
        addDemoPage(d->router, engineio::EndpointPath(d->config.engine).text());
    warnOfStrangers();
    // Who is told by the signal says it as he likes, and it is not said twice.
    if (!isSignalConnected(QMetaMethod::fromSignal(&Dialogue::started))) {
        for (const QUrl &each : urls())
            qCInfo(lcServer).noquote() << "Listening on" << each.toString();
    }
    Q_EMIT started();
    return {};
}

void Dialogue::stop()
{
    if (d->life == Private::Life::Ended)
        return;
    if (d->life == Private::Life::Listening && drain())
        return;
    if (d->life == Private::Life::Draining) {
        d->drainTimeout.stop();
        d->hub.close();
        d->namespaces.close();
        d->acks.shutDown();
    }
    d->life = Private::Life::Ended;
    d->gateway.stop([this] {
        qCInfo(lcServer) << "Stopped";
        // Out of the gateway's hands, so that who hears of it may delete this.
        QMetaObject::invokeMethod(this, &Dialogue::stopped, Qt::QueuedConnection);
    });
}

/** True: it waits for what was asked already. */
bool Dialogue::drain()
{
    d->life = Private::Life::Draining;
    d->gateway.refuseSessions(serverDraining().message);
    d->hub.drain();
    d->namespaces.drain();
    const auto isIdle = [this] { return d->answers.counters().waiting == 0 && d->hub.order().isIdle(); };
    if (isIdle() || d->config.drain.timeout.count() == 0)
        return false;
    qCInfo(lcServer) << "Stops once" << d->answers.counters().waiting << "answers of hooks are there, or in"
                     << d->config.drain.timeout.count() << "ms";
    // Later: what is done with is done with in the middle of something.
    const auto stopIfIdle = [this, isIdle] {
        if (d->life == Private::Life::Draining && isIdle())
            stop();
    };
    connect(&d->answers, &PendingAnswers::idle, this, stopIfIdle, Qt::QueuedConnection);
    connect(&d->hub.order(), &RequestOrder::idle, this, stopIfIdle, Qt::QueuedConnection);
    d->drainTimeout.setSingleShot(true);
    d->drainTimeout.callOnTimeout(this, &Dialogue::stop);
    d->drainTimeout.start(d->config.drain.timeout);
    return true;
}

bool Dialogue::isListening() const { return !d->gateway.urls().isEmpty(); }
quint16 Dialogue::port() const { return d->gateway.port(); }
const ServerConfig &Dialogue::config() const { return d->config; }

ServerCounters Dialogue::counters() const
{
    return {.hub = d->gateway.hubCounters(),
            .budgets = d->budgets.counters(),
            .memory = d->memory.counters(),
            .replays = d->rooms.replayCounters(),
            .seats = d->hub.seatCounters(),
            .answers = d->answers.counters(),
            .asking = d->acks.counters(),
            .order = d->hub.orderCounters(),
            .presence = d->presence.counters()};
}

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

QList<QUrl> Dialogue::urls() const
{
    QList<QUrl> urls = d->gateway.urls();
    for (QUrl &url : urls) {
        if (url.scheme() == u"http" && d->config.host != HandedOver)
            url.setHost(d->config.host); // As it was configured: "localhost", or "::" for both families.
    }
    return urls;
}

Room *Dialogue::room(const QString &roomId) const { return d->rooms.find(roomId); }
QList<Room *> Dialogue::rooms() const { return d->rooms.rooms(); }
Result<Room *> Dialogue::createRoom(const RoomConfig &config) { return d->rooms.create(config); }
Result<void> Dialogue::updateRoom(const RoomConfig &config) { return d->rooms.update(config); }
Result<void> Dialogue::deleteRoom(const QString &roomId) { return d->rooms.remove(roomId); }

Answer<EventMessage> Dialogue::trigger(const QString &roomId, const QString &event, const QJsonValue &data,
                                       const TriggerOptions &options)
{
    const Result<Room *> found = d->rooms.existing(roomId);
    if (!found)
        return found.error();
    return (*found)->trigger(event, data, options);
}

Result<QMetaObject::Connection> Dialogue::on(const QString &roomId, const QString &event, QObject *context,
                                             Room::Handler handler)
{
    const Result<Room *> found = d->rooms.existing(roomId);
    if (!found)
        return found.error();
    if (const auto carried = RoomPrivate::of(**found).checkHandled(event); !carried)
        return carried.error();
    return (*found)->on(event, context, std::move(handler));
}

Answer<QList<EventMessage>> Dialogue::getHistory(const QString &roomId, const HistoryOptions &options) const
{
    const Result<Room *> found = d->rooms.existing(roomId);
    if (!found)
        return found.error();
    const int most = std::numeric_limits<int>::max() - std::max(options.start, 0);
    return (*found)->history(options.event,
                             {.start = options.start, .end = options.start + std::min(options.limit, most)});
}

void Dialogue::broadcast(const QString &event, const QJsonValue &data)
{
    d->clients.broadcast(eventFrame("/", event, data.isUndefined() ? QJsonArray() : QJsonArray{data}));
}

Result<void> Dialogue::onRequest(const QString &name, RequestHandler handler)
{
    return onRequest({.name = name}, std::move(handler));
}

Result<void> Dialogue::onRequest(const RequestDefinition &request, RequestHandler handler)
{
    return d->hub.requestHandlers().add(request, std::move(handler));
}

Result<Namespace *> Dialogue::of(const QString &name, NamespaceHooks hooks)
{
    return d->namespaces.of(name, std::move(hooks));
}

QList<ConnectedClient *> Dialogue::clients(const QString &userId) const { return d->clients.ofUser(userId); }
QList<ConnectedClient *> Dialogue::allClients() const { return d->clients.all(); }

ClientRooms Dialogue::clientRooms(const QString &userId) const
{
    const QList<ConnectedClient *> connections = clients(userId);
    QStringList ids;
    for (const ConnectedClient *client : connections)
        ids.append(client->rooms());
    ids.removeDuplicates();
    return {std::move(ids), connections};
}

bool Dialogue::isInRoom(const QString &userId, const QString &roomId) const
{
    const Room *const found = room(roomId);
    return found && d->clients.anyOfUser(userId, [found](const ConnectedClient *client) {
        return found->contains(client);
    });
}

} // namespace dialogue
