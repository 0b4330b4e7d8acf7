#include "server/rooms/roommanager.h"

#include "core/base/exceptions.h"
#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/rooms/announce.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/refusals.h"
#include "server/rooms/room_p.h"
#include "server/rooms/spending.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace dialogue {

RoomManager::RoomManager(const RoomServices &services, ClientRegistry &clients, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_clients(clients)
    , m_rules(m_services)
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
    Room *const room = RoomPrivate::create(config, m_rules.rulesOf(config), ++m_lastStream).release();
    m_index.add(room);
    qCDebug(lcRooms).noquote() << "Room" << quoted(config.id) << "is created";
    m_clients.broadcast(announce::roomCreated(*room));
    // It is there, whatever slots throw: its creator is to be told, and answers for it.
    guarded(
        *m_services.slotExceptions, [] { return QStringLiteral("in roomCreated"); },
        [&] { Q_EMIT roomCreated(room); });
    return room;
}

Result<Room *> RoomManager::create(const RoomConfig &config, ConnectedClient &creator)
{
    constexpr qint64 idleRoom = 500; // tst_idleroom
    MemoryCharge charge(ConnectedClientPrivate::of(creator).kept.share());
    if (auto taken = charge.take(idleRoom + m_rules.bytesOf(config)
                                 + (config.id.size() + config.name.size() + config.description.size())
                                     * qint64(sizeof(QChar)));
        !taken)
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

Result<void> RoomManager::update(const RoomConfig &config)
{
    const Result<Room *> found = existing(config.id);
    if (!found)
        return found.error();
    if (auto sound = config.check(); !sound)
        return sound;
    Room *const room = *found;
    const CallDepth::Scope scope(m_services.calls);
    RoomPrivate::of(*room).declare(config, m_rules.rulesOf(config));
    if (m_observer)
        m_observer->declared(*room);
    Q_EMIT room->updated();
    Q_EMIT roomUpdated(room);
    return {};
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

Result<void> RoomManager::maySubscribe(const Room &room, const QString &event, qsizetype already) const
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
    return {};
}

namespace {

Result<void> hasSpace(const Room &room)
{
    if (!room.isFull())
        return {};
    return Error{ErrorCode::RoomFull,
                 QStringLiteral("Room '%1' is full: it takes %2").arg(room.id()).arg(room.size())};
}

} // namespace

Result<void> RoomManager::mayJoin(const ConnectedClient &client, const Room &room,
                                  const std::optional<QStringList> &subscriptions) const
{
    const QStringList events = subscriptions.value_or(RoomPrivate::of(room).declared().defaultSubscriptions);
    for (qsizetype i = 0; i < events.size(); ++i) {
        if (auto allowed = maySubscribe(room, events[i], i); !allowed)
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
    if (room->contains(&client)) {
        // It joined already, so this replays the log once more: as dear as a page of history.
        if (options.since) {
            if (auto allowed = spend(m_services.budgets, client, BudgetKind::History); !allowed)
                return allowed.error();
        }
        return welcome(client, *room, options);
    }

    if (auto admitted = admit(client, room, options); !admitted)
        return admitted.error();
    const bool comesIn = !room->contains(&client); // beforeJoin may have joined it
    if (comesIn) {
        const QStringList events
            = options.subscriptions.value_or(RoomPrivate::of(*room).declared().defaultSubscriptions);
        if (auto entered = RoomPrivate::of(*room).enter(&client, events, options.since.has_value()); !entered)
            return entered.error();
    }
    const JoinOutcome outcome = welcome(client, *room, options);
    if (m_observer && comesIn)
        m_observer->entered(*room, client);
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
    m_services.sockets.send(itsClient.socket, announce::joined(joined));

    if (joined.recovered == true && options.since->offset < room.offset()
        && priv.activity().subscriptions.count(itsClient.socket) > 0) {
        if (!itsClient.replays) {
            itsClient.replays
                = std::make_unique<ClientReplays>(m_services.sockets, itsClient.socket,
                                                  std::min(largestPortion, m_services.largestBurst() / 2));
        }
        itsClient.replays->end(&room); // It may have asked before.
        Replay::CaughtUp caughtUp;
        if (options.caughtUp) {
            caughtUp = [answer = options.caughtUp, joined](const QStringList &subscriptions) {
                answer(joined, subscriptions);
            };
        }
        itsClient.replays->add(std::make_unique<Replay>(room, client, options.since->offset,
                                                        std::move(caughtUp), m_replayCounters));
        return {joined, options.caughtUp != nullptr};
    }
    priv.activity().subscriptions.release(itsClient.socket);
    if (const int count = priv.declared().syncHistoryOnJoin; count != 0 && joined.recovered != true) {
        const int kept = priv.log().kept({});
        const auto page
            = priv.historyPage({}, {0, count < 0 ? kept : std::min(count, kept)}, m_services.largestPage());
        if (page->count() > 0)
            m_services.sockets.send(itsClient.socket, announce::history(room.id(), *page));
    }
    return {joined};
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
    return maySubscribe(**room, event, others);
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
