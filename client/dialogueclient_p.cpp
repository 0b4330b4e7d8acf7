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

/** What a proxy or a server may well refuse for its size; the smallest of the usual bounds. */
constexpr qint64 Large = 65536;

} // namespace

RoomInfo publicInfo(const protocol::RoomInfo &room)
{
    return {.id = room.id,
            .name = room.name,
            .description = room.description,
            .size = room.size,
            .maxSize = room.maxSize,
            .createdById = room.createdById,
            .presence = room.presence};
}

DialogueClientPrivate::DialogueClientPrivate(ClientConfig clientConfig, Network network)
    : config(std::move(clientConfig))
    , connector(config, std::move(network))
    , link("/", config.auth, config)
    , outbox(config.outbox)
    , exceptions(std::make_shared<ExceptionLog>(lcClient, QStringLiteral("handlers")))
    , direct(exceptions)
    , serverRequests(config.limits.requests, exceptions)
    , m_idPrefix(QUuid::createUuid().toString(QUuid::Id128) + QLatin1Char('-'))
{
    m_readyTimer.setSingleShot(true);
    m_expiry.setSingleShot(true);
}

DialogueClientPrivate::~DialogueClientPrivate() = default;

void DialogueClientPrivate::init(DialogueClient *client)
{
    q = client;
    // Children, so that they move to another thread with the client.
    for (QObject *part : std::initializer_list<QObject *>{
             &connector, &link, &later, &unheard, &serverRequests, &m_expiry, &m_refresh, &m_readyTimer})
        part->setParent(q);
    QObject::connect(&connector, &Connector::stateChanged, q, [this](State next) {
        if (next != State::Connected)
            setState(next);
    });
    connector.add(link);
    QObject::connect(&link, &NamespaceLink::connected, q, [this](const QString &sid) { onConnected(sid); });
    QObject::connect(&connector, &Connector::ended, q,
                     [this](const ConnectionFailure &failure, bool byServer) { onEnded(failure, byServer); });
    QObject::connect(&connector, &Connector::scheduled, q, &DialogueClient::reconnectScheduled);
    QObject::connect(
        &link, &NamespaceLink::eventReceived, q,
        [this](const QString &name, const JsonData &args, const ServerEvents::Attachments &attachments,
               std::optional<quint64> ackId) { serverEvents.take(name, args, attachments, ackId); });
    QObject::connect(&unheard, &Unheard::heard, q, [this] { tellUnheard(); });
    QObject::connect(&m_readyTimer, &QTimer::timeout, q, [this] { onReady(); });
    QObject::connect(&m_refresh, &TokenRefresh::due, q, [this] { refresh(); });
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
    while (!later.isEmpty()) // its signals are blocked, its futures end
        later.flush();
}

bool DialogueClientPrivate::setState(State next)
{
    if (std::exchange(state, next) == next)
        return true;
    const QPointer<DialogueClient> alive(q);
    speak([this, next] { Q_EMIT q->stateChanged(next); });
    return !alive.isNull();
}

QString DialogueClientPrivate::nextMessageId() { return m_idPrefix + QString::number(++m_lastMessage); }

void DialogueClientPrivate::failIfGivenUp()
{
    if (!givenUp)
        return;
    later.say([this] {
        if (!givenUp) // connectToServer() was called
            return;
        const Error why = *givenUp;
        const QPointer<DialogueClient> alive(q);
        for (const QPointer<RoomContext> &room : contexts()) {
            if (alive && room)
                RoomContextPrivate::of(*room).connectionLost(why, true);
        }
        if (alive)
            fail(requests.takeAll(), why);
    });
}

void DialogueClientPrivate::drop(const Error &error) { connector.drop(error); }

void DialogueClientPrivate::setListening(bool listening)
{
    if (PacketConnection *const connection = connector.connection())
        connection->setTelling(listening);
}

void DialogueClientPrivate::tell(const Error &error)
{
    later.say([this, error] { Q_EMIT q->errorOccurred(error); });
}

void DialogueClientPrivate::speak(Later::Word word) { later.speak(std::move(word)); }

void DialogueClientPrivate::speak(RoomContext *room, std::function<void(RoomContext &)> word)
{
    speak([word = std::move(word), room = QPointer<RoomContext>(room)] {
        if (room)
            word(*room);
    });
}

QDeadlineTimer DialogueClientPrivate::requestDeadline() const
{
    const auto time = isReady() ? config.timeouts.request : config.timeouts.waiting;
    return time.count() > 0 ? QDeadlineTimer(time) : QDeadlineTimer(QDeadlineTimer::Forever);
}

