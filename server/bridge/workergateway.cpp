#include "server/bridge/workergateway.h"

#include "core/base/foreigntext.h"
#include "server/bridge/hubturns.h"
#include "server/bridge/topicdirectory.h"
#include "server/bridge/worker.h"
#include "server/bridge/workercount.h"
#include "server/bridge/workeroutbox.h"
#include "server/bridge/workerpool.h"
#include "server/tcp/listenhosts.h"

#include <algorithm>
#include <map>
#include <utility>

namespace dialogue {

using namespace bridge;

class WorkerGateway::Private
{
public:
    Private(const ServerConfig &serverConfig, SocketListener *socketListener, HttpListener *httpListener)
        : config(serverConfig)
        , sockets(socketListener)
        , http(httpListener)
        , workers(config.host == NoListener ? 0 : workerCount(config.workers))
        , topics(std::max(1, workers))
        , inboundTotal(serverConfig.limits.inboundBytes)
        , turns(
              [this](ToHub &&message) {
                  std::visit([this](auto &&each) { handle(std::forward<decltype(each)>(each)); },
                             std::move(message));
              },
              [this](SocketId socket, const GaugePtr &gauge) { post(workerOf(socket), Resume{gauge}); },
              &turnEnd)
    {
        if (workers > 0)
            turns.setCongestion([this] { return isCongested(); });
    }

    [[nodiscard]] SocketListener &listenerOf(SocketId socket) const
    {
        const std::size_t nsp = namespaceOf(socket);
        return nsp == 0 ? *sockets : *others[nsp - 1];
    }

    void handle(Connecting &&message)
    {
        listenerOf(message.socket).socketConnecting(message.socket, std::move(message.request));
    }
    void handle(Event &&message)
    {
        listenerOf(message.socket).socketEvent(message.socket, std::move(message.event));
    }
    void handle(Ack &&message)
    {
        listenerOf(message.socket)
            .socketAck(message.socket, message.ackId, std::move(message.args),
                       std::move(message.attachments));
    }
    void handle(Disconnected &&message)
    {
        listenerOf(message.socket).socketDisconnected(message.socket, message.reason);
    }
    void handle(Drained &&message)
    {
        listenerOf(message.socket).socketDrained(message.socket, message.token);
    }
    void handle(Heard &&message) { listenerOf(message.socket).socketHeard(message.socket); }
    void handle(HttpArrived &&message)
    {
        message.share.giveBack();
        http->httpRequest(message.exchange, std::move(message.request));
    }
    void handle(HttpAborted &&) { } // Its turn had not come, or it is answered in vain.
    void handle(TopicIdle &&message) { topics.idle(message.worker, message.topic, message.subscribesSeen); }
    void handle(Counted &&message);
    void handle(Inspected &&message);
    void handle(FateFound &&message);
    void handle(Remains &&message)
    {
        listenerOf(message.socket).socketRemains(message.socket, message.record);
    }
    void handle(Relieved &&message);
    void handle(Stopped &&message);

    [[nodiscard]] bool isCongested() const
    {
        return std::ranges::any_of(outboxes, [](const auto &outbox) { return outbox->isCongested(); });
    }

    /** To the worker an id names; ids come back from user code, so it may not exist. */
    void post(int worker, ToWorker &&message)
    {
        if (static_cast<std::size_t>(worker) < outboxes.size())
            outboxes[static_cast<std::size_t>(worker)]->post(std::move(message));
    }
    template <class Message>
    void postToAll(const Message &message)
    {
        for (const auto &outbox : outboxes)
            outbox->post(Message(message));
    }

    struct PendingSnapshot
    {
        std::vector<WorkerCounters> counters;
        std::size_t missing = 0;
        std::function<void(std::vector<WorkerCounters>)> done;
    };

    struct PendingInspection
    {
        std::vector<SocketFigures> figures;
        std::size_t missing = 0;
        std::function<void(std::vector<SocketFigures>)> done;
    };
    /** \a whom for each worker; nothing: it is not asked. */
    void inspect(std::vector<std::optional<Inspect>> &&whom,
                 std::function<void(std::vector<SocketFigures>)> &&done);

    ServerConfig config;
    std::vector<QByteArray> namespaces{"/"}; ///< By number.
    std::vector<ChannelFactory> channels;
    AnswerAtOnce answersAtOnce;
    const Encoding *encoding = &socketio::eventEncoding();
    SocketListener *sockets; ///< Of "/".
    std::vector<SocketListener *> others; ///< Of those from 1 on.
    HttpListener *http;
    const int workers; ///< 0: this thread is the one. Another may come to them: see accept().
    TopicDirectory topics;
    socketio::InboundTotal inboundTotal;
    TurnEnd turnEnd;
    HubTurns turns;
    /** Makes what a new worker runs, in its thread, and its outbox not yet. */
    [[nodiscard]] WorkerPool::Factory factory(std::vector<Worker *> &made);
    void addOutbox(Worker &worker);

