#include "server/rooms/room.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/protocol/dialogue/eventmessage.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/permissions.h"
#include "server/rooms/refusals.h"
#include "server/rooms/room_p.h"

#include <QDateTime>
#include <QMetaMethod>
#include <QPointer>
#include <QPromise>

#include <algorithm>
#include <array>
#include <utility>

namespace dialogue {

namespace {

/** What a parser made has room for more. */
QString compact(QString text)
{
    text.squeeze();
    return text;
}

} // namespace

RoomPrivate::RoomPrivate(const RoomConfig &declared, RoomDeclarationPtr itsDeclaration, quint64 roomStream)
    : declaration(std::move(itsDeclaration))
    , id(compact(declared.id))
    , createdById(declared.createdById)
    , texts(declared.name, declared.description)
    , stream(roomStream)
{ }

std::unique_ptr<Room> RoomPrivate::create(const RoomConfig &config, RoomDeclarationPtr declaration,
                                          quint64 stream)
{
    auto d = std::make_unique<RoomPrivate>(config, std::move(declaration), stream);
    RoomPrivate *const p = d.get();
    p->q = new Room(std::move(d));
    return std::unique_ptr<Room>(p->q);
}

void RoomPrivate::declare(const RoomConfig &config, RoomDeclarationPtr declaredAnew)
{
    declaration = std::move(declaredAnew);
    texts = RoomTexts(config.name, config.description);
    services().broker.declare({.roomId = id, .stream = stream}, config);
    if (!m_activity)
        return;
    m_activity->log.policiesChanged();
    m_activity->subscriptions.guard(declaration->guarded());
}

RoomConfig RoomPrivate::config() const
{
    RoomConfig config = declared();
    config.id = id;
    config.name = texts.name();
    config.description = texts.description();
    config.createdById = createdById;
    return config;
}

/** Not kept: no two logs have the same run and stream. */
QByteArray RoomPrivate::epoch() const
{
    const std::array<quint32, 3> words{static_cast<quint32>(services().run),
                                       static_cast<quint32>(services().run >> 32)
                                           ^ static_cast<quint32>(stream >> 32),
                                       static_cast<quint32>(stream)};
    return QByteArray::fromRawData(reinterpret_cast<const char *>(words.data()), sizeof(words))
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

RoomMeter *RoomPrivate::meter() const
{
    if (m_activity)
        return m_activity->meter;
    return services().meters ? &services().meters->of(id) : nullptr;
}

RoomActivity &RoomPrivate::activity()
{
    if (!m_activity) {
        RoomMeter *const counts = meter();
        m_activity = std::make_unique<RoomActivity>(services(), declaration->guarded());
        m_activity->meter = counts;
    }
    return *m_activity;
}

const EventLog &RoomPrivate::log() const
{
    static const EventLog empty;
    return m_activity ? m_activity->log : empty;
}

void RoomPrivate::rest()
{
    if (m_activity && m_activity->isIdle())
        m_activity.reset();
}

Result<void> RoomPrivate::enter(ConnectedClient *client, const QStringList &events, bool held)
{
    ConnectedClientPrivate &priv = ConnectedClientPrivate::of(*client);
    qint64 bytes = 0;
    QStringList wanted = events;
    wanted.removeDuplicates();
    for (const QString &event : std::as_const(wanted))
        bytes += Subscriptions::bytes(event);
    if (auto taken = priv.kept.take(bytes); !taken)
        return taken;
    Participants &participants = activity().participants;
    Subscriptions &subscriptions = activity().subscriptions;
    priv.rooms.add(q, participants.insert(participants.end(), client));
    activity().audience.add(priv.socket);
    if (held)
        subscriptions.hold(priv.socket);
    if (wanted.contains(Everything))
        limit(*client);
    for (const QString &event : events)
        subscriptions.add(priv.socket, event);
    priv.kept.add(subscriptions.bytes(priv.socket) - bytes);
    return {};
}

qint64 RoomPrivate::leave(ConnectedClient *client)
{
    ConnectedClientPrivate &priv = ConnectedClientPrivate::of(*client);
    if (priv.replays)
        priv.replays->end(q);
    activity().participants.erase(priv.rooms.take(q));
    Subscriptions &subscriptions = activity().subscriptions;
    const qint64 bytes = subscriptions.bytes(priv.socket);
    priv.kept.giveBack(bytes);
    subscriptions.removeAll(priv.socket);
    activity().audience.remove(priv.socket);
    rest();
    return bytes;
}

Result<void> RoomPrivate::subscribe(ConnectedClient &client, const QString &event)
{
    ConnectedClientPrivate &priv = ConnectedClientPrivate::of(client);
    Subscriptions &subscriptions = activity().subscriptions;
    if (subscriptions.has(priv.socket, event))
        return {};
    if (auto taken = priv.kept.take(Subscriptions::bytes(event)); !taken)
        return taken;
    const qint64 before = subscriptions.bytes(priv.socket) + Subscriptions::bytes(event);
    if (event == Everything)
        limit(client);
    subscriptions.add(priv.socket, event);
    priv.kept.add(subscriptions.bytes(priv.socket) - before);
    if (Replay *const replay = priv.replays ? priv.replays->find(q) : nullptr)
        replay->subscribed(event);
    services().clientTap.tell(&ClientObserver::subscriptionsChanged, *q, client);
    return {};
}

qint64 RoomPrivate::unsubscribe(ConnectedClient &client, const QString &event)
{
    ConnectedClientPrivate &priv = ConnectedClientPrivate::of(client);
    Subscriptions &subscriptions = activity().subscriptions;
    if (!subscriptions.has(priv.socket, event))
        return 0;
    const qint64 before = subscriptions.bytes(priv.socket);
    subscriptions.remove(priv.socket, event);
    const qint64 bytes = before - subscriptions.bytes(priv.socket);
    priv.kept.giveBack(bytes);
    services().clientTap.tell(&ClientObserver::subscriptionsChanged, *q, client);
    return bytes;
}

void RoomPrivate::limit(ConnectedClient &client)
{
    ConnectedClientPrivate &priv = ConnectedClientPrivate::of(client);
    Subscriptions &subscriptions = activity().subscriptions;
    const qint64 before = subscriptions.bytes(priv.socket);
    subscriptions.limit(priv.socket, permissions::everythingFor(client, *q));
    priv.kept.add(subscriptions.bytes(priv.socket) - before);
}

bool RoomPrivate::isLimited(const ConnectedClient &client) const
{
    return m_activity && m_activity->subscriptions.isLimited(ConnectedClientPrivate::of(client).socket);
}

Error RoomPrivate::wasDeleted() const { return deletedRoom(id); }

void RoomPrivate::close()
{
    closed = 1;
    services().broker.close({.roomId = id, .stream = stream});
    if (!m_activity)
        return;
    m_activity->handlers.clear();
    failAppends(wasDeleted());
}

EventContext RoomPrivate::contextOf(Submission &event) const
{
    return {.message = event.message, .room = *q, .definition = event.definition, .sender = event.sender};
}

std::optional<Triggered> RoomPrivate::receive(Submission &event)
{
    if (closed)
        return Triggered{wasDeleted()};
    if (services().meters)
        event.began = RoomMeter::Clock::now();
    EventMessage &message = event.message;
    event.definition = declared().find(message.event);
    EventContext context = contextOf(event);
    if (auto admitted = services().pipeline.admitSender(context); !admitted)
        return Triggered{admitted.error()};
    // Sent again under the same id, as a client does that saw no ack: acknowledged again, applied once.
    if (!message.id.isEmpty()) {
        if (isWaiting()) {
            if (WaitingEvent *const first
                = m_activity->appends->find(message.from, message.id, message.event))
                return Triggered{.waits = first};
        }
        if (const auto known = services().sentTriggers.find(message.from, stream, message.id);
            known && known->event == message.event) {
            if (known->isUnknown)
                return Triggered{outcomeUnknown()};
            message.offset = known->offset;
            message.timestamp = known->timestamp;
            return Triggered{std::move(message)};
        }
    }
    return std::nullopt;
}

Result<void> RoomPrivate::check(Submission &event)
{
    EventMessage &message = event.message;
    const EventDefinition *definition = event.definition;
    if (definition) {
        event.policy = definition->history;
        event.isKept = !definition->ephemeral;
        // One string for all events of a kind, and not one more for each that is kept.
        message.event = definition->name;
    }
    if (event.delivery && event.delivery->isForTheMoment())
        event.isKept = false;
    event.timestamp = QDateTime::currentMSecsSinceEpoch();
    message.timestamp = event.timestamp;
    message.roomId = id;
    EventContext context = contextOf(event);
    return services().pipeline.run(context);
}

Triggered RoomPrivate::trigger(EventMessage message, ConnectedClient *sender, DeliveryPtr delivery)
{
    const CallDepth::Scope scope(services().calls);
    Submission event{.message = std::move(message), .sender = sender, .delivery = std::move(delivery)};
    if (auto known = receive(event))
        return std::move(*known);
    if (auto passed = check(event); !passed)
        return {passed.error()};
    EventContext context = contextOf(event);
    if (auto passed = services().middlewares.pass(context); !passed)
        return {passed.error()};
    return publish(std::move(event));
}

Result<void> RoomPrivate::checkHandled(const QString &event) const
{
    if (event == u"*" || declared().allows(event))
        return {};
    QStringList names;
    for (const EventDefinition &definition : declared().events)
        names.append(definition.name);
    return Error{ErrorCode::EventNotAllowed,
                 QStringLiteral("Room '%1' does not carry the event '%2'; its events are: %3")
                     .arg(id, event, names.join(QLatin1String(", ")))};
}

Room::Room(std::unique_ptr<RoomPrivate> priv)
    : d(std::move(priv))
{ }

Room::~Room() = default;

QString Room::id() const { return d->id; }
QString Room::name() const { return d->texts.name(); }
RoomConfig Room::config() const { return d->config(); }
int Room::size() const { return static_cast<int>(d->size()); }
bool Room::isFull() const
{
    const std::optional<int> most = d->declared().maxSize;
    return most && size() >= *most;
}
QList<ConnectedClient *> Room::participants() const
{
    const RoomActivity *const activity = std::as_const(*d).activityIfAny();
    if (!activity)
        return {};
    return {activity->participants.begin(), activity->participants.end()};
}
QByteArray Room::epoch() const { return d->epoch(); }
quint64 Room::offset() const { return d->log().offset(); }

bool Room::contains(const ConnectedClient *client) const
{
    return client && !d->closed && ConnectedClientPrivate::of(*client).rooms.contains(this);
}

Answer<EventMessage> Room::trigger(const QString &event, const QJsonValue &data,
                                   const TriggerOptions &options)
{
    Triggered triggered = d->trigger({.event = event,
                                      .roomId = d->id,
                                      .data = data,
                                      .from = options.from,
                                      .meta = options.meta,
                                      .id = options.id},
                                     nullptr, d->deliveryBy(options));
    if (triggered.outcome)
        return *std::move(triggered.outcome);
    const auto promise = std::make_shared<QPromise<Result<EventMessage>>>();
    promise->start();
    triggered.waits->whenSettled([promise](const Result<EventMessage> &outcome) {
        promise->addResult(outcome);
        promise->finish();
    });
    return promise->future();
}

QMetaObject::Connection Room::on(const QString &event, QObject *context, Handler handler)
{
    if (const auto carried = d->checkHandled(event); !carried)
        qCWarning(lcRooms).noquote() << "on():" << quoted(carried.error().text());
    return d->activity().handlers.add(event, context, std::move(handler));
}

Answer<QList<EventMessage>> Room::history(const QString &event, HistoryRange range) const
{
    return d->history(event, range);
}

} // namespace dialogue
