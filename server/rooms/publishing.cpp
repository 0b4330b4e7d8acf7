// An event that has passed all that was asked of it: it gets its place, is kept, and goes out.
#include "core/protocol/dialogue/eventmessage.h"
#include "server/fanout/roomstream.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/refusals.h"
#include "server/rooms/room_p.h"

#include <QMetaMethod>
#include <QPointer>

#include <utility>

namespace dialogue {

namespace {

/** Of who replaces whom in the queue of a slow reader. */
QByteArray latestKey(const EventMessage &message, const RoomConfig &room)
{
    QByteArray key = message.event.toUtf8();
    if (!room.latestKey.isEmpty())
        key += '\0' + message.data.toObject().value(room.latestKey).toVariant().toString().toUtf8();
    return key;
}

} // namespace

RoomAppends &RoomPrivate::appends()
{
    auto &own = activity().appends;
    if (!own) {
        RoomAppends::Receiver &receiver = *this;
        own = std::make_unique<RoomAppends>(receiver, services().appends, *services().sequence);
    }
    return *own;
}

Triggered RoomPrivate::publish(Submission &&event)
{
    // User code may have run: the room may be gone by now, and the definition with it.
    if (closed)
        return {wasDeleted()};
    if (!services().appends.isIdle()) {
        if (const auto allowed = services().appends.mayWait(); !allowed)
            return {allowed.error()};
    }
    PlacedEvent placed{.message = std::move(event.message),
                       .publication = {},
                       .delivery = std::move(event.delivery),
                       .policy = event.policy,
                       .isKept = event.isKept,
                       .began = event.began};
    EventMessage &message = placed.message;
    message.timestamp = event.timestamp; // Whatever user code made of it.
    message.offset = placed.isKept ? log().next() : 0;
    const QByteArray json = protocol::encodeEventMessage(message);
    qsizetype size = json.size();
    for (const QByteArray &attachment : std::as_const(message.attachments))
        size += attachment.size();
    if (size > services().largestEvent()) {
        return {Error{ErrorCode::PayloadTooLarge,
                      QStringLiteral("An event has at most %1 bytes with its attachments here, not %2")
                          .arg(services().largestEvent())
                          .arg(size)}};
    }
    placed.publication = publicationOf(json, message, services().sequence->next(),
                                       placed.delivery && placed.delivery->isVolatile);
    if (placed.isKept) {
        if (!message.id.isEmpty())
            placed.origin
                = event.sender ? ConnectedClientPrivate::of(*event.sender).origin : u'u' + message.from;
        activity().log.submitted(message.offset);
        const Answer<void> kept = services().broker.append(
            {.roomId = id, .stream = stream},
            {.publication = placed.publication, .message = message, .origin = placed.origin});
        if (!kept.isReady())
            return {.waits = &appends().add(std::move(placed), kept)};
        if (const auto said = kept.result(); !said)
            return {said.error()};
    }
    if (isWaiting())
        return {.waits = &appends().add(std::move(placed))};
    return {appended(std::move(placed))};
}

Error RoomPrivate::lost(const PlacedEvent &event)
{
    const EventMessage &message = event.message;
    if (!message.id.isEmpty()) {
        services().sentTriggers.add({message.from, event.origin}, stream, message.id,
                                    {.event = message.event, .isUnknown = true});
    }
    return outcomeUnknown();
}

void RoomPrivate::failAppends(const Error &error)
{
    if (isWaiting())
        m_activity->appends->failAll(error);
}

Result<EventMessage> RoomPrivate::appended(PlacedEvent &&event)
{
    EventMessage message = std::move(event.message);
    const PublicationPtr publication = std::move(event.publication);
    const DeliveryPtr delivery = std::move(event.delivery);
    publication->departs(services().sequence->goesOut(publication->seq()));
    QList<PublicationPtr> evicted;
    if (event.isKept)
        keep(publication, event.policy, tellsEvictions() ? &evicted : nullptr);
    if (!event.origin.isEmpty()) {
        services().sentTriggers.add(
            {message.from, event.origin}, stream, message.id,
            {.event = message.event, .offset = message.offset, .timestamp = message.timestamp});
    }

    static const QMetaMethod eventCompleted = QMetaMethod::fromSignal(&Room::eventCompleted);
    static const Delivery toAll;
    int subscribers = 0;
    if (delivery && delivery->only) {
        subscribers = deliver(publication, *delivery);
    } else if (m_activity) {
        const std::vector<SocketId> &spared = delivery ? delivery->spared : toAll.spared;
        m_activity->subscriptions.publish(publication, spared);
        if (q->isSignalConnected(eventCompleted))
            subscribers = m_activity->subscriptions.reach(message.event, spared);
    }

    services().tap.tell(*q, message, publication);
    if (delivery)
        services().clientTap.tell(&ClientObserver::directed, *q, *publication, *delivery);
    if (RoomMeter *const counts = meter())
        counts->count(message.event, RoomMeter::Clock::now() - event.began);
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

const RoomStreamPtr &RoomPrivate::roomStream()
{
    RoomStreamPtr &own = activity().stream;
    if (!own) {
        const RoomMeter *const counts = meter();
        own = std::make_shared<RoomStream>(id, services().encodings.kept,
                                           counts ? counts->losses() : nullptr);
    }
    return own;
}

PublicationPtr RoomPrivate::publicationOf(const QByteArray &json, const EventMessage &message, quint64 seq,
                                          bool isVolatile)
{
    LossRules loss{.policy = declared().slowReader, .isVolatile = isVolatile};
    // Also where nothing is dropped: by it a queue knows whose event it is.
    if (message.offset != 0 || loss.policy != SlowReaderPolicy::Disconnect)
        loss.stream = roomStream();
    if (loss.policy == SlowReaderPolicy::KeepLatest)
        loss.key = latestKey(message, declared());
    return Publication::create(services().encodings,
                               {.offset = message.offset, .seq = seq, .time = message.timestamp}, message,
                               json, loss);
}

} // namespace dialogue
