#include "client/roomcontext_p.h"

#include "client/engineio/turntime.h"
#include "core/protocol/dialogue/names.h"
#include "core/protocol/dialogue/requests.h"

namespace dialogue {

using namespace client;
namespace names = protocol::names;

RoomContextPrivate::RoomContextPrivate(DialogueClientPrivate &owner, const QString &id,
                                       const JoinSettings &settings)
    : client(&owner)
    , roomId(id)
    , tracker(settings.since)
    , subscriptions(settings.subscriptions)
    , handlers(owner.exceptions)
{ }

RoomContext *RoomContextPrivate::create(DialogueClientPrivate &owner, const QString &roomId,
                                        const JoinSettings &settings)
{
    return new RoomContext(std::make_unique<RoomContextPrivate>(owner, roomId, settings));
}

void RoomContextPrivate::retire(const Error &why)
{
    if (DialogueClientPrivate *const owner = std::exchange(client, nullptr)) {
        inside = false;
        q->deleteLater();
        if (m_holding)
            owner->setListening(true);
        if (participants) {
            owner->later.say([waiters = participants->takeWaiters(), why] {
                for (const auto &waiter : waiters)
                    waiter.finish(why);
            });
        }
        owner->forget(roomId, why);
    }
}

void RoomContextPrivate::leftBy(const Error &why)
{
    if (!client)
        return;
    if (!everJoined)
        return failFirstJoin(why);
    const bool wasInside = inside;
    const QPointer<RoomContext> alive(q);
    retire(why);
    if (alive && wasInside)
        Q_EMIT q->joinedChanged(false);
    if (alive)
        Q_EMIT q->left(why.message);
}

void RoomContextPrivate::clientGone()
{
    client = nullptr;
    const Error why{ErrorCode::ConnectionLost, QStringLiteral("The client was deleted")};
    const Waiters waiters = std::exchange(m_waiters, {});
    const auto watchers = participants ? participants->takeWaiters() : std::vector<Promise<void>>();
    for (const auto &waiter : waiters)
        waiter.finish(why);
    for (const auto &watcher : watchers)
        watcher.finish(why);
}

void RoomContextPrivate::connectionLost(const Error &error, bool final)
{
    m_asking = false;
    if (std::exchange(inside, false)) {
        client->speak(q, [](RoomContext &room) { Q_EMIT room.joinedChanged(false); });
        return;
    }
    if (final && !everJoined)
        failFirstJoin(error);
}

void RoomContextPrivate::inOrder(std::function<void()> step)
{
    if (!m_holding)
        return step();
    m_held.push_back(std::move(step));
    // Nor does the rest of what the server says gather here, without a bound.
    if (client)
        client->setListening(false);
}

void RoomContextPrivate::release()
{
    const QPointer<RoomContext> alive(q);
    const QDeadlineTimer turn(TurnTime);
    while (alive && !m_held.empty()) {
        if (turn.hasExpired()) {
            QTimer::singleShot(AfterATurn, q, [this] { release(); });
            return;
        }
        const auto step = std::move(m_held.front());
        m_held.pop_front();
        step();
    }
    if (!alive)
        return;
    m_holding = false;
    if (client)
        client->setListening(true);
}

void RoomContextPrivate::onMessage(EventMessage message, qint64 bytes)
{
    if (!inside) // meant for one who was in this room before us
        return;
    inOrder([this, message = std::move(message), bytes] {
        if (client && tracker.accept(message.offset))
            deliver(message, bytes);
    });
}

void RoomContextPrivate::onHistory(const QList<EventMessage> &events)
{
    if (!inside)
        return;
    inOrder([this, events] {
        const QPointer<RoomContext> alive(q);
        Q_EMIT q->historyReceived(events);
        if (alive && client)
            Q_EMIT client->q->historyReceived(roomId, events);
    });
}

void RoomContextPrivate::deliver(const EventMessage &message, qint64 bytes)
{
    const QPointer<RoomContext> alive(q);
    client->call(handlers, message, bytes);
    if (!alive)
        return;
    Q_EMIT q->eventReceived(message);
    if (alive && client)
        Q_EMIT client->q->eventReceived(message);
}

void RoomContextPrivate::trigger(const QString &event, const JsonData &data, const MessageOptions &options,
                                 std::function<void(Result<TriggerReceipt>)> done)
{
    if (!client)
        return eventually(q, [done = std::move(done)] {
            done(Error{ErrorCode::NotInRoom, QStringLiteral("The room was left")});
        });
    client->trigger({.request = {.roomId = roomId,
                                 .event = event,
                                 .data = data,
                                 .meta = options.meta,
                                 .id = client->nextMessageId(),
                                 .echo = options.echo},
                     .attachments = options.attachments,
                     .done = std::move(done)});
}

QFuture<Result<void>> RoomContextPrivate::leave()
{
    if (!client)
        return finishedLater({});
    const Promise<void> promise;
    const QPointer<RoomContext> alive(q);
    const bool told = tellLeave([promise](const Result<Reply> &answer) {
        const bool done = answer || answer.error().code == ErrorCode::ConnectionLost;
        promise.finish(done ? Result<void>() : Result<void>(answer.error()));
    });
    if (!alive || !client)
        return promise.future();
    const Error why{ErrorCode::ConnectionLost, QStringLiteral("The room was left")};
    const bool wasInside = inside;
    Later &later = client->later;
    later.say([room = QPointer<RoomContext>(q), wasInside] {
        if (room && wasInside)
            Q_EMIT room->joinedChanged(false);
        if (room)
            Q_EMIT room->left(QStringLiteral("Left by this client"));
    });
    const Waiters waiters = std::exchange(m_waiters, {});
    retire(why);
    later.say([waiters, why, promise, told] {
        for (const auto &waiter : waiters)
            waiter.finish(why);
        if (!told)
            promise.finish({});
    });
    return promise.future();
}

QFuture<Result<void>> RoomContextPrivate::finishedLater(Result<void> result)
{
    const Promise<void> promise;
    promise.finishLater(q, std::move(result));
    return promise.future();
}

bool RoomContextPrivate::tellLeave(std::function<void(Result<Reply>)> done)
{
    // A join that is not answered yet may have been granted.
    if (!client || !(inside || m_asking) || !client->isReady())
        return false;
    client->ask({.event = names::leave,
                 .payload = protocol::Leave{roomId}.toJson(),
                 .roomId = roomId,
                 .replyEvent = names::left,
                 .isReply = [id = roomId](
                                const QJsonObject &reply) { return reply.value(u"roomId").toString() == id; },
                 .done = std::move(done)});
    return true;
}

QFuture<Result<void>> RoomContextPrivate::changeSubscription(QLatin1String request, const QString &event,
                                                             bool add)
{
    const Promise<void> promise;
    if (!client)
        return finishedLater(Error{ErrorCode::NotInRoom, QStringLiteral("The room was left")});
    client->ask(
        {.event = request,
         .payload = protocol::Subscribe{roomId, event}.toJson(),
         .roomId = roomId,
         .fromInside = true,
         .repeatable = true,
         .silent = true,
         .done = [this, promise, event, add, alive = QPointer<RoomContext>(q)](const Result<Reply> &answer) {
             if (alive && answer && add)
                 subscriptions.add(event);
             else if (alive && answer)
                 subscriptions.remove(event);
             promise.finish(answer ? Result<void>() : Result<void>(answer.error()));
         }});
    return promise.future();
}

} // namespace dialogue
