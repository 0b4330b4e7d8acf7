#include "client/roomcontext_p.h"

#include "core/protocol/dialogue/names.h"
#include "core/protocol/dialogue/requests.h"

// Into the room, over each connection anew, with the subscriptions and from the place where it was.
namespace dialogue {

using namespace client;
namespace names = protocol::names;

namespace {

/** A full room may hold the ghost of our own lost connection until the server misses its heartbeat. */
constexpr int MaxRefusals = 20;

bool passes(ErrorCode code)
{
    return code == ErrorCode::RoomFull || code == ErrorCode::RateLimited || code == ErrorCode::LimitReached
        || code == ErrorCode::ServerDraining || code == ErrorCode::Unavailable;
}

} // namespace

QFuture<Result<RoomContext *>> RoomContextPrivate::firstJoin()
{
    const Promise<RoomContext *> promise;
    m_waiters.push_back(promise);
    // Once it is asked for, the request has its own time.
    if (const auto waiting = client->config.timeouts.waiting; waiting.count() > 0) {
        QTimer::singleShot(waiting, q, [this] {
            if (!everJoined && !m_asking)
                failFirstJoin({ErrorCode::Timeout,
                               QStringLiteral("There was no connection in time to join room '%1' "
                                              "(timeouts.waiting)")
                                   .arg(roomId)});
        });
    }
    requestJoin();
    client->failIfGivenUp();
    return promise.future();
}

QFuture<Result<RoomContext *>> RoomContextPrivate::awaitJoin()
{
    if (everJoined) {
        const Promise<RoomContext *> promise;
        promise.finishLater(q, q);
        return promise.future();
    }
    m_waiters.emplace_back();
    return m_waiters.back().future();
}

void RoomContextPrivate::requestJoin()
{
    if (!client || m_asking || !client->isReady())
        return;
    m_asking = true;
    protocol::Join request{.roomId = roomId, .since = {}, .subscriptions = subscriptions.all()};
    if (const auto since = tracker.since())
        request.since = protocol::LogPosition{since->epoch, since->offset};
    client->ask({.event = names::join,
                 .payload = request.toJson(),
                 .roomId = roomId,
                 .asker = q,
                 .replyEvent = names::joined,
                 .isReply = [id = roomId](
                                const QJsonObject &reply) { return reply.value(u"roomId").toString() == id; },
                 .done =
                     [this, alive = QPointer<RoomContext>(q)](const Result<Reply> &answer) {
                         if (alive)
                             onJoinAnswer(answer);
                     }});
}

void RoomContextPrivate::onJoined(const protocol::Joined &joined)
{
    if (!client || inside)
        return;
    inside = true;
    presence = joined.presence;
    m_refusals = 0;
    repairSubscriptions(!joined.position.epoch.isEmpty()); // before anybody hears of it, and asks for others
    const bool first = !std::exchange(everJoined, true);
    const bool renamed = std::exchange(roomName, joined.roomName) != joined.roomName;
    const QPointer<RoomContext> alive(q);
    const auto gap = tracker.joined(joined);
    // Whoever waits for the join adds handlers when told; what came with it is for them too.
    m_holding = m_holding || first;
    const Waiters waiters = std::exchange(m_waiters, {});
    if (gap)
        inOrder([this, gap] { tellGap(*gap); });
    for (const auto &waiter : waiters) {
        if (alive && client)
            waiter.finish(alive.data());
        else // by one who waited, too
            waiter.finish(Error{ErrorCode::ConnectionLost, QStringLiteral("The room was left")});
    }
    if (alive && first)
        QMetaObject::invokeMethod(
            q, [this] { release(); }, Qt::QueuedConnection);
    if (alive && renamed)
        Q_EMIT q->roomNameChanged();
    if (alive && inside)
        Q_EMIT q->joinedChanged(true);
    if (alive && client && participants)
        participants->joined();
    if (alive && client)
        client->flush(roomId);
}

void RoomContextPrivate::onDropped(const protocol::Gap &dropped)
{
    if (!inside)
        return;
    inOrder([this, dropped] {
        if (!client)
            return;
        if (const auto gap = tracker.dropped(dropped))
            tellGap(*gap);
    });
}

void RoomContextPrivate::tellGap(const Gap &gap)
{
    const QPointer<RoomContext> alive(q);
    Q_EMIT q->gap(gap);
    if (alive && client)
        Q_EMIT client->q->gap(roomId, gap);
}

void RoomContextPrivate::onJoinAnswer(const Result<Reply> &answer)
{
    // Once the connection is lost, the next one asks again.
    if (!client || !m_asking)
        return;
    const bool late = !answer && answer.error().code == ErrorCode::Timeout;
    m_asking = late && !inside; // and may be granted yet
    if (late && inside)
        return; // the ack stands behind all that was missed
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
}

void RoomContextPrivate::onJoinRefused(const Error &error)
{
    if (!everJoined)
        return failFirstJoin(error);
    if (error.code == ErrorCode::Timeout)
        return client->drop(error);
    if (passes(error.code) && ++m_refusals <= MaxRefusals) {
        QTimer::singleShot(waitBeforeJoin(error.retryAfter, client->config), q, [this] {
            if (!inside)
                requestJoin();
        });
        return;
    }
    const bool isRefusedByName
        = error.code == ErrorCode::EventNotAllowed || error.code == ErrorCode::PermissionDenied;
    if (isRefusedByName && subscriptions.all()) {
        // The room is declared anew, and does not carry what we were subscribed to, or not for us.
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
    // At once: what waits to be asked is newer than what was known when the connection was lost.
    const auto request = [this](QLatin1String name, const QString &event) {
        client->say(name, protocol::Subscribe{roomId, event}.toJson());
    };
    for (const QString &event : all.value_or(subscriptions.added()))
        request(event == u"*" ? names::subscribeAll : names::subscribe, event);
    for (const QString &event : subscriptions.removed())
        request(names::unsubscribe, event);
}

void RoomContextPrivate::failFirstJoin(const Error &error)
{
    tellLeave([](const Result<Reply> &) {});
    const Waiters waiters = std::exchange(m_waiters, {});
    DialogueClientPrivate *const owner = client;
    retire(error);
    if (owner)
        owner->speak([waiters, error] {
            for (const auto &waiter : waiters)
                waiter.finish(error);
        });
}

} // namespace dialogue
