#include "server/gateway/worker.h"

#include "core/base/logging.h"
#include "core/base/shrink.h"
#include "server/gateway/hubexchange.h"
#include "server/gateway/sessionlane.h"
#include "server/gateway/workeroutbox.h"
#include "server/net/networker.h"

#include <algorithm>
#include <utility>

namespace dialogue::gateway {

using socketio::Socket;

namespace {

/** Messages of the hub, and frames handed to sessions for them, before sockets are looked at again. */
constexpr qint64 MostInATurn = 65536;

} // namespace

Worker::Worker(NetWorker &net, const ServerConfig &config, const std::vector<QByteArray> &namespaces,
               Mailbox<ToHub> *hub, socketio::InboundTotal *inboundTotal)
    : m_net(net)
    , m_index(net.index())
    , m_inboundTotal(*inboundTotal)
    , m_settings{.namespaces = namespaces,
                 .connectTimeout = config.engine.connectTimeout,
                 .maxAttachments = config.engine.maxAttachments,
                 .authSize = config.limits.authSize,
                 .inbound
                 = {.messages = config.limits.inboundPerClient, .bytes = config.limits.inboundBytesPerClient},
                 .inboundTotal = inboundTotal,
                 .refusedConnects = config.rateLimit.refusedConnects,
                 .deadlines = &net.deadlines()}
    , m_inbox([this](ToWorker &&message) { receive(std::move(message)); }, [this] { delivered(); })
    , m_backlog(config.limits.workerMailbox)
    , m_outbox(hub, &net.turnEnd())
{ }

Worker::~Worker() = default;

void Worker::receive(ToWorker &&message)
{
    const auto handled = [this](auto &&each) { handle(std::forward<decltype(each)>(each)); };
    if (m_outbox.isDirect()) {
        std::visit(handled, std::move(message));
        return;
    }
    ++m_doneMessages;
    m_doneBytes += costOf(message);
    std::visit(handled, std::move(message));
    if (m_doneMessages + m_counters.framesSent - m_sentBefore >= MostInATurn) {
        // A posted call would be made in the same turn, before any socket has its own.
        m_inbox.rest();
        m_nextPiece.schedule(&m_net.deadlines(), std::chrono::milliseconds(0));
    }
}

void Worker::delivered()
{
    m_sentBefore = m_counters.framesSent;
    if (m_backlog.take(std::exchange(m_doneMessages, 0), std::exchange(m_doneBytes, 0)))
        m_outbox.postQueued(Relieved{m_index});
}

std::unique_ptr<engineio::SessionListener> Worker::sessionOpened(engineio::Session &session)
{
    socketio::SocketHost *const host = this;
    return std::make_unique<socketio::Connection>(&session, &m_settings, host);
}

void Worker::httpRequest(HttpConnection *connection, HttpRequest &&request)
{
    const engineio::CorsPolicy &cors = m_engine->cors();
    if (!engineio::CorsPolicy::isValidOrigin(request) || !cors.allows(request)) {
        connection->respond(HttpResponse::text(engineio::CorsPolicy::refusal(request).toUtf8() + '\n', 403));
        return;
    }
    if (request.method == "OPTIONS" && cors.isConfigured()
        && request.headers.contains("Access-Control-Request-Method")) {
        connection->respond(cors.preflight(request));
        return;
    }
    if (m_inboundTotal.isFull()) {
        ++m_counters.requestsRefused;
        HttpResponse response
            = HttpResponse::text("Too much waits to be handled; try again in a moment\n", 503);
        response.headers.append("Retry-After", "1");
        cors.apply(request.headers.value("Origin"), response);
        connection->respond(std::move(response));
        return;
    }
    const auto bytes = static_cast<qint64>(sizeof(ToHub)) + request.body.size();
    const ExchangeId id = idIn(m_index, ++m_lastExchange);
    m_exchanges.emplace(id,
                        std::make_unique<HubExchange>(connection, request.headers.value("Origin"),
                                                      [this, id] { exchangeAborted(id); }));
    m_outbox.post(HttpArrived{id, std::move(request), {&m_inboundTotal, bytes}});
}

void Worker::exchangeAborted(ExchangeId exchange)
{
    m_exchanges.erase(exchange);
    m_outbox.postQueued(HttpAborted{exchange}); // The hub's own answer may be what ended another request.
}

GaugePtr Worker::makeGauge(const socketio::InboundLimits &limits, socketio::InboundTotal *total)
{
    return std::make_shared<SessionLane>(limits, total);
}

Inbound Worker::countIn(Socket &socket)
{
    const GaugePtr &gauge = socket.connection->gauge();
    const auto bytes = static_cast<qint64>(sizeof(ToHub)) + socket.connection->packetBytes();
    if (gauge->countIn(bytes)) {
        ++m_counters.inboundPauses;
        qCDebug(lcGateway) << "Socket" << socket.id << "is not read while" << gauge->waiting()
                           << "messages of it wait for the hub";
        socket.connection->setReadPaused(true);
    }
    return {gauge, bytes};
}

void Worker::socketConnecting(Socket &socket, ConnectRequest &&request)
{
    m_sockets.emplace(socket.id, &socket);
    m_outbox.post(Connecting{socket.id, std::move(request), countIn(socket)});
}

void Worker::socketEvent(Socket &socket, IncomingEvent &&event)
{
    m_outbox.post(ToHub(std::in_place_type<Event>, socket.id, std::move(event), countIn(socket)));
}

void Worker::socketAck(Socket &socket, quint64 ackId, JsonData &&args, QList<QByteArray> &&attachments)
{
    m_outbox.post(Ack{socket.id, ackId, std::move(args), std::move(attachments), countIn(socket)});
}

void Worker::sessionDrained(engineio::Session &session)
{
    for (const DrainWatches::Watch &watch : m_drainWatches.takeDue(session)) {
        if (const Socket *const socket = find(watch.socket))
            m_outbox.postQueued(Drained{watch.socket, watch.token, socket->connection->gauge()});
    }
}

void Worker::socketHeard(Socket &socket) { m_outbox.postQueued(Heard{socket.id}); }

void Worker::socketDisconnected(Socket &socket, DisconnectReason reason)
{
    m_sockets.erase(socket.id);
    shrink(m_sockets);
    m_drainWatches.remove(*socket.session, socket.id);
    if (reason == DisconnectReason::SlowReader)
        ++m_counters.slowReaders;
    // Queued: the hub's own send() may be what ended it.
    m_outbox.postQueued(Disconnected{socket.id, reason, socket.connection->gauge()});
}

void Worker::handle(Accept &&message)
{
    if (Socket *socket = find(message.socket))
        socket->connection->accept(*socket, message.sid);
}

void Worker::handle(Refuse &&message)
{
    if (Socket *socket = find(message.socket))
        socket->connection->refuse(*socket, message.message, message.data);
}

void Worker::handle(Send &&message)
{
    Socket *const socket = find(message.socket);
    if (!socket)
        return;
    if (message.frame->isVolatile)
        deliverVolatile(*socket, message.frame);
    else
        deliver(*socket, message.frame);
}

void Worker::handle(NotifyWhenDrained &&message)
{
    if (Socket *socket = find(message.socket))
        m_drainWatches.add(*socket->session, {message.socket, message.mark, message.token});
}

void Worker::handle(AskWhetherAlive &&message)
{
    if (Socket *socket = find(message.socket))
        socket->session->askWhetherAlive();
}

void Worker::handle(Disconnect &&message)
{
    if (Socket *socket = find(message.socket))
        socket->connection->disconnect(*socket, message.closeSession, message.reason);
}

void Worker::handle(Subscribe &&message)
{
    ++m_subscribesSeen;
    if (Socket *socket = find(message.socket))
        m_topics.subscribe(socket, message.topic);
}

void Worker::handle(Unsubscribe &&message)
{
    if (Socket *socket = find(message.socket))
        m_topics.unsubscribe(socket, message.topic);
}

void Worker::handle(DropTopic &&message) { m_topics.dropTopic(message.topic); }

void Worker::handle(Publish &&message)
{
    if (m_topics.subscriberCount(message.topic) == 0) {
        m_outbox.postQueued(TopicIdle{m_index, message.topic, m_subscribesSeen});
        return;
    }
    const auto isWanted = [&message](const Socket &socket) {
        return !message.except
            || !std::binary_search(message.except->begin(), message.except->end(), socket.id);
    };
    if (message.frame->isVolatile) { // Asked once for all.
        m_topics.publish(message.topic, [&](TopicSubscriber *subscriber) {
            if (auto *socket = static_cast<Socket *>(subscriber); isWanted(*socket))
                deliverVolatile(*socket, message.frame);
        });
        return;
    }
    m_topics.publish(message.topic, [&](TopicSubscriber *subscriber) {
        if (auto *socket = static_cast<Socket *>(subscriber); isWanted(*socket))
            deliver(*socket, message.frame);
    });
}

void Worker::handle(Respond &&message)
{
    const auto found = m_exchanges.find(message.exchange);
    if (found == m_exchanges.end())
        return;
    const std::unique_ptr<HubExchange> exchange = std::move(found->second);
    m_exchanges.erase(found);
    exchange->respond(std::move(message.response), m_engine->cors());
}

void Worker::handle(Resume &&message)
{
    if (message.gauge->connection)
        message.gauge->connection->setReadPaused(false);
}

void Worker::handle(RefuseSessions &&message) { m_engine->refuseSessions(message.message); }

void Worker::handle(Stop &&)
{
    m_engine->closeAll(engineio::CloseReason::ServerShutdown);
    m_net.shutDown([this] { m_outbox.postQueued(Stopped{m_index}); });
}

void Worker::handle(Snapshot &&message)
{
    WorkerCounters counters = m_counters;
    counters.connections = static_cast<qint64>(m_net.connectionCount());
    counters.sessions = static_cast<qint64>(m_engine->sessionCount());
    counters.sessionsOpened = m_engine->opened();
    counters.sessionsRefused = m_engine->refused();
    counters.sessionsGivenWay = m_engine->gaveWay();
    counters.malformedForwardings = m_net.malformedForwardings();
    counters.missingProxyHeaders = m_net.missingProxyHeaders();
    const SendQueueCounters &queues = m_net.sendQueueCounters();
    counters.framesDropped = static_cast<qint64>(queues.dropped);
    counters.framesReplaced = static_cast<qint64>(queues.replaced);
    counters.gapsTold = static_cast<qint64>(queues.gaps);
    counters.queuedBytes = m_engine->queuedBytes();
    counters.mailboxMessages = m_backlog.messages();
    counters.mailboxBytes = m_backlog.bytes();
    m_outbox.post(Counted{m_index, message.request, counters});
}

Socket *Worker::find(SocketId id) const
{
    const auto found = m_sockets.find(id);
    return found == m_sockets.end() ? nullptr : found->second;
}

void Worker::deliver(Socket &socket, const FramePtr &frame)
{
    ++m_counters.framesSent;
    socket.session->send(frame);
}

void Worker::deliverVolatile(Socket &socket, const FramePtr &frame)
{
    if (socket.session->isBehind())
        ++m_counters.volatileDropped;
    else
        deliver(socket, frame);
}

} // namespace dialogue::gateway
