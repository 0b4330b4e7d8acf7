#include "client/dialogueclient_p.h"

#include "client/roomcontext_p.h"
#include "core/base/logging.h"
#include "core/protocol/dialogue/errors.h"
#include "core/protocol/dialogue/names.h"

#include <QPointer>
#include <QUuid>

namespace dialogue {

using namespace client;
namespace names = protocol::names;

namespace {

/** From CONNECT to the greeting, which a Dialogue server sends with it. */
constexpr std::chrono::milliseconds GreetingTime{1000};

} // namespace

DialogueClientPrivate::DialogueClientPrivate(ClientConfig clientConfig, TransportFactory factory)
    : config(std::move(clientConfig))
    , connector(config, std::move(factory))
    , outbox(config.outbox)
    , m_idPrefix(QUuid::createUuid().toString(QUuid::Id128) + QLatin1Char('-'))
{
    m_readyTimer.setSingleShot(true);
    m_expiry.setSingleShot(true);
}

DialogueClientPrivate::~DialogueClientPrivate() = default;

void DialogueClientPrivate::init(DialogueClient *client)
{
    q = client;
    QObject::connect(&connector, &Connector::stateChanged, q, [this](State next) {
        if (next != State::Connected)
            setState(next);
    });
    QObject::connect(&connector, &Connector::connected, q, [this](const QString &sid) { onConnected(sid); });
    QObject::connect(&connector, &Connector::ended, q,
                     [this](const Error &error, bool wasConnected) { onEnded(error, wasConnected); });
    QObject::connect(&connector, &Connector::scheduled, q, &DialogueClient::reconnectScheduled);
    QObject::connect(&connector, &Connector::eventReceived, q,
                     [this](const QString &name, const QJsonArray &args, const Attachments &attachments) {
                         onEvent(name, args, attachments);
                     });
    QObject::connect(&m_readyTimer, &QTimer::timeout, q, [this] { onReady(); });
    QObject::connect(&m_expiry, &QTimer::timeout, q, [this] { expire(); });
    if (config.autoConnect)
        QMetaObject::invokeMethod(q, &DialogueClient::connectToServer, Qt::QueuedConnection);
}

void DialogueClientPrivate::shutDown()
{
    connector.stop();
    const Error gone{ErrorCode::ConnectionLost, QStringLiteral("The client was deleted")};
    const QHash<QString, RoomContext *> last = std::exchange(rooms, {});
    for (RoomContext *room : last) {
        RoomContextPrivate::of(*room).clientGone();
        delete room;
    }
    fail(requests.takeAll(), gone);
    fail(outbox.takeAll(), gone);
}

bool DialogueClientPrivate::setState(State next)
{
    if (std::exchange(state, next) == next)
        return true;
    const QPointer<DialogueClient> alive(q);
    Q_EMIT q->stateChanged(next);
    return !alive.isNull();
}

QString DialogueClientPrivate::nextMessageId() { return m_idPrefix + QString::number(++m_lastMessage); }

void DialogueClientPrivate::drop(const Error &error) { connector.drop(error); }

void DialogueClientPrivate::tell(const Error &error)
{
    QMetaObject::invokeMethod(
        q, [this, error] { Q_EMIT q->errorOccurred(error); }, Qt::QueuedConnection);
}

void DialogueClientPrivate::onConnected(const QString &sid)
{
    clientId = sid;
    m_readyTimer.start(GreetingTime);
}

void DialogueClientPrivate::onReady()
{
    if (m_ready || !connector.socket())
        return;
    m_readyTimer.stop();
    m_ready = true;
    connector.settled();
    for (RoomContext *room : std::as_const(rooms))
        RoomContextPrivate::of(*room).requestJoin();
    flushRequests();
    const QPointer<DialogueClient> alive(q);
    if (setState(State::Connected) && alive && isReady())
        Q_EMIT q->connected();
}

void DialogueClientPrivate::onEnded(const Error &error, bool wasConnected)
{
    m_readyTimer.stop();
    const bool wasReady = std::exchange(m_ready, false);
    const bool byUs = std::exchange(stoppedByUs, false);
    const bool final = connector.state() == State::Disconnected;
    outbox.connectionLost();
    std::list<Request> lost = final ? requests.takeAll() : requests.connectionLost();
    std::list<OutgoingTrigger> orphans = outbox.takeOutside(QSet<QString>(rooms.keyBegin(), rooms.keyEnd()));

    const QPointer<DialogueClient> alive(q);
    QList<QPointer<RoomContext>> affected;
    for (RoomContext *room : std::as_const(rooms))
        affected.append(room);
    for (const QPointer<RoomContext> &room : std::as_const(affected)) {
        if (alive && room)
            RoomContextPrivate::of(*room).connectionLost(error, final);
    }
    if (alive && wasReady && wasConnected)
        Q_EMIT q->disconnected(error.message);
    if (alive && !byUs)
        Q_EMIT q->errorOccurred(error);
    fail(std::move(lost), error);
    fail(std::move(orphans), error);
    if (alive)
        outboxChanged();
}

void DialogueClientPrivate::ask(Request request)
{
    request.deadline = requestDeadline();
    const auto done = request.done;
    if (!requests.add(std::move(request))) {
        done(Error{ErrorCode::LimitReached, QStringLiteral("Too many requests wait for their answers")});
        return;
    }
    armExpiry();
    flushRequests();
}

void DialogueClientPrivate::flushRequests()
{
    const auto isInside = [this](const QString &roomId) {
        const RoomContext *const room = rooms.value(roomId);
        return room && room->isJoined();
    };
    std::list<Request> sentIsDone;
    while (isReady()) {
        const RequestTable::Entry *const entry = requests.send(isInside);
        if (!entry)
            break;
        const auto id = entry->id;
        connector.socket()->emitEvent({.name = entry->request.event, .payload = entry->request.payload},
                                      [this, id](const QJsonArray &args) { onAck(id, args); });
        if (entry->request.silent && !m_acks)
            sentIsDone.push_back(*requests.take(id));
    }
    for (const Request &request : sentIsDone)
        request.done(Answer{});
}

void DialogueClientPrivate::trigger(OutgoingTrigger trigger)
{
    const QString roomId = trigger.request.roomId;
    const auto done = trigger.done;
    trigger.size = SocketClient::largestMessage(
        {.name = names::trigger, .payload = trigger.request.toJson(), .attachments = trigger.attachments});
    trigger.deadline = QDeadlineTimer(config.timeouts.trigger);
    if (const auto added = outbox.add(std::move(trigger)); !added) {
        done(added.error());
        return;
    }
    armExpiry();
    flush(roomId);
}

void DialogueClientPrivate::flush(const QString &roomId)
{
    const QPointer<DialogueClient> alive(q);
    flushRequests();
    if (!alive)
        return;
    if (RoomContext *const room = rooms.value(roomId); room && room->isJoined())
        flushTriggers(room);
    if (alive)
        outboxChanged();
}

void DialogueClientPrivate::flushTriggers(RoomContext *room)
{
    struct Done
    {
        OutgoingTrigger trigger;
        Result<TriggerReceipt> result;
    };
    std::list<Done> done;
    const QString roomId = room->roomId();
    while (isReady()) {
        const OutgoingTrigger *const next = outbox.send(roomId);
        if (!next)
            break;
        const QString id = next->request.id;
        SocketClient &socket = *connector.socket();
        if (next->size > socket.maxPayload()) {
            const Error error{ErrorCode::PayloadTooLarge,
                              QStringLiteral("The message has %1 bytes, the server takes %2")
                                  .arg(next->size)
                                  .arg(socket.maxPayload())};
            done.push_back({*outbox.take(id), error});
            continue;
        }
        socket.emitEvent(
            {.name = names::trigger, .payload = next->request.toJson(), .attachments = next->attachments},
            [this, id](const QJsonArray &args) { onTriggerAck(id, args); });
        if (!m_acks)
            done.push_back({*outbox.take(id), TriggerReceipt{.id = id}});
    }
    for (const Done &each : done)
        each.trigger.done(each.result);
}

void DialogueClientPrivate::onAck(RequestTable::Id id, const QJsonArray &args)
{
    m_acks = true;
    std::optional<Request> request = requests.take(id);
    if (!request)
        return;
    const auto reply = protocol::readAck(args.at(0));
    if (reply)
        request->done(Answer{.payload = *reply});
    else
        request->done(reply.error());
}

void DialogueClientPrivate::onTriggerAck(const QString &id, const QJsonArray &args)
{
    m_acks = true;
    std::optional<OutgoingTrigger> trigger = outbox.take(id);
    if (!trigger)
        return;
    const auto reply = protocol::readAck(args.at(0));
    const QPointer<DialogueClient> alive(q);
    if (!reply) {
        trigger->done(reply.error());
    } else {
        const double offset = reply->value(QLatin1String("offset")).toDouble();
        const double timestamp = reply->value(QLatin1String("timestamp")).toDouble();
        const auto safe = [](double number) { return number > 0 && number < 9e15 ? number : 0; };
        trigger->done(TriggerReceipt{.id = id,
                                     .offset = static_cast<quint64>(safe(offset)),
                                     .timestamp = static_cast<qint64>(safe(timestamp))});
    }
    if (alive)
        outboxChanged();
}

void DialogueClientPrivate::forget(const QString &roomId, const Error &why)
{
    rooms.remove(roomId);
    std::list<OutgoingTrigger> triggers = outbox.takeWaiting(roomId);
    std::list<Request> asked = requests.takeRoom(roomId);
    const QPointer<DialogueClient> alive(q);
    fail(std::move(triggers), why);
    fail(std::move(asked), why);
    if (alive)
        outboxChanged();
}

void DialogueClientPrivate::armExpiry()
{
    const QDeadlineTimer next = std::min(requests.nextDeadline(), outbox.nextDeadline());
    if (!m_expiry.isActive() && !next.isForever())
        m_expiry.start(static_cast<int>(std::min<qint64>(next.remainingTime() + 1, 60000)));
}

void DialogueClientPrivate::expire()
{
    std::list<Request> late = requests.takeOverdue();
    std::list<OutgoingTrigger> lateTriggers = outbox.takeOverdue();
    armExpiry();
    const Error noAnswer{
        ErrorCode::Timeout,
        QStringLiteral("No answer within %1 ms (timeouts.request)").arg(config.timeouts.request.count())};
    const Error noAck{ErrorCode::Timeout,
                      QStringLiteral("Not acknowledged within %1 ms (timeouts.trigger)")
                          .arg(config.timeouts.trigger.count())};
    const QPointer<DialogueClient> alive(q);
    fail(std::move(late), noAnswer);
    fail(std::move(lateTriggers), noAck);
    if (alive)
        outboxChanged();
}

void DialogueClientPrivate::outboxChanged()
{
    if (const int now = outbox.size(); std::exchange(m_toldOutbox, now) != now)
        Q_EMIT q->outboxSizeChanged(now);
}

// By value: what is told may change the list these were taken from.
// NOLINTNEXTLINE(performance-unnecessary-value-param)
void DialogueClientPrivate::fail(std::list<Request> requests, const Error &error)
{
    for (const Request &request : requests)
        request.done(error);
}

// By value: what is told may change the list these were taken from.
// NOLINTNEXTLINE(performance-unnecessary-value-param)
void DialogueClientPrivate::fail(std::list<OutgoingTrigger> triggers, const Error &error)
{
    for (const OutgoingTrigger &trigger : triggers)
        trigger.done(error);
}

} // namespace dialogue