    QString refusal; ///< Of new sessions, once they are refused.
    std::unique_ptr<WorkerPool> pool;
    std::vector<std::unique_ptr<WorkerOutbox>> outboxes; ///< By worker; gone before the pool.
    std::map<quint64, PendingSnapshot> snapshots;
    quint64 lastSnapshot = 0;
    std::map<quint64, PendingInspection> inspections;
    std::map<quint64, std::function<void(const SentState &)>> fates; ///< Asked for.
    quint64 lastInspection = 0;
    std::function<void()> relieved;
    std::function<void()> stopped;
    int running = 0; ///< Workers that have not answered Stop.
};

void WorkerGateway::Private::handle(Counted &&message)
{
    const auto found = snapshots.find(message.request);
    if (found == snapshots.end())
        return;
    found->second.counters[static_cast<std::size_t>(message.worker)] = message.counters;
    if (--found->second.missing > 0)
        return;
    const PendingSnapshot complete = std::move(found->second);
    snapshots.erase(found);
    complete.done(complete.counters);
}

void WorkerGateway::Private::inspect(std::vector<std::optional<Inspect>> &&whom,
                                     std::function<void(std::vector<SocketFigures>)> &&done)
{
    const quint64 request = ++lastInspection;
    const auto asked
        = std::size_t(std::ranges::count_if(whom, [](const auto &each) { return each.has_value(); }));
    inspections.emplace(request, PendingInspection{{}, asked + 1, std::move(done)});
    for (std::size_t i = 0; i < whom.size(); ++i) {
        if (!whom[i])
            continue;
        whom[i]->request = request;
        outboxes[i]->post(*std::move(whom[i]));
    }
    // So that there is one answer where nobody is asked, and where they answer at once (workers: 0).
    handle(Inspected{request, {}});
}

void WorkerGateway::Private::handle(Inspected &&message)
{
    const auto found = inspections.find(message.request);
    if (found == inspections.end())
        return;
    std::vector<SocketFigures> &figures = found->second.figures;
    figures.insert(figures.end(), message.figures.begin(), message.figures.end());
    if (--found->second.missing > 0)
        return;
    PendingInspection complete = std::move(found->second);
    inspections.erase(found);
    complete.done(std::move(complete.figures));
}

void WorkerGateway::Private::handle(FateFound &&message)
{
    if (const auto asked = fates.extract(message.request))
        asked.mapped()(message.state);
}

void WorkerGateway::Private::handle(Relieved &&message)
{
    if (static_cast<std::size_t>(message.worker) >= outboxes.size())
        return;
    outboxes[static_cast<std::size_t>(message.worker)]->relieved();
    if (isCongested())
        return;
    turns.resume();
    if (relieved)
        relieved();
}

void WorkerGateway::Private::handle(Stopped &&)
{
    if (--running > 0)
        return;
    if (const auto done = std::exchange(stopped, nullptr))
        done();
}

WorkerGateway::WorkerGateway(const ServerConfig &config, SocketListener *sockets, HttpListener *http,
                             QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(config, sockets, http))
{ }

WorkerGateway::~WorkerGateway()
{
    // What they still hold is posted before the workers end.
    d->outboxes.clear();
    d->pool.reset();
}

Result<void> WorkerGateway::open(const QByteArray &nsp, SocketListener *listener)
{
    const auto problem = [&nsp](const QString &what) {
        return Error{ErrorCode::ConfigError,
                     QStringLiteral("The namespace %1 %2").arg(quoted(QByteArrayView(nsp)), what)};
    };
    // A comma ends it in a packet, and clients take what follows a question mark for something else.
    if (!nsp.startsWith('/') || nsp.contains(',') || nsp.contains('?') || !nsp.isValidUtf8())
        return problem(
            QStringLiteral("is none that clients could name: it begins with '/', without ',' and '?'"));
    if (std::find(d->namespaces.begin(), d->namespaces.end(), nsp) != d->namespaces.end())
        return problem(QStringLiteral("is open already"));
    if (d->others.size() == MostNamespaces) {
        return Error{ErrorCode::LimitReached,
                     QStringLiteral("There are %1 namespaces, as many as a server has").arg(MostNamespaces)};
    }
    d->namespaces.push_back(nsp);
    d->others.push_back(listener);
    d->postToAll(OpenNamespace{nsp});
    return {};
}

void WorkerGateway::setAnswersAtOnce(AnswerAtOnce answer) { d->answersAtOnce = std::move(answer); }

void WorkerGateway::setEncoding(const Encoding &encoding) { d->encoding = &encoding; }

void WorkerGateway::addChannel(ChannelFactory make) { d->channels.push_back(std::move(make)); }

Result<void> WorkerGateway::listen(const tls::TlsEntries &entries)
{
    if (d->pool)
        return Error{.code = ErrorCode::IoError, .message = QStringLiteral("The server listens already")};
    const Result<NetConfig> net = WorkerPool::netConfig(d->config);
    if (!net)
        return net.error();
    Result<Listenings> listenings = openListenings(d->config);
    if (!listenings)
        return listenings.error();
    Result<Listenings> consoles = openListeningsForConsoles(d->config);
    if (!consoles)
        return consoles.error();
    std::vector<Worker *> workers;
    d->pool = std::make_unique<WorkerPool>(d->config, *net, d->workers, d->factory(workers));
    for (Worker *worker : workers)
        d->addOutbox(*worker);
    d->pool->listen(*std::move(listenings), entries);
    d->pool->listenForConsoles(*std::move(consoles), entries);
    return {};
}

WorkerPool::Factory WorkerGateway::Private::factory(std::vector<Worker *> &made)
{
    return [this, &made](NetWorker &itsNet) {
        auto worker
            = std::make_unique<Worker>(itsNet, config, namespaces, channels, turns.mailbox(), &inboundTotal);
        worker->setAnswersAtOnce(answersAtOnce);
        worker->setEncoding(*encoding);
        made.push_back(worker.get());
        return worker;
    };
}

void WorkerGateway::Private::addOutbox(Worker &worker)
{
    outboxes.push_back(std::make_unique<WorkerOutbox>(worker.mailbox(), &turnEnd, worker.backlog()));
}

Result<void> WorkerGateway::accept(const Peer &peer, HttpRequest &&head, const GuestMaker &make)
{
    if (!d->pool)
        return Error{ErrorCode::Unavailable, QStringLiteral("The server was not started yet")};
    if (!d->refusal.isEmpty())
        return Error{ErrorCode::ServerDraining, d->refusal};
    if (!d->pool->hasLocal()) {
        std::vector<Worker *> workers;
        d->pool->addLocal(d->factory(workers));
        d->topics.addWorker();
        d->addOutbox(*workers.front());
    }
    return d->pool->accept(peer, std::move(head), make);
}

QUrl WorkerGateway::consolesUrl() const { return d->pool ? d->pool->consolesUrl() : QUrl(); }

QList<QUrl> WorkerGateway::urls() const { return d->pool ? d->pool->urls() : QList<QUrl>(); }

quint16 WorkerGateway::port() const { return d->pool ? d->pool->port() : 0; }

void WorkerGateway::refuseSessions(const QString &message)
{
    d->refusal = message;
    d->postToAll(RefuseSessions{message});
}

void WorkerGateway::stop(std::function<void()> done)
{
    if (d->running > 0) {
        d->stopped = [first = std::move(d->stopped), second = std::move(done)] {
            first();
            second();
        };
        return;
    }
    if (d->outboxes.empty()) {
        QMetaObject::invokeMethod(this, std::move(done), Qt::QueuedConnection);
        return;
    }
    d->pool->closeListeners();
    d->stopped = std::move(done);
    d->running = d->pool->size();
    refuseSessions(QStringLiteral("The server is shutting down"));
    d->postToAll(Stop{});
}

void WorkerGateway::snapshot(std::function<void(std::vector<WorkerCounters>)> done)
{
    if (d->outboxes.empty()) {
        QMetaObject::invokeMethod(
            this, [done = std::move(done)] { done({}); }, Qt::QueuedConnection);
        return;
    }
    const quint64 request = ++d->lastSnapshot;
    d->snapshots.emplace(request,
                         Private::PendingSnapshot{std::vector<WorkerCounters>(d->outboxes.size()),
                                                  d->outboxes.size(), std::move(done)});
    d->postToAll(Snapshot{request});
}

void WorkerGateway::inspect(const std::vector<SocketId> &sockets,
                            std::function<void(std::vector<SocketFigures>)> done)
{
    std::vector<std::optional<Inspect>> whom(d->outboxes.size());
    for (const SocketId socket : sockets) {
        const auto worker = std::size_t(workerOf(socket));
        if (worker >= whom.size())
            continue;
        if (!whom[worker])
            whom[worker].emplace();
        whom[worker]->sockets.push_back(socket);
    }
    d->inspect(std::move(whom), std::move(done));
}

void WorkerGateway::inspectSlowest(std::size_t most, std::function<void(std::vector<SocketFigures>)> done)
{
    std::vector<std::optional<Inspect>> whom(d->outboxes.size(),
                                             Inspect{.request = 0, .sockets = {}, .most = most});
    d->inspect(std::move(whom), [most, done = std::move(done)](std::vector<SocketFigures> figures) {
        std::ranges::sort(figures, std::ranges::greater(), &SocketFigures::queuedBytes);
        figures.resize(std::min(most, figures.size()));
        done(std::move(figures));
    });
}

void WorkerGateway::findFate(SocketId socket, const QString &roomId, quint64 offset,
                             std::function<void(const SentState &)> done)
{
    const auto worker = std::size_t(workerOf(socket));
    if (worker >= d->outboxes.size())
        return done({});
    const quint64 request = ++d->lastInspection;
    d->fates.emplace(request, std::move(done));
    d->outboxes[worker]->post(FindFate{request, socket, roomId, offset});
}

void WorkerGateway::trace(SocketId socket, bool traced) { d->post(workerOf(socket), Trace{socket, traced}); }

void WorkerGateway::accept(SocketId socket, const QByteArray &sid, const QByteArray &pid)
{
    d->post(workerOf(socket), Accept{socket, sid, pid});
}

void WorkerGateway::refuse(SocketId socket, const QString &message, const QJsonValue &data)
{
    d->post(workerOf(socket), Refuse{socket, message, data});
}

void WorkerGateway::send(SocketId socket, const FramePtr &frame)
{
    d->post(workerOf(socket), Send{socket, frame});
}

void WorkerGateway::notifyWhenDrained(SocketId socket, qint64 mark, quint64 token)
{
    d->post(workerOf(socket), NotifyWhenDrained{socket, mark, token});
}

void WorkerGateway::askWhetherAlive(SocketId socket) { d->post(workerOf(socket), AskWhetherAlive{socket}); }

void WorkerGateway::disconnect(SocketId socket, bool closeSession, DisconnectReason reason)
{
    d->post(workerOf(socket), Disconnect{socket, closeSession, reason});
}

void WorkerGateway::hold(std::chrono::milliseconds time) { d->turns.hold(time); }

void WorkerGateway::release(SocketId socket) { d->turns.release(socket); }

KeptMessage WorkerGateway::keep() { return d->turns.keep(); }

HubCounters WorkerGateway::hubCounters() const { return d->turns.counters(); }

TopicId WorkerGateway::createTopic() { return d->topics.create(); }

void WorkerGateway::dropTopic(TopicId topic)
{
    for (const int worker : d->topics.drop(topic))
        d->post(worker, DropTopic{topic});
}

void WorkerGateway::subscribe(SubscriberId subscriber, TopicId topic)
{
    const int worker = workerOf(subscriber);
    if (worker < d->topics.workers() && d->topics.subscribe(worker, topic))
        d->post(worker, Subscribe{subscriber, topic});
}

void WorkerGateway::unsubscribe(SubscriberId subscriber, TopicId topic)
{
    d->post(workerOf(subscriber), Unsubscribe{subscriber, topic});
}

static Spared sparedOf(const std::vector<SubscriberId> &except)
{
    if (except.empty())
        return {};
    const auto sorted = std::make_shared<std::vector<SubscriberId>>(except);
    std::sort(sorted->begin(), sorted->end());
    return sorted;
}

void WorkerGateway::publish(TopicId topic, const PublicationPtr &publication,
                            const std::vector<SubscriberId> &except)
{
    const Spared spared = sparedOf(except);
    d->topics.forEachWorker(topic, [&](int worker) { d->post(worker, Publish{topic, publication, spared}); });
}

void WorkerGateway::deliver(SubscriberId subscriber, const PublicationPtr &publication, Occasion occasion)
{
    d->post(workerOf(subscriber), Deliver{subscriber, publication, occasion});
}

void WorkerGateway::tellGap(SubscriberId subscriber, const Gap &gap)
{
    d->post(workerOf(subscriber), TellGap{subscriber, gap});
}

void WorkerGateway::notify(TopicId topic, const FramePtr &frame, const std::vector<SubscriberId> &except)
{
    const Spared spared = sparedOf(except);
    d->topics.forEachWorker(topic, [&](int worker) { d->post(worker, Notify{topic, frame, spared}); });
}

bool WorkerGateway::isCongested() const { return d->isCongested(); }

bool WorkerGateway::isOverloaded() const
{
    return std::ranges::any_of(d->outboxes, [](const auto &outbox) { return outbox->isOverloaded(); });
}

qint64 WorkerGateway::inboundBytes() const { return d->inboundTotal.bytes(); }

void WorkerGateway::onRelieved(std::function<void()> call) { d->relieved = std::move(call); }

void WorkerGateway::respond(ExchangeId exchange, HttpResponse &&response)
{
    d->post(workerOf(exchange), Respond{exchange, std::move(response)});
}

} // namespace dialogue
