#include "server/rooms/room.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/protocol/dialogue/eventmessage.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/frames.h"
#include "server/rooms/refusals.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roomstream.h"

#include <QDateTime>
#include <QMetaMethod>
#include <QPointer>

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

RoomPrivate::RoomPrivate(const RoomConfig &declared, RoomRulesPtr roomRules, quint64 roomStream)
    : rules(std::move(roomRules))
    , id(compact(declared.id))
    , createdById(declared.createdById)
    , texts(declared.name, declared.description)
    , stream(roomStream)
{ }

std::unique_ptr<Room> RoomPrivate::create(const RoomConfig &config, RoomRulesPtr rules, quint64 stream)
{
    auto d = std::make_unique<RoomPrivate>(config, std::move(rules), stream);
    RoomPrivate *const p = d.get();
    p->q = new Room(std::move(d));
    return std::unique_ptr<Room>(p->q);
}

void RoomPrivate::declare(const RoomConfig &config, RoomRulesPtr newRules)
{
    rules = std::move(newRules);
    texts = RoomTexts(config.name, config.description);
    if (m_activity)
        m_activity->log.policiesChanged();
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

RoomActivity &RoomPrivate::activity()
{
    if (!m_activity)
        m_activity = std::make_unique<RoomActivity>(services());
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
    if (held)
        subscriptions.hold(priv.socket);
    for (const QString &event : events)
        subscriptions.add(priv.socket, event);
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
    subscriptions.add(priv.socket, event);
    if (Replay *const replay = priv.replays ? priv.replays->find(q) : nullptr)
        replay->subscribed(event);
    return {};
}

qint64 RoomPrivate::unsubscribe(ConnectedClient &client, const QString &event)
{
    ConnectedClientPrivate &priv = ConnectedClientPrivate::of(client);
    Subscriptions &subscriptions = activity().subscriptions;
    if (!subscriptions.has(priv.socket, event))
        return 0;
    subscriptions.remove(priv.socket, event);
    const qint64 bytes = Subscriptions::bytes(event);
    priv.kept.giveBack(bytes);
    return bytes;
}

Error RoomPrivate::wasDeleted() const { return deletedRoom(id); }

void RoomPrivate::close()
{
    closed = 1;
    if (m_activity)
        m_activity->handlers.clear();
}

Result<bool> RoomPrivate::receive(Submission &event)
{
    if (closed)
        return wasDeleted();
    EventMessage &message = event.message;
    event.definition = declared().find(message.event);
    EventContext context{
        .message = message, .room = *q, .definition = event.definition, .sender = event.sender};
    if (auto admitted = services().pipeline.admitSender(context); !admitted)
        return admitted.error();
    // Sent again under the same id, as a client does that saw no ack: acknowledged again, applied once.
    if (!message.id.isEmpty()) {
        if (const auto known = services().sentTriggers.find(message.from, stream, message.id);
            known && known->event == message.event) {
            message.offset = known->offset;
            message.timestamp = known->timestamp;
            return false;
        }
    }
    return true;
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
    EventContext context{.message = message, .room = *q, .definition = definition, .sender = event.sender};
    return services().pipeline.run(context);
}

Result<EventMessage> RoomPrivate::trigger(EventMessage message, ConnectedClient *sender, DeliveryPtr delivery)
{
    const CallDepth::Scope scope(services().calls);
    Submission event{.message = std::move(message), .sender = sender, .delivery = std::move(delivery)};
    const Result<bool> isNew = receive(event);
    if (!isNew)
        return isNew.error();
    if (!*isNew)
        return std::move(event.message);
    if (auto passed = check(event); !passed)
        return passed.error();
    return publish(std::move(event));
}

Result<EventMessage> RoomPrivate::publish(Submission &&event)
{
    // User code may have run: the room may be gone by now, and the definition with it.
    if (closed)
        return wasDeleted();
    EventMessage message = std::move(event.message);
    ConnectedClient *const sender = event.sender;
    const bool isKept = event.isKept;
    const DeliveryPtr delivery = std::move(event.delivery);
    message.timestamp = event.timestamp; // Whatever user code made of it.
    message.offset = isKept ? log().offset() + 1 : 0;
    const QByteArray json = protocol::encodeEventMessage(message);
    qsizetype size = json.size();
    for (const QByteArray &attachment : std::as_const(message.attachments))
        size += attachment.size();
    if (size > services().largestEvent()) {
        return Error{ErrorCode::PayloadTooLarge,
                     QStringLiteral("An event has at most %1 bytes with its attachments here, not %2")
                         .arg(services().largestEvent())
                         .arg(size)};
    }
    QList<Publication> evicted;
    const FramePtr frame = frameOf(json, message, delivery && delivery->isVolatile);
    if (isKept) {
        keep({.offset = message.offset, .event = message.event, .frame = frame}, event.policy,
             tellsEvictions() ? &evicted : nullptr);
    }
    if (!message.id.isEmpty() && isKept) {
        const QString origin = sender ? ConnectedClientPrivate::of(*sender).origin : u'u' + message.from;
        services().sentTriggers.add(
            {message.from, origin}, stream, message.id,
            {.event = message.event, .offset = message.offset, .timestamp = message.timestamp});
    }

    static const QMetaMethod eventCompleted = QMetaMethod::fromSignal(&Room::eventCompleted);
    static const Delivery toAll;
    int subscribers = 0;
    if (delivery && delivery->only) {
        subscribers = deliver(message.event, frame, *delivery);
    } else if (m_activity) {
        const std::vector<SocketId> &spared = delivery ? delivery->spared : toAll.spared;
        m_activity->subscriptions.publish(message.event, frame, spared);
        if (q->isSignalConnected(eventCompleted))
            subscribers = m_activity->subscriptions.reach(message.event, spared);
    }

    if (m_activity && !m_activity->handlers.isEmpty())
        message.data.keepValue(); // It is going to be looked at.
    MemoryBudget &budget = services().memory;
    const QPointer<Room> alive(q);
    if (!evicted.isEmpty())
        tellEvicted(evicted);
    if (alive)
        Q_EMIT q->eventTriggered(message);
    if (alive && m_activity)
        m_activity->handlers.call(message);
    if (alive)
        Q_EMIT q->eventCompleted(message, subscribers);
    if (budget.isOverdrawn())
        budget.settle();
    return message;
}

const FrameStream &RoomPrivate::frameStream()
{
    FrameStreamPtr &own = activity().stream;
    if (!own)
        own = std::make_shared<RoomStream>(id);
    return *own;
}

FramePtr RoomPrivate::frameOf(const QByteArray &json, const EventMessage &message, bool isVolatile)
{
    FrameStreamPtr own;
    if (declared().slowReader != SlowReaderPolicy::Disconnect) {
        frameStream();
        own = activity().stream;
    }
    const std::shared_ptr<Frame> frame = eventMessageFrame(json, message, declared(), own);
    frame->isVolatile = isVolatile;
    return frame;
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
    return d->trigger({.event = event,
                       .roomId = d->id,
                       .data = data,
                       .from = options.from,
                       .meta = options.meta,
                       .id = options.id},
                      nullptr, d->deliveryBy(options));
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