template <class T>
void DialogueClientPrivate::fail(std::list<T> list, const Error &error)
{
    if (list.empty())
        return;
    speak([list = std::make_shared<const std::list<T>>(std::move(list)), error] {
        for (const T &each : *list)
            each.done(error);
    });
}
template void DialogueClientPrivate::fail(std::list<Request> list, const Error &error);
template void DialogueClientPrivate::fail(std::list<OutgoingTrigger> list, const Error &error);

qint64 DialogueClientPrivate::messageBytes() const
{
    constexpr qint64 ofMessage = sizeof(EventMessage) + 256; // and what its strings and members take
    const PacketConnection *const connection = connector.connection();
    return ofMessage + (connection ? connection->packetBytes() : 0);
}

void DialogueClientPrivate::call(const EventHandlers &handlers, const EventMessage &message, qint64 bytes)
{
    const QPointer<DialogueClient> alive(q);
    auto held = unheard.hold(bytes);
    handlers.call(message, held);
    held.reset();
    if (alive)
        tellUnheard();
}

void DialogueClientPrivate::tellUnheard()
{
    const qint64 bytes = unheard.bytes();
    PacketConnection *const connection = connector.connection();
    if (connection && std::exchange(m_toldUnheard, bytes) != bytes)
        connection->setUnheard(bytes);
}

QList<QPointer<RoomContext>> DialogueClientPrivate::contexts() const
{
    return {rooms.cbegin(), rooms.cend()};
}

void DialogueClientPrivate::onConnected(const QString &sid)
{
    clientId = sid;
    m_toldUnheard = 0;
    tellUnheard();
    m_readyTimer.start(GreetingTime);
}

void DialogueClientPrivate::onReady()
{
    if (m_ready || !connector.connection())
        return;
    m_readyTimer.stop();
    m_ready = true;
    requests.restartClocks(requestDeadline());
    armExpiry();
    const QPointer<DialogueClient> alive(q);
    for (const QPointer<RoomContext> &room : contexts()) {
        if (alive && room)
            RoomContextPrivate::of(*room).requestJoin();
    }
    if (alive)
        flushRequests();
    if (alive && setState(State::Connected) && isReady())
        speak([this] { Q_EMIT q->connected(); });
}

void DialogueClientPrivate::onEnded(const ConnectionFailure &failure, bool byServer)
{
    const Error &error = failure.error;
    m_readyTimer.stop();
    m_refresh.stop();
    serverRequests.abandon();
    const bool wasReady = std::exchange(m_ready, false);
    if (wasReady || failure.refusedBytes > 0)
        m_refusedBytes = failure.refusedBytes;
    const bool byUs = std::exchange(stoppedByUs, false);
    const bool final = connector.state() == State::Disconnected;
    givenUp = final && !byUs ? std::optional(error) : std::nullopt;
    std::list<OutgoingTrigger> poison = outbox.connectionLost(byUs           ? Outbox::End::ByUs
                                                                  : byServer ? Outbox::End::ByServer
                                                                             : Outbox::End::Broken);
    std::list<Request> lost = final ? requests.takeAll() : requests.connectionLost();
    if (wasReady)
        requests.restartClocks(requestDeadline());
    std::list<OutgoingTrigger> orphans = outbox.takeOutside(QSet<QString>(rooms.keyBegin(), rooms.keyEnd()));

    const QPointer<DialogueClient> alive(q);
    for (const QPointer<RoomContext> &room : contexts()) {
        if (alive && room)
            RoomContextPrivate::of(*room).connectionLost(error, final);
    }
    if (alive && wasReady)
        speak([this, error] { Q_EMIT q->disconnected(error.message); });
    if (alive && !byUs)
        speak([this, failure] { Q_EMIT q->connectionFailed(failure); });
    if (alive && !byUs)
        speak([this, error] { Q_EMIT q->errorOccurred(error); });
    if (!alive)
        return;
    // Whatever ended it, it is lost for those who waited; what comes back asks again.
    const Error why{final ? error.code : ErrorCode::ConnectionLost, error.message};
    fail(std::move(lost), why);
    fail(std::move(orphans), why);
    failPoison(std::move(poison));
    if (alive)
        outboxChanged();
}

void DialogueClientPrivate::failPoison(std::list<OutgoingTrigger> triggers)
{
    for (OutgoingTrigger &trigger : triggers) {
        const bool isLarge = trigger.size.total() >= Large;
        const Error error{
            isLarge ? ErrorCode::PayloadTooLarge : ErrorCode::ConnectionLost,
            QStringLiteral(
                "Each time this was sent, the last time alone, the connection was closed or broke; it has "
                "%1 bytes and %2 attachments, which may be more than the server or a proxy "
                "before it takes")
                .arg(trigger.size.total())
                .arg(trigger.attachments.size())};
        std::list<OutgoingTrigger> one;
        one.push_back(std::move(trigger));
        fail(std::move(one), error);
    }
}

} // namespace dialogue
