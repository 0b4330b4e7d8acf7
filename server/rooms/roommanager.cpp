#include "server/rooms/roommanager.h"

#include "core/base/exceptions.h"
#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/rooms/announce.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/permissions.h"
#include "server/rooms/refusals.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roomcreation.h"
#include "server/rooms/spending.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace dialogue {

RoomManager::RoomManager(const RoomServices &services, ClientRegistry &clients, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_clients(clients)
    , m_declarations(m_services)
    , m_lifetimes(services.config.roomCreation, clients, [this](Room *room) { (void)remove(room->id()); })
{
    m_services.memory.setOverdrawn([this] {
        if (std::exchange(m_settling, true))
            return;
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_settling = false;
                m_services.memory.settle();
            },
            Qt::QueuedConnection);
    });
}

RoomManager::~RoomManager()
{
    m_services.memory.setOverdrawn({});
    m_work.clear();
    for (ConnectedClient *const client : m_clients.all())
        ConnectedClientPrivate::of(*client).replays.reset(); // They read the rooms' logs.
    qDeleteAll(m_index.all());
}

Room *RoomManager::find(const QString &roomId) const { return m_index.find(roomId); }

Result<Room *> RoomManager::existing(const QString &roomId) const
{
    if (Room *const room = find(roomId))
        return room;
    return Error{ErrorCode::RoomNotFound, QStringLiteral("There is no room '%1'").arg(roomId)};
}

Result<Room *> RoomManager::create(const RoomConfig &config)
{
    if (auto sound = config.check(); !sound)
        return sound.error();
    const CallDepth::Scope scope(m_services.calls);
    tellDeleted(config.id);
    if (m_index.find(config.id))
        return Error{ErrorCode::RoomExists, QStringLiteral("There is a room '%1' already").arg(config.id)};
    if (m_index.size() >= m_services.config.roomCreation.maxTotal) {
        return Error{ErrorCode::LimitReached,
                     QStringLiteral("The server holds %1 rooms, which is its limit (roomCreation.maxTotal)")
                         .arg(m_index.size())};
    }
    Result<RoomDeclarationPtr> declaration = m_declarations.of(config);
    if (!declaration)
        return declaration.error();
    const Result<OpenedLog> opened = m_services.broker.open(config);
    if (!opened)
        return opened.error();
    Room *const room = RoomPrivate::create(config, *std::move(declaration), opened->stream).release();
    RoomPrivate::of(*room).restore(*opened);
    m_index.add(room);
    qCDebug(lcRooms).noquote() << "Room" << quoted(config.id) << "is created";
    tellOf(*room, announce::roomCreated(*room));
    // It is there, whatever slots throw: its creator is to be told, and answers for it.
    guarded(
        *m_services.slotExceptions, [] { return QStringLiteral("in roomCreated"); },
        [&] { Q_EMIT roomCreated(room); });
    return room;
}

qint64 RoomManager::bytesOf(const RoomConfig &config) const
{
    constexpr qint64 idleRoom = 500; // tst_idleroom
    return idleRoom + m_declarations.bytesOf(config)
        + (config.id.size() + config.name.size() + config.description.size()) * qint64(sizeof(QChar));
}

Result<Room *> RoomManager::create(const RoomConfig &config, ConnectedClient &creator)
{
    MemoryCharge charge(ConnectedClientPrivate::of(creator).kept.share());
    if (auto taken = charge.take(bytesOf(config)); !taken)
        return taken.error();
    const Result<Room *> room = create(config);
    if (const int times = room ? m_creations.count() : 0) {
        qCInfo(lcRooms).noquote() << "Rooms created by clients:" << times << "- the last" << quoted(config.id)
                                  << "by user" << quoted(config.createdById);
    }
    if (room && find(config.id) == *room) // Who heard of it may have deleted it.
        m_lifetimes.add(*room, std::move(charge));
    return room;
}

