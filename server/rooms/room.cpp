#include "server/rooms/room.h"

#include "core/protocol/dialogue/eventmessage.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/frames.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roomstream.h"

#include <QDateTime>
#include <QMetaMethod>

#include <algorithm>

namespace dialogue {

RoomPrivate::RoomPrivate(RoomConfig roomConfig, const RoomServices &roomServices, quint64 roomStream)
    : config(std::move(roomConfig))
    , services(roomServices)
    , subscriptions(roomServices.publisher)
    , stream(roomStream)
{ }

std::unique_ptr<Room> RoomPrivate::create(RoomConfig config, const RoomServices &services, quint64 stream)
{
    auto d = std::make_unique<RoomPrivate>(std::move(config), services, stream);
    RoomPrivate *const p = d.get();
    std::unique_ptr<Room> room(new Room(std::move(d)));
    p->q = room.get();
    return room;
}

Result<void> RoomPrivate::enter(ConnectedClient *client, const QStringList &events, bool held)
{
    ConnectedClientPrivate &priv = ConnectedClientPrivate::of(*client);
    qint64 bytes = 0;
    for (const QString &event : QSet<QString>(events.begin(), events.end()))
        bytes += Subscriptions::bytes(event);
    if (auto taken = priv.kept.take(bytes); !taken)
        return taken;
    priv.rooms.add(q, participants.insert(participants.end(), client));
    if (held)
        subscriptions.hold(priv.socket);
    for (const QString &event : events)
        subscriptions.add(priv.socket, event);
    return {};
}

void RoomPrivate::leave(ConnectedClient *client)
{
    ConnectedClientPrivate &priv = ConnectedClientPrivate::of(*client);
    if (priv.replays)
        priv.replays->end(q);
    participants.erase(priv.rooms.take(q));
    priv.kept.giveBack(subscriptions.bytes(priv.socket));
    subscriptions.removeAll(priv.socket);
}

Result<void> RoomPrivate::subscribe(ConnectedClient &client, const QString &event)
{
    ConnectedClientPrivate &priv = ConnectedClientPrivate::of(client);
    if (subscriptions.has(priv.socket, event))
        return {};
    if (auto taken = priv.kept.take(Subscriptions::bytes(event)); !taken)
        return taken;
    subscriptions.add(priv.socket, event);
    if (Replay *const replay = priv.replays ? priv.replays->find(q) : nullptr)
        replay->subscribed(event);
    return {};
}

void RoomPrivate::unsubscribe(ConnectedClient &client, const QString &event)
{
    ConnectedClientPrivate &priv = ConnectedClientPrivate::of(client);
    if (!subscriptions.has(priv.socket, event))
        return;
    subscriptions.remove(priv.socket, event);
    priv.kept.giveBack(Subscriptions::bytes(event));
}

void RoomMemory::giveWay() { m_room.giveWay(); }

void RoomPrivate::close()
{
    closed = true;
    handlers.clear();
}

Result<EventMessage> RoomPrivate::trigger(EventMessage message, ConnectedClient *sender,
                                          const QList<ConnectedClient *> &except)
{
    if (closed)
        return Error{ErrorCode::RoomNotFound, QStringLiteral("Room '%1' was deleted").arg(config.id)};

    EventContext context{
        .message = message, .room = *q, .definition = config.find(message.event), .sender = sender};
    if (auto admitted = services.pipeline.admitSender(context); !admitted)
        return admitted.error();
    // Sent again under the same id, as a client does that saw no ack: acknowledged again, applied once.
    if (!message.id.isEmpty()) {
        if (const auto known = services.sentTriggers.find(message.from, stream, message.id);
            known && known->event == message.event) {
            message.offset = known->offset;
            message.timestamp = known->timestamp;
            return message;
        }
    }

    const EventDefinition *definition = context.definition;
    const HistoryPolicy policy = definition ? definition->history : HistoryPolicy{};
    const bool isKept = !definition || !definition->ephemeral;
    // One string for all events of a kind, and not one more for each that is kept.
    message.roomId = config.id;
    if (definition)
        message.event = definition->name;
    if (auto passed = services.pipeline.run(context); !passed)
        return passed.error();
    // User code ran: the room may be gone by now, and definition with it.
    if (closed)
        return Error{ErrorCode::RoomNotFound, QStringLiteral("Room '%1' was deleted").arg(config.id)};

    message.timestamp = QDateTime::currentMSecsSinceEpoch();
    message.offset = isKept ? log.offset() + 1 : 0;
    const QByteArray json = protocol::encodeEventMessage(message);
    qsizetype size = json.size();
    for (const QByteArray &attachment : std::as_const(message.attachments))
        size += attachment.size();
    if (size > services.largestEvent()) {
        return Error{ErrorCode::PayloadTooLarge,
                     QStringLiteral("An event has at most %1 bytes with its attachments here, not %2")
                         .arg(services.largestEvent())
                         .arg(size)};
    }
    QList<Publication> evicted;
    const FramePtr frame = frameOf(json, message);
    if (isKept) {
        keep({.offset = message.offset, .event = message.event, .frame = frame}, policy,
             tellsEvictions() ? &evicted : nullptr);
    }
    if (!message.id.isEmpty() && isKept) {
        const QString origin = sender ? ConnectedClientPrivate::of(*sender).origin : u'u' + message.from;
        services.sentTriggers.add(
            {message.from, origin}, stream, message.id,
            {.event = message.event, .offset = message.offset, .timestamp = message.timestamp});
    }

    std::vector<SocketId> spared;
    for (ConnectedClient *client : except)
        spared.push_back(ConnectedClientPrivate::of(*client).socket);
    subscriptions.publish(message.event, frame, spared);

    if (!handlers.empty())
        message.data.keepValue(); // It is going to be looked at.
    MemoryBudget &budget = services.memory;
    const QPointer<Room> alive(q);
    if (!evicted.isEmpty())
        tellEvicted(evicted);
    if (alive)
        Q_EMIT q->eventTriggered(message);
    if (alive)
        callHandlers(message);
    if (alive)
        Q_EMIT q->eventCompleted(message);
    if (budget.isOverdrawn())
        budget.settle();
    return message;
}

const FrameStream &RoomPrivate::frameStream()
{
    if (!ownStream)
        ownStream = std::make_shared<RoomStream>(config.id);
    return *ownStream;
}

FramePtr RoomPrivate::frameOf(const QByteArray &json, const EventMessage &message)
{
    if (config.slowReader != SlowReaderPolicy::Disconnect)
        frameStream();
    return eventMessageFrame(json, message, config, ownStream);
}

void RoomPrivate::keep(Publication &&publication, const HistoryPolicy &policy, QList<Publication> *evicted)
{
    if (!memory)
        memory = std::make_unique<RoomMemory>(services.memory, *this);
    log.append(std::move(publication), {.history = policy, .recovery = services.recovery}, evicted);
    while (log.bytes() > services.memory.limits().perRoom) {
        log.forgetOldest(evicted);
        services.memory.countGivenUp();
    }
    memory->set(log.bytes());
}

void RoomPrivate::giveWay()
{
    QList<Publication> evicted;
    log.forgetOldest(tellsEvictions() ? &evicted : nullptr);
    memory->set(log.bytes());
    services.memory.countGivenUp();
    tellEvicted(evicted);
}

// What leaves has not been looked at for long: it costs to bring it back only to say goodbye.
bool RoomPrivate::tellsEvictions() const
{
    static const QMetaMethod eventsEvicted = QMetaMethod::fromSignal(&Room::eventsEvicted);
    return q->isSignalConnected(eventsEvicted);
}

void RoomPrivate::tellEvicted(const QList<Publication> &evicted)
{
    // Mostly of one event; of several where memory was short.
    QStringList events;
    QHash<QString, QList<EventMessage>> messages;
    for (const Publication &publication : evicted) {
        QList<EventMessage> &ofEvent = messages[publication.event];
        if (ofEvent.isEmpty())
            events.append(publication.event);
        ofEvent.append(publication.message(config.id));
    }
    const QPointer<Room> alive(q);
    for (const QString &event : std::as_const(events)) {
        if (alive)
            Q_EMIT q->eventsEvicted(event, messages.value(event));
    }
}

quint64 RoomPrivate::completeAfter(const QString &event) const
{
    const EventDefinition *const definition = config.find(event);
    return log.completeAfter(event, definition && definition->history.enabled);
}

/** Whether it is Hooks::onLoad that answers. */
bool RoomPrivate::reachesBeyond(const QString &event, HistoryRange range) const
{
    return services.hooks.onLoad && !event.isEmpty() && range.end > log.kept(event);
}

Result<QList<EventMessage>> RoomPrivate::history(const QString &event, HistoryRange range) const
{
    if (range.start < 0 || range.end < range.start) {
        return Error{
            ErrorCode::InvalidRequest,
            QStringLiteral(
                "A range of history starts at 0 or later and ends at its start or later, not %1 to %2")
                .arg(range.start)
                .arg(range.end)};
    }
    if (reachesBeyond(event, range))
        return services.hooks.onLoad(*q, event, range);
    QList<EventMessage> messages;
    OffsetMerge kept = log.history(event, range.start);
    for (int i = range.start; i < range.end; ++i) {
        const Publication *const publication = kept.next();
        if (!publication)
            break;
        messages.append(publication->message(config.id));
    }
    return messages;
}

Result<HistoryPage> RoomPrivate::historyPage(const QString &event, HistoryRange range,
                                             const PacketLimits &limits) const
{
    HistoryPage page(limits);
    if (!reachesBeyond(event, range)) {
        OffsetMerge kept = log.history(event, range.start);
        for (int i = range.start; i < range.end; ++i) {
            const Publication *const publication = kept.next();
            if (!publication || !page.add(*publication))
                break;
        }
        return page;
    }
    const auto loaded = services.hooks.onLoad(*q, event, range);
    if (!loaded)
        return loaded.error();
    for (const EventMessage &message : *loaded) {
        if (!page.add(message))
            break;
    }
    return page;
}

void RoomPrivate::callHandlers(const EventMessage &message)
{
    const QPointer<Room> alive(q);
    // A copy of the list: a handler may add handlers, or delete the room.
    const auto current = handlers;
    for (const auto &registration : current) {
        if (registration->context && (registration->event == message.event || registration->event == u"*"))
            registration->handler(message);
        if (!alive || closed)
            return;
    }
    std::erase_if(handlers, [](const auto &registration) { return !registration->context; });
}

Room::Room(std::unique_ptr<RoomPrivate> priv)
    : d(this, std::move(priv))
{ }

Room::~Room() = default;

QString Room::id() const { return d->config.id; }
QString Room::name() const { return d->config.name; }
const RoomConfig &Room::config() const { return d->config; }
int Room::size() const { return static_cast<int>(d->participants.size()); }
bool Room::isFull() const { return d->config.maxSize && size() >= *d->config.maxSize; }
QList<ConnectedClient *> Room::participants() const
{
    return {d->participants.begin(), d->participants.end()};
}
QByteArray Room::epoch() const { return d->log.epoch(); }
quint64 Room::offset() const { return d->log.offset(); }

bool Room::contains(const ConnectedClient *client) const
{
    return client && !d->closed && ConnectedClientPrivate::of(*client).rooms.contains(this);
}

Result<EventMessage> Room::trigger(const QString &event, const QJsonValue &data,
                                   const TriggerOptions &options)
{
    return d->trigger({.event = event,
                       .roomId = d->config.id,
                       .data = data,
                       .from = options.from,
                       .meta = options.meta,
                       .id = options.id},
                      nullptr, options.except);
}

void Room::on(const QString &event, QObject *context, Handler handler)
{
    d->handlers.push_back(std::make_shared<const RoomPrivate::Registration>(
        RoomPrivate::Registration{event, context, std::move(handler)}));
}

Result<QList<EventMessage>> Room::history(const QString &event, HistoryRange range) const
{
    return d->history(event, range);
}

} // namespace dialogue
