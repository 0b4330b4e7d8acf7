#include "client/roomcontext_p.h"

#include "core/base/logging.h"
#include "core/protocol/dialogue/names.h"
#include "core/protocol/dialogue/requests.h"

namespace dialogue {

using namespace client;
namespace names = protocol::names;

namespace {

/** A full room may hold the ghost of our own lost connection until the server misses its heartbeat. */
constexpr int MaxRefusals = 20;

bool passes(ErrorCode code)
{
    return code == ErrorCode::RoomFull || code == ErrorCode::RateLimited || code == ErrorCode::LimitReached
        || code == ErrorCode::ServerDraining;
}

} // namespace

RoomContextPrivate::RoomContextPrivate(DialogueClientPrivate &owner, const QString &id,
                                       const JoinSettings &settings)
    : client(&owner)
    , roomId(id)
    , tracker(settings.since)
    , subscriptions(settings.subscriptions)
{ }

RoomContext *RoomContextPrivate::create(DialogueClientPrivate &owner, const QString &roomId,
                                        const JoinSettings &settings)
{
    return new RoomContext(std::make_unique<RoomContextPrivate>(owner, roomId, settings));
}

QFuture<Result<RoomContext *>> RoomContextPrivate::firstJoin()
{
    const Promise<RoomContext *> promise;
    m_waiters.push_back(promise);
    QTimer::singleShot(client->config.timeouts.request, q, [this] {
        if (!everJoined)
            failFirstJoin(
                {ErrorCode::Timeout,
                 QStringLiteral("Room '%1' was not joined in time (timeouts.request)").arg(roomId)});
    });
    requestJoin();
    return promise.future();
}

QFuture<Result<RoomContext *>> RoomContextPrivate::awaitJoin()
{
    if (everJoined)
        return Promise<RoomContext *>::finished(q);
    m_waiters.emplace_back();
    return m_waiters.back().future();
}

void RoomContextPrivate::requestJoin()
{
    if (!client || !client->isReady())
        return;
    protocol::Join request{.roomId = roomId, .since = {}, .subscriptions = subscriptions.all()};
    if (const auto since = tracker.since())
        request.since = protocol::LogPosition{since->epoch, since->offset};
    client->ask({.event = names::join,
                 .payload = request.toJson(),
                 .roomId = roomId,
                 .replyEvent = names::joined,
                 .isReply = [id = roomId](
                                const QJsonObject &reply) { return reply.value(u"roomId").toString() == id; },
                 .done =
                     [this, alive = QPointer<RoomContext>(q)](const Result<Answer> &answer) {
                         if (alive)
                             onJoinAnswer(answer);
                     }});
}

void RoomContextPrivate::onJoined(const protocol::Joined &joined)
{
    if (!client || inside)
        return;
    inside = true;
    m_refusals = 0;
    m_joinedAt = joined.position.offset;
    const bool first = !std::exchange(everJoined, true);
    const bool renamed = std::exchange(roomName, joined.roomName) != joined.roomName;
    const QPointer<RoomContext> alive(q);
    const auto gap = tracker.joined(joined);
    // Whoever waits for the join adds handlers when told; what came with it is for them too.
    m_holding = m_holding || first;
    if (gap)
        inOrder([this, gap] { tellGap(*gap); });
    const Waiters waiters = std::exchange(m_waiters, {});
    for (const auto &waiter : waiters)
        waiter.finish(q);
    if (alive && first)
        QMetaObject::invokeMethod(
            q, [this] { release(); }, Qt::QueuedConnection);
    if (alive && client)
        repairSubscriptions(!joined.position.epoch.isEmpty());
    if (alive && renamed)
        Q_EMIT q->roomNameChanged();
    if (alive && inside)
        Q_EMIT q->joinedChanged(true);
    if (alive && client)
        client->flush(roomId);
}

void RoomContextPrivate::tellGap(const Gap &gap)
{
    const QPointer<RoomContext> alive(q);
    Q_EMIT q->gap(gap);
    if (alive && client)
        Q_EMIT client->q->gap(roomId, gap);
}

void RoomContextPrivate::onJoinAnswer(const Result<Answer> &answer)
{
    if (!client)
        return;
    if (!answer)
        return onJoinRefused(answer.error());
    const QPointer<RoomContext> alive(q);
    const QJsonObject reply = answer->payload.toObject();
    if (!inside) {
        const auto joined = protocol::Joined::fromJson(reply);
        if (!joined)
            return onJoinRefused(joined.error());
        onJoined(*joined);
        if (!alive || !client)
            return;
    }
    if (const QJsonValue names = reply.value(QLatin1String("subscriptions")); names.isArray())
        subscriptions.learn(names.toVariant().toStringList());
    inOrder([this, to = m_joinedAt] { tracker.recovered(to); });
}

void RoomContextPrivate::onJoinRefused(const Error &error)
{
    if (error.code == ErrorCode::ConnectionLost)
        return; // the next connection asks again
    if (!everJoined)
        return failFirstJoin(error);
    if (error.code == ErrorCode::Timeout)
        return client->drop(error);
    if (passes(error.code) && ++m_refusals <= MaxRefusals) {
        QTimer::singleShot(error.retryAfter.value_or(client->config.reconnectionDelayMax), q, [this] {
            if (!inside)
                requestJoin();
        });
        return;
    }
    if (error.code == ErrorCode::EventNotAllowed && subscriptions.all()) {
        // The room is declared anew, and does not carry what we were subscribed to.
        subscriptions = SubscriptionSet();
        client->tell(error);
        return requestJoin();
    }
    client->tell(error);
    leftBy(error);
}

void RoomContextPrivate::repairSubscriptions(bool serverKnows)
{
    const auto all = subscriptions.all();
    if (serverKnows && all)
        return; // the join said them
    const auto request = [this](QLatin1String name, const QString &event) {
        client->ask({.event = name,
                     .payload = protocol::Subscribe{roomId, event}.toJson(),
                     .roomId = roomId,
                     .fromInside = true,
                     .silent = true,
                     .done = [](const Result<Answer> &) {}});
    };
    for (const QString &event : all.value_or(subscriptions.added()))
        request(event == u"*" ? names::subscribeAll : names::subscribe, event);
    for (const QString &event : subscriptions.removed())
        request(names::unsubscribe, event);
}

void RoomContextPrivate::failFirstJoin(const Error &error)
{
    const Waiters waiters = std::exchange(m_waiters, {});
    retire(error);
    for (const auto &waiter : waiters)
        waiter.finish(error);
}

void RoomContextPrivate::retire(const Error &why)
{
    if (DialogueClientPrivate *const owner = std::exchange(client, nullptr)) {
        inside = false;
        q->deleteLater();
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
    const Waiters waiters = std::exchange(m_waiters, {});
    for (const auto &waiter : waiters)
        waiter.finish(Error{ErrorCode::ConnectionLost, QStringLiteral("The client was deleted")});
}

void RoomContextPrivate::connectionLost(const Error &error, bool final)
{
    if (std::exchange(inside, false)) {
        Q_EMIT q->joinedChanged(false);
        return;
    }
    if (final && !everJoined)
        failFirstJoin(error);
}

void RoomContextPrivate::inOrder(std::function<void()> step)
{
    if (m_holding)
        m_held.push_back(std::move(step));
    else
        step();
}

void RoomContextPrivate::release()
{
    const QPointer<RoomContext> alive(q);
    while (alive && !m_held.empty()) {
        const auto step = std::move(m_held.front());
        m_held.pop_front();
        step();
    }
    if (alive)
        m_holding = false;
}

void RoomContextPrivate::onMessage(EventMessage message)
{
    inOrder([this, message = std::move(message)] {
        if (client && tracker.accept(message.offset))
            deliver(message);
    });
}

void RoomContextPrivate::onHistory(const QList<EventMessage> &events)
{
    inOrder([this, events] {
        const QPointer<RoomContext> alive(q);
        Q_EMIT q->historyReceived(events);
        if (alive && client)
            Q_EMIT client->q->historyReceived(roomId, events);
    });
}

void RoomContextPrivate::deliver(const EventMessage &message)
{
    const QPointer<RoomContext> alive(q);
    std::erase_if(handlers, [](const auto &registration) { return registration->context.isNull(); });
    const auto now = handlers; // a handler may add and remove some
    for (const auto &registration : now) {
        if (registration->context && (registration->event == message.event || registration->event == u"*"))
            registration->handler(message);
        if (!alive)
            return;
    }
    Q_EMIT q->eventReceived(message);
    if (alive && client)
        Q_EMIT client->q->eventReceived(message);
}

void RoomContextPrivate::trigger(const QString &event, const QJsonValue &data, const MessageOptions &options,
                                 std::function<void(Result<TriggerReceipt>)> done)
{
    if (!client)
        return done(Error{ErrorCode::NotInRoom, QStringLiteral("The room was left")});
    client->trigger({.request = {.roomId = roomId,
                                 .event = event,
                                 .data = data,
                                 .meta = options.meta,
                                 .id = client->nextMessageId()},
                     .attachments = options.attachments,
                     .done = std::move(done)});
}

QFuture<Result<void>> RoomContextPrivate::leave()
{
    if (!client)
        return Promise<void>::finished({});
    const Promise<void> promise;
    DialogueClientPrivate *const owner = client;
    const bool tellServer = inside && owner->isReady();
    const Error why{ErrorCode::ConnectionLost, QStringLiteral("The room was left")};
    if (tellServer) {
        owner->ask(
            {.event = names::leave,
             .payload = protocol::Leave{roomId}.toJson(),
             .roomId = roomId,
             .replyEvent = names::left,
             .isReply
             = [id = roomId](const QJsonObject &reply) { return reply.value(u"roomId").toString() == id; },
             .done =
                 [promise](const Result<Answer> &answer) {
                     const bool done = answer || answer.error().code == ErrorCode::ConnectionLost;
                     promise.finish(done ? Result<void>() : Result<void>(answer.error()));
                 }});
    }
    const QPointer<RoomContext> alive(q);
    const bool wasInside = inside;
    QMetaObject::invokeMethod(
        q,
        [this, wasInside] {
            const QPointer<RoomContext> room(q);
            if (wasInside)
                Q_EMIT q->joinedChanged(false);
            if (room)
                Q_EMIT q->left(QStringLiteral("Left by this client"));
        },
        Qt::QueuedConnection);
    const Waiters waiters = std::exchange(m_waiters, {});
    retire(why);
    for (const auto &waiter : waiters)
        waiter.finish(why);
    if (!tellServer)
        promise.finish({});
    return promise.future();
}

QFuture<Result<void>> RoomContextPrivate::changeSubscription(QLatin1String request, const QString &event,
                                                             bool add)
{
    const Promise<void> promise;
    if (!client) {
        promise.finish(Error{ErrorCode::NotInRoom, QStringLiteral("The room was left")});
        return promise.future();
    }
    client->ask(
        {.event = request,
         .payload = protocol::Subscribe{roomId, event}.toJson(),
         .roomId = roomId,
         .fromInside = true,
         .repeatable = true,
         .silent = true,
         .done = [this, promise, event, add, alive = QPointer<RoomContext>(q)](const Result<Answer> &answer) {
             if (alive && answer && add)
                 subscriptions.add(event);
             else if (alive && answer)
                 subscriptions.remove(event);
             promise.finish(answer ? Result<void>() : Result<void>(answer.error()));
         }});
    return promise.future();
}

} // namespace dialogue