Result<Room *> RoomManager::restore(const RoomConfig &stored)
{
    const RoomConfig config = restoredRoom(stored, m_services.config.roomCreation);
    // Where its creator came from is not known any more.
    MemoryCharge charge(m_services.memory.shareOf({QString(), config.createdById}));
    charge.add(bytesOf(config));
    const Result<Room *> room = create(config);
    if (room && find(config.id) == *room)
        m_lifetimes.add(*room, std::move(charge));
    return room;
}

Result<void> RoomManager::update(const RoomConfig &config)
{
    const Result<Room *> found = existing(config.id);
    if (!found)
        return found.error();
    if (auto sound = config.check(); !sound)
        return sound;
    Result<RoomDeclarationPtr> declaration = m_declarations.of(config);
    if (!declaration)
        return declaration.error();
    Room *const room = *found;
    const CallDepth::Scope scope(m_services.calls);
    const bool hasOtherRules = RoomPrivate::of(*room).declared().rules != config.rules;
    RoomPrivate::of(*room).declare(config, *std::move(declaration));
    if (m_observer)
        m_observer->declared(*room);
    const QPointer<Room> alive(room);
    if (hasOtherRules)
        reviewAll(*room);
    if (alive)
        Q_EMIT room->updated();
    if (alive)
        Q_EMIT roomUpdated(room);
    return {};
}

void RoomManager::tellOf(const Room &room, const FramePtr &frame) const
{
    const auto &rules = RoomPrivate::of(room).declaration->rules;
    if (!rules || rules->isSeenByAll()) {
        m_clients.broadcast(frame);
        return;
    }
    m_clients.forEach([&](const ConnectedClient &client) {
        const ConnectedClientPrivate &each = ConnectedClientPrivate::of(client);
        if (permissions::allows(client, room, RoomAction::See) || each.rooms.contains(&room))
            m_services.sockets.send(each.socket, frame);
    });
}

Result<Room *> RoomManager::roomOf(const ConnectedClient &client, const QString &roomId) const
{
    Result<Room *> room = existing(roomId);
    if (room && !(*room)->contains(&client)) {
        return Error{ErrorCode::NotInRoom,
                     QStringLiteral("You are not in room '%1'; join it first").arg(roomId)};
    }
    return room;
}

Result<void> RoomManager::maySubscribe(const ConnectedClient &client, const Room &room, const QString &event,
                                       qsizetype already) const
{
    const LimitsConfig &limits = m_services.config.limits;
    if (event != u"*" && !RoomPrivate::of(room).declared().allows(event)) {
        return Error{ErrorCode::EventNotAllowed,
                     QStringLiteral("Room '%1' does not carry the event '%2'").arg(room.id(), event)};
    }
    if (event.size() > limits.eventNameLength) {
        return Error{ErrorCode::InvalidRequest,
                     QStringLiteral("An event name has at most %1 characters, not %2")
                         .arg(limits.eventNameLength)
                         .arg(event.size())};
    }
    if (already >= limits.subscriptionsPerRoom && event != u"*") {
        return Error{ErrorCode::LimitReached,
                     QStringLiteral("You are subscribed to %1 events of room '%2', which is the limit; "
                                    "subscribe to all of them instead ('*')")
                         .arg(already)
                         .arg(room.id())};
    }
    return permissions::check(client, room, RoomAction::Subscribe, event);
}

QStringList RoomManager::subscriptionsOf(const ConnectedClient &client, const Room &room,
                                         const std::optional<QStringList> &named)
{
    // What it asks for by name it is refused; what the room would give it, it goes without.
    return named
        ? *named
        : permissions::allowedOf(RoomPrivate::of(room).declared().defaultSubscriptions, client, room);
}

