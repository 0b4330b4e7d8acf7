#include "server/bridge/worker.h"

#include "core/base/logging.h"
#include "core/base/shrink.h"
#include "core/protocol/admin/names.h"
#include "server/bridge/hubexchange.h"
#include "server/bridge/sessionlane.h"
#include "server/bridge/workeroutbox.h"
#include "server/connections/networker.h"
#include "server/http/problem.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace dialogue::bridge {

using socketio::Socket;

namespace {

/** Messages of the hub, and frames handed to sessions for them, before sockets are looked at again. */
constexpr qint64 MostInATurn = 65536;

bool isSpared(const Spared &spared, const TopicSubscriber &subscriber)
{
    return spared && std::binary_search(spared->begin(), spared->end(), subscriber.id);
}

} // namespace

Worker::Worker(NetWorker &net, const ServerConfig &config, const std::vector<QByteArray> &namespaces,
               const std::vector<ChannelFactory> &channels, Mailbox<ToHub> *hub,
               socketio::InboundTotal *inboundTotal)
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
    , m_readers(m_topics, m_outbox,
                {.id = [this] { return nextSocketId(0); },
                 .gauge = [this] { return makeGauge(m_settings.inbound, m_settings.inboundTotal); },
                 .turnsAway = [this] { return turnsAway(); },
                 .dress = [this](const QByteArray &origin,
                                 HttpResponse &response) { m_engine->cors().apply(origin, response); },
                 .deadlines = net.deadlines()})
{
    if (config.admin.isSet() && config.admin.port)
        m_settings.ofConsoles = QByteArray(protocol::admin::names::nsp.data());
    for (const ChannelFactory &channel : channels)
        m_channels.push_back(channel(m_readers));
}

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
        connection->respond(refusalAt(request.path, 403, engineio::CorsPolicy::refusal(request).toUtf8()));
        return;
    }
    if (request.method == "OPTIONS" && cors.isConfigured()
        && request.headers.contains("Access-Control-Request-Method")) {
        connection->respond(cors.preflight(request));
        return;
    }
    if (auto answer = m_answersAtOnce ? m_answersAtOnce(request) : std::nullopt) {
        cors.apply(request.headers.value("Origin"), *answer);
        connection->respond(*std::move(answer));
        return;
    }
    for (const std::unique_ptr<Channel> &channel : m_channels) {
        if (channel->take(*connection, request))
            return;
    }
    if (turnsAway()) {
        HttpResponse response
            = refusalAt(request.path, 503, "Too much waits to be handled; try again in a moment");
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

bool Worker::turnsAway()
{
    if (!m_inboundTotal.isFull())
        return false;
    ++m_counters.requestsRefused;
    return true;
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
    if (SendRecordPtr record = socket.session->sendRecord(true))
        m_outbox.postQueued(Remains{socket.id, std::move(record)});
    m_outbox.postQueued(Disconnected{socket.id, reason, socket.connection->gauge()});
}

void Worker::handle(Accept &&message)
{
    if (Socket *socket = find(message.socket))
        socket->connection->accept(*socket, message.sid, message.pid);
    else if (ChannelReader *reader = m_readers.find(message.socket))
        reader->accepted(message.sid);
}

void Worker::handle(Refuse &&message)
{
    if (Socket *socket = find(message.socket))
        socket->connection->refuse(*socket, message.message, message.data);
    else if (ChannelReader *reader = m_readers.find(message.socket))
        reader->refused(message.message, message.data);
}

void Worker::handle(Send &&message)
{
    if (TopicSubscriber *const receiver = findSubscriber(message.socket))
        count(receiver->notify(message.frame));
}

void Worker::handle(NotifyWhenDrained &&message)
{
    if (Socket *socket = find(message.socket))
        m_drainWatches.add(*socket->session, {message.socket, message.mark, message.token});
    else if (ChannelReader *reader = m_readers.find(message.socket))
        reader->tellWhenDrained(message.mark, message.token);
}

void Worker::handle(AskWhetherAlive &&message)
{
    if (Socket *socket = find(message.socket))
        socket->session->askWhetherAlive();
    else if (ChannelReader *reader = m_readers.find(message.socket))
        reader->askWhetherAlive();
}

void Worker::handle(Disconnect &&message)
{
    if (Socket *socket = find(message.socket))
        socket->connection->disconnect(*socket, message.closeSession, message.reason);
    else if (ChannelReader *reader = m_readers.find(message.socket))
        reader->disconnect(message.reason);
}

void Worker::handle(Subscribe &&message)
{
    ++m_subscribesSeen;
    if (TopicSubscriber *subscriber = findSubscriber(message.subscriber))
        m_topics.subscribe(subscriber, message.topic);
}

void Worker::handle(Unsubscribe &&message)
{
    if (TopicSubscriber *subscriber = findSubscriber(message.subscriber))
        m_topics.unsubscribe(subscriber, message.topic);
}

void Worker::handle(DropTopic &&message) { m_topics.dropTopic(message.topic); }

bool Worker::isWanted(TopicId topic)
{
    if (m_topics.subscriberCount(topic) > 0)
        return true;
    m_outbox.postQueued(TopicIdle{m_index, topic, m_subscribesSeen});
    return false;
}

void Worker::handle(Publish &&message)
{
    if (!isWanted(message.topic))
        return;
    m_topics.publish(message.topic, [&](TopicSubscriber &subscriber) {
        if (!isSpared(message.except, subscriber))
            count(subscriber.deliver(*message.publication, Occasion::Live));
    });
}

void Worker::handle(Deliver &&message)
{
    if (TopicSubscriber *subscriber = findSubscriber(message.subscriber))
        count(subscriber->deliver(*message.publication, message.occasion));
}

void Worker::handle(TellGap &&message)
{
    if (TopicSubscriber *subscriber = findSubscriber(message.subscriber))
        count(subscriber->tellGap(message.gap));
}

void Worker::handle(Notify &&message)
{
    if (!isWanted(message.topic))
        return;
    m_topics.publish(message.topic, [&](TopicSubscriber &subscriber) {
        if (!isSpared(message.except, subscriber))
            count(subscriber.notify(message.frame));
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
    m_readers.disconnectAll();
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
    counters.tls = m_net.tlsCounters();
    counters.deflate = m_net.deflateCounters();
    counters.malformedForwardings = m_net.malformedForwardings();
    counters.missingProxyHeaders = m_net.missingProxyHeaders();
    const SendQueueCounters &queues = m_net.sendQueueCounters();
    counters.framesDropped = static_cast<qint64>(queues.dropped);
    counters.framesReplaced = static_cast<qint64>(queues.replaced);
    counters.gapsTold = static_cast<qint64>(queues.gaps);
    counters.readers = m_readers.count();
    counters.slowReaders += m_readers.slowReaders();
    counters.queuedBytes = m_engine->queuedBytes() + m_readers.queuedBytes();
    counters.mailboxMessages = m_backlog.messages();
    counters.mailboxBytes = m_backlog.bytes();
    m_outbox.post(Counted{m_index, message.request, counters});
}

namespace {

SocketFigures figuresOf(const Socket &socket)
{
    return {.socket = socket.id,
            .transport = engineio::wireName(socket.session->transport()),
            .queuedBytes = socket.session->queuedBytes(),
            .roundTrip = socket.session->roundTrip()};
}

SocketFigures figuresOf(const ChannelReader &reader)
{
    return {.socket = reader.id, .queuedBytes = reader.queuedBytes()};
}

} // namespace

void Worker::handle(Inspect &&message)
{
    std::vector<SocketFigures> figures;
    for (const SocketId id : message.sockets) {
        if (const Socket *const socket = find(id))
            figures.push_back(figuresOf(*socket));
        else if (ChannelReader *const reader = m_readers.find(id))
            figures.push_back(figuresOf(*reader));
    }
    if (message.most > 0) {
        m_readers.forEach([&](ChannelReader &reader) {
            if (reader.queuedBytes() > 0)
                figures.push_back(figuresOf(reader));
        });
        for (const auto &[id, socket] : m_sockets) {
            if (namespaceOf(id) == 0 && socket->session->queuedBytes() > 0)
                figures.push_back(figuresOf(*socket));
        }
        const std::size_t most = std::min(message.most, figures.size());
        std::ranges::partial_sort(figures, figures.begin() + std::ptrdiff_t(most), std::ranges::greater(),
                                  &SocketFigures::queuedBytes);
        figures.resize(most);
    }
    m_outbox.post(Inspected{message.request, std::move(figures)});
}

void Worker::handle(FindFate &&message)
{
    SentState state;
    if (const Socket *const socket = find(message.socket)) {
        state.isThere = true;
        state.figures = figuresOf(*socket);
        state.isTraced = socket->session->isTraced();
        state.fate = socket->session->fateOf(message.roomId, message.offset);
        state.record = socket->session->sendRecord();
    } else if (ChannelReader *const reader = m_readers.find(message.socket)) {
        state.isThere = true;
        state.figures = figuresOf(*reader);
        if (const SendQueue *const queue = reader->sendQueue()) {
            state.isTraced = queue->isTraced();
            state.fate = queue->fateOf(message.roomId, message.offset);
            state.record = queue->record();
        }
    }
    m_outbox.post(FateFound{message.request, std::move(state)});
}

void Worker::handle(Trace &&message)
{
    if (const Socket *const socket = find(message.socket))
        socket->session->setTraced(message.traced);
    else if (ChannelReader *const reader = m_readers.find(message.socket))
        reader->setTraced(message.traced);
}

Socket *Worker::find(SocketId id) const
{
    const auto found = m_sockets.find(id);
    return found == m_sockets.end() ? nullptr : found->second;
}

TopicSubscriber *Worker::findSubscriber(SubscriberId id) const
{
    if (Socket *const socket = find(id))
        return socket;
    return m_readers.find(id);
}

void Worker::count(Delivered delivered)
{
    if (delivered == Delivered::Sent)
        ++m_counters.framesSent;
    else if (delivered == Delivered::Behind)
        ++m_counters.volatileDropped;
}

} // namespace dialogue::bridge