namespace {

Result<void> hasSpace(const Room &room)
{
    if (!room.isFull())
        return {};
    return Error{ErrorCode::RoomFull,
                 QStringLiteral("Room '%1' is full: it takes %2").arg(room.id()).arg(room.size())};
}

/** PermissionDenied, where the room is not for the channel that \a client comes by. */
Result<void> isReached(const ConnectedClient &client, const Room &room)
{
    const QStringList &channels = RoomPrivate::of(room).declared().channels;
    if (channels.isEmpty())
        return {};
    const QString channel
        = client.handshake().transport == "sse" ? QStringLiteral("sse") : QStringLiteral("websocket");
    if (channels.contains(channel))
        return {};
    return Error{ErrorCode::PermissionDenied,
                 QStringLiteral("Room '%1' is for clients that come by %2 (`channels`), and you come by %3")
                     .arg(room.id(), channels.join(QLatin1String(" or ")), channel)};
}

/** Whether \a client, which is in \a room, is subscribed to \a events and nothing else there. */
bool hasJust(const ConnectedClient &client, const Room &room, QStringList events)
{
    events.sort();
    events.removeDuplicates();
    return client.subscriptions(room.id()) == events;
}

} // namespace

Result<void> RoomManager::mayJoin(const ConnectedClient &client, const Room &room,
                                  const std::optional<QStringList> &subscriptions) const
{
    if (auto allowed = permissions::check(client, room, RoomAction::Join); !allowed)
        return allowed;
    if (auto reached = isReached(client, room); !reached)
        return reached;
    const QStringList events = subscriptionsOf(client, room, subscriptions);
    for (qsizetype i = 0; i < events.size(); ++i) {
        if (auto allowed = maySubscribe(client, room, events[i], i); !allowed)
            return allowed;
    }
    const int limit = m_services.config.limits.roomsPerClient;
    if (ConnectedClientPrivate::of(client).rooms.size() >= limit && roomsOf(client) >= limit) {
        return Error{ErrorCode::LimitReached,
                     QStringLiteral("You are in %1 rooms, which is the limit; leave one first").arg(limit)};
    }
    return hasSpace(room);
}

Result<void> RoomManager::stillThere(const QPointer<ConnectedClient> &client, const QPointer<Room> &room,
                                     const QString &roomId) const
{
    // It may have done anything: the room deleted, the last place given away.
    if (!room || find(roomId) != room)
        return deletedRoom(roomId);
    if (!client || ConnectedClientPrivate::of(*client).gone)
        return Error{ErrorCode::JoinDenied, QStringLiteral("The client was disconnected while it joined")};
    return {};
}

Result<void> RoomManager::admit(ConnectedClient &client, Room *room, const JoinOptions &options)
{
    if (auto allowed = mayJoin(client, *room, options.subscriptions); !allowed)
        return allowed;
    const Hooks &hooks = m_services.hooks;
    const bool isNamed = options.subscriptions && !options.subscriptions->isEmpty();
    const QString roomId = room->id();
    const QPointer<ConnectedClient> alive(&client);
    const QPointer<Room> there(room);
    if (hooks.beforeJoin) {
        if (auto allowed = hooks.beforeJoin(client, *room); !allowed)
            return allowed;
        if (auto still = stillThere(alive, there, roomId); !still)
            return still;
    }
    if (hooks.beforeSubscribe && isNamed) {
        if (auto allowed = hooks.beforeSubscribe(client, *room, *options.subscriptions); !allowed)
            return allowed;
        if (auto still = stillThere(alive, there, roomId); !still)
            return still;
    }
    return hasSpace(*room);
}

Result<JoinOutcome> RoomManager::join(ConnectedClient &client, const QString &roomId,
                                      const JoinOptions &options)
{
    const Result<Room *> found = existing(roomId);
    if (!found)
        return found.error();
    Room *const room = *found;
    const CallDepth::Scope scope(m_services.calls);
    if (ConnectedClientPrivate::of(client).gone)
        return Error{ErrorCode::JoinDenied, QStringLiteral("The client is disconnected")};
    const auto &recovery = ConnectedClientPrivate::of(client).recovery;
    const bool wasBroughtBack = recovery && recovery->restored.remove(roomId);
    if (wasBroughtBack && options.subscriptions && !hasJust(client, *room, *options.subscriptions)) {
        // It wants others by now, and what it missed of those: as who was never brought back.
        const QPointer<ConnectedClient> alive(&client);
        const QPointer<Room> there(room);
        depart(client, room);
        if (auto still = stillThere(alive, there, roomId); !still)
            return still.error();
    }
    if (room->contains(&client)) {
        // It joined already, so this replays the log once more: as dear as a page of history. But where it
        // was brought back it is what it would have asked for in any case.
        if (options.since && !wasBroughtBack) {
            if (auto allowed = spend(m_services.budgets, client, BudgetKind::History); !allowed)
                return allowed.error();
        }
        return welcome(client, *room, options);
    }

    if (auto admitted = admit(client, room, options); !admitted)
        return admitted.error();
    const bool comesIn = !room->contains(&client); // beforeJoin may have joined it
    if (comesIn) {
        const QStringList events = subscriptionsOf(client, *room, options.subscriptions);
        const bool comesBack = recovery && recovery->isEntering;
        if (auto entered = RoomPrivate::of(*room).enter(
                &client, events, options.isHeld || comesBack || options.since.has_value());
            !entered)
            return entered.error();
        if (comesBack && !options.isHeld)
            recovery->meanwhile.push_back({roomId, room->offset()});
    }
    const JoinOutcome outcome = welcome(client, *room, options);
    if (m_observer && comesIn)
        m_observer->entered(*room, client);
    const bool recovers = outcome.joined.recovered == true;
    if (comesIn || recovers) {
        m_services.clientTap.tell(&ClientObserver::follows, *room, client,
                                  recovers ? options.since->offset : outcome.joined.position.offset);
    }
    qCDebug(lcRooms).noquote() << "User" << quoted(client.userId()) << "joined" << quoted(roomId);

    const QPointer<Room> alive(room);
    const QPointer<ConnectedClient> aliveClient(&client);
    Q_EMIT room->sizeChanged(room->size());
    if (alive && aliveClient)
        Q_EMIT room->participantJoined(&client);
    if (alive && aliveClient)
        Q_EMIT clientJoined(&client, room);
    return outcome;
}

bool RoomManager::canRecover(const ConnectedClient &client, const Room &room,
                             const protocol::LogPosition &since)
{
    if (since.epoch != room.epoch() || since.offset > room.offset())
        return false;
    if (since.offset < room.offset() && !permissions::allows(client, room, RoomAction::History))
        return false;
    const RoomPrivate &priv = RoomPrivate::of(room);
    const QStringList names
        = priv.activityIfAny()->subscriptions.names(ConnectedClientPrivate::of(client).socket);
    const auto isThere = [&](const QString &name) { return since.offset >= priv.completeAfter(name); };
    // Who names none may subscribe next, and would take it for complete.
    return names.isEmpty() ? isThere(QStringLiteral("*")) : std::ranges::all_of(names, isThere);
}

JoinOutcome RoomManager::welcome(ConnectedClient &client, Room &room, const JoinOptions &options)
{
    RoomPrivate &priv = RoomPrivate::of(room);
    ConnectedClientPrivate &itsClient = ConnectedClientPrivate::of(client);
    protocol::Joined joined{.roomId = room.id(),
                            .roomName = room.name(),
                            .position = {.epoch = room.epoch(), .offset = room.offset()},
                            .recovered = {},
                            .presence = priv.declared().presence};
    if (options.since)
        joined.recovered = canRecover(client, room, *options.since);
    if (options.isHeld)
        return {joined};
    m_services.sockets.send(itsClient.socket, announce::joined(joined));

    if (joined.recovered == true && options.since->offset < room.offset()
        && priv.activity().subscriptions.count(itsClient.socket) > 0) {
        ClientReplays &replays = replaysOf(client);
        replays.end(&room); // It may have asked before.
        Replay::CaughtUp caughtUp;
        if (options.caughtUp) {
            caughtUp = [answer = options.caughtUp, joined](const QStringList &subscriptions) {
                answer(joined, subscriptions);
            };
        }
        replays.add(std::make_unique<Replay>(room, client, options.since->offset, std::move(caughtUp),
                                             m_replayCounters));
        return {joined, options.caughtUp != nullptr};
    }
    // What it is being sent already ends so by itself; and who comes back is in all its rooms first.
    const bool isSentMore = itsClient.replays && itsClient.replays->find(&room);
    if (!isSentMore && !(itsClient.recovery && itsClient.recovery->isEntering))
        priv.activity().subscriptions.release(itsClient.socket);
    if (const int count = priv.declared().syncHistoryOnJoin;
        count != 0 && joined.recovered != true && permissions::allows(client, room, RoomAction::History)) {
        const int kept = priv.log().kept({});
        const auto page = priv.historyPage({}, {0, count < 0 ? kept : std::min(count, kept)},
                                           permissions::readable(client, room), m_services.largestPage());
        if (page->count() > 0)
            m_services.sockets.send(itsClient.socket, announce::history(room.id(), *page));
    }
    return {joined};
}

ClientReplays &RoomManager::replaysOf(ConnectedClient &client) const
{
    ConnectedClientPrivate &priv = ConnectedClientPrivate::of(client);
    if (!priv.replays) {
        priv.replays = std::make_unique<ClientReplays>(
            m_services.sockets, priv.socket, std::min(LargestPortion, m_services.largestBurst() / 2));
    }
    return *priv.replays;
}

void RoomManager::follow(ConnectedClient &client, const std::vector<RoomPlace> &places)
{
    std::vector<std::unique_ptr<Replay>> replays;
    replays.reserve(places.size());
    for (const RoomPlace &place : places) {
        m_services.clientTap.tell(&ClientObserver::follows, *place.room, client, place.offset);
        replays.push_back(
            std::make_unique<Replay>(*place.room, client, place.offset, nullptr, m_replayCounters));
    }
    replaysOf(client).addMerged(std::move(replays));
}

void RoomManager::drained(ConnectedClient &client, quint64 token)
{
    if (const auto &replays = ConnectedClientPrivate::of(client).replays)
        replays->drained(token);
}

Result<void> RoomManager::maySubscribe(const ConnectedClient &client, const QString &roomId,
                                       const QString &event) const
{
    const Result<Room *> room = roomOf(client, roomId);
    if (!room)
        return room.error();
    const SocketId socket = ConnectedClientPrivate::of(client).socket;
    const Subscriptions &subscriptions = RoomPrivate::of(**room).activity().subscriptions;
    const qsizetype others = subscriptions.count(socket) - (subscriptions.has(socket, event) ? 1 : 0);
    return maySubscribe(client, **room, event, others);
}

Result<void> RoomManager::subscribe(ConnectedClient &client, const QString &roomId, const QString &event)
{
    if (auto allowed = maySubscribe(client, roomId, event); !allowed)
        return allowed;
    if (const auto &beforeSubscribe = m_services.hooks.beforeSubscribe) {
        const CallDepth::Scope scope(m_services.calls);
        const QPointer<ConnectedClient> alive(&client);
        if (auto allowed = beforeSubscribe(client, *find(roomId), {event}); !allowed)
            return allowed;
        if (!alive)
            return Error{ErrorCode::NotInRoom, QStringLiteral("The client was disconnected")};
        // User code ran, and may have done anything.
        if (auto allowed = maySubscribe(client, roomId, event); !allowed)
            return allowed;
    }
    return RoomPrivate::of(*find(roomId)).subscribe(client, event);
}

Result<void> RoomManager::unsubscribe(ConnectedClient &client, const QString &roomId, const QString &event)
{
    const Result<Room *> room = roomOf(client, roomId);
    if (!room)
        return room.error();
    m_memoryReturn.freed(RoomPrivate::of(**room).unsubscribe(client, event));
    return {};
}

} // namespace dialogue
