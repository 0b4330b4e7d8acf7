#include "server/bridge/workerpool.h"

#include "core/base/logging.h"
#include "server/loop/iothread.h"
#include "server/websocket/guestwebsocket.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <cstddef>
#include <latch>

namespace dialogue {

namespace {

/** Of those at admin.port, who are few: admin.maxConsoles says how many of them may be in /admin. */
constexpr PlaceLimits ConsoleLimits{
    .inAll = 2000, .perAddress = 1100, .waiting = 100, .waitingPerAddress = 50};

/** What HTTP would have been answered, for who asked by a call. */
Error errorOf(const HttpResponse &response)
{
    const QString message = QJsonDocument::fromJson(response.body)[u"message"].toString();
    return Error{response.status == 503       ? ErrorCode::LimitReached
                     : response.status == 400 ? ErrorCode::InvalidRequest
                                              : ErrorCode::PermissionDenied,
                 message.isEmpty() ? QString::fromUtf8(response.body).trimmed() : message};
}

} // namespace

struct WorkerPool::Worker
{
    std::unique_ptr<IoThread> thread;
    // These live in the thread.
    std::unique_ptr<NetWorker> net;
    std::unique_ptr<engineio::Application> application;
    std::unique_ptr<engineio::EngineServer> engine;
};

Result<NetConfig> WorkerPool::netConfig(const ServerConfig &config)
{
    Result<TrustedProxies> proxies = TrustedProxies::parse(config.trustedProxies);
    if (!proxies)
        return proxies.error();
    for (qsizetype i = 0; i < config.cors.origins.size(); ++i) {
        if (const QString problem = OriginPattern::problem(config.cors.origins[i]); !problem.isEmpty())
            return Error{ErrorCode::ConfigError, problem, QStringLiteral("cors.origins[%1]").arg(i)};
    }
    for (qsizetype i = 0; i < config.allowedHosts.size(); ++i) {
        if (const QString problem = HostPattern::problem(config.allowedHosts[i]); !problem.isEmpty())
            return Error{ErrorCode::ConfigError, problem, QStringLiteral("allowedHosts[%1]").arg(i)};
    }
    if (config.proxyProtocol && proxies->isEmpty()) {
        return Error{
            ErrorCode::ConfigError,
            QStringLiteral("needs trustedProxies: the addresses of the proxies that send its headers"),
            QStringLiteral("proxyProtocol")};
    }
    return NetConfig{.maxHeaderSize = config.limits.maxHeaderSize,
                     .maxMessageSize = config.engine.maxPayload,
                     .sendQueue = config.limits.sendQueue,
                     .headerTimeout = config.limits.headerTimeout,
                     .bodyTimeout = config.limits.bodyTimeout,
                     .closeTimeout = config.limits.closeTimeout,
                     .transport = config.transport,
                     .ioUring = config.ioUring,
                     .trustedProxies = *std::move(proxies),
                     .deflate = config.engine.perMessageDeflate,
                     .tls = config.tls.isSet(),
                     .proxyProtocol = config.proxyProtocol};
}

WorkerPool::WorkerPool(ServerConfig config, NetConfig net, int workers, const Factory &factory)
    : m_config(std::move(config))
    , m_net(std::move(net))
    , m_count(std::max(1, workers))
    , m_connections(
          std::make_shared<Places>(PlaceLimits{.inAll = m_config.limits.maxConnections,
                                               .perAddress = m_config.limits.maxConnectionsPerIp,
                                               .waiting = m_config.limits.waitingConnections,
                                               .waitingPerAddress = m_config.limits.waitingConnectionsPerIp}))
    , m_sessions(std::make_shared<Places>(
          PlaceLimits{.inAll = m_config.limits.maxSessions,
                      .perAddress = m_config.limits.maxSessionsPerIp,
                      .waiting = m_config.limits.sessionsWithoutConnect,
                      .waitingPerAddress = m_config.limits.sessionsWithoutConnectPerIp}))
    , m_consoles(std::make_shared<Places>(ConsoleLimits, Places::Entrance::OfConsoles))
    , m_consoleSessions(std::make_shared<Places>(ConsoleLimits, Places::Entrance::OfConsoles))
{
    std::vector<NetWorker *> peers;
    for (int index = 0; index < m_count; ++index) {
        m_workers.push_back(make(
            index,
            workers == 0
                ? IoThread::local()
                : std::make_unique<IoThread>(QStringLiteral("dialogue-io-%1").arg(index), m_net.transport),
            factory));
        peers.push_back(m_workers.back()->net.get());
    }
    for (const std::unique_ptr<Worker> &worker : m_workers)
        worker->thread->run([&] { worker->net->setPeers(peers); });
}

std::unique_ptr<WorkerPool::Worker> WorkerPool::make(int index, std::unique_ptr<IoThread> thread,
                                                     const Factory &factory)
{
    auto worker = std::make_unique<Worker>();
    worker->thread = std::move(thread);
    worker->thread->start();
    worker->thread->run([&] {
        worker->net = std::make_unique<NetWorker>(index, m_net);
        worker->application = factory(*worker->net);
        worker->engine = std::make_unique<engineio::EngineServer>(
            worker->net.get(), m_config, m_count, m_sessions, worker->application.get(), m_consoleSessions);
        worker->net->setHandler(worker->engine.get());
        worker->application->start(*worker->engine);
    });
    return worker;
}

bool WorkerPool::hasLocal() const { return m_extra || m_workers.front()->thread->isCurrent(); }

void WorkerPool::addLocal(const Factory &factory) { m_extra = make(m_count, IoThread::local(), factory); }

Result<void> WorkerPool::accept(const Peer &peer, HttpRequest &&head, const GuestMaker &make)
{
    Worker &worker = m_extra ? *m_extra : *m_workers.front();
    worker.net->describeClient(head, peer);
    using Share = Places::Share;
    const Share share = m_net.trustedProxies.contains(peer) ? Share::OfAll : Share::OfItsAddress;
    const auto isNeverAsked = [] {}; // To give way: it serves a session at once.
    auto place = m_connections->admit(peer, isNeverAsked, share);
    if (!place || !place->settle()) {
        if (const int times = m_refusals.count()) {
            qCWarning(
                lcNet,
                "WebSockets accepted elsewhere and closed at once: %d. There are as many connections as "
                "limits.maxConnections or maxConnectionsPerIp allow",
                times);
        }
        return Error{ErrorCode::LimitReached, QStringLiteral("Too many connections; try again in a moment")};
    }
    const auto refusal = worker.engine->acceptWebSocket(head, [&] {
        std::unique_ptr<GuestWebSocket> guest = make(*worker.net, *std::move(place));
        GuestWebSocket *const made = guest.get();
        worker.net->adopt(std::move(guest));
        return made;
    });
    if (refusal)
        return errorOf(*refusal);
    return {};
}

/**
 * The application is gone, as it is where the server is its child, or static: Qt delivers no events any more,
 * in no thread. What has to be done in a worker's can only be done at its end, when all have come to theirs.
 */
void WorkerPool::endWithoutEvents()
{
    std::latch quiet(static_cast<std::ptrdiff_t>(m_workers.size()));
    for (const std::unique_ptr<Worker> &worker : m_workers) {
        worker->thread->quit([&quiet, each = worker.get()] {
            quiet.arrive_and_wait();
            each->net->setPeers({});
            end(*each);
        });
    }
    for (const std::unique_ptr<Worker> &worker : m_workers)
        worker->thread->stop();
}

void WorkerPool::end(Worker &worker)
{
    worker.net.reset();
    worker.engine.reset();
    worker.application.reset();
}

WorkerPool::~WorkerPool()
{
    closeListeners();
    if (m_extra)
        end(*m_extra);
    if (!QCoreApplication::instance() && !m_workers.front()->thread->isCurrent()) {
        endWithoutEvents();
        return;
    }
    // No connection may move to a worker that is gone; in every thread the connections go first, and tell
    // those above.
    for (const std::unique_ptr<Worker> &worker : m_workers)
        worker->thread->run([&] { worker->net->setPeers({}); });
    for (const std::unique_ptr<Worker> &worker : m_workers) {
        worker->thread->run([&] { end(*worker); });
    }
    for (const std::unique_ptr<Worker> &worker : m_workers)
        worker->thread->stop();
}

void WorkerPool::listen(Listenings &&listenings, const tls::TlsEntries &entries)
{
    m_listenings = std::move(listenings);
    begin(m_listenings, m_connections, entries);
}

void WorkerPool::listenForConsoles(Listenings &&listenings, const tls::TlsEntries &entries)
{
    m_consoleListenings = std::move(listenings);
    begin(m_consoleListenings, m_consoles, entries);
}

void WorkerPool::begin(const Listenings &listenings, const std::shared_ptr<Places> &places,
                       const tls::TlsEntries &entries)
{
    const tls::TlsEntries entry = entries ? entries : [] { return tls::TlsEntryPtr(); };
    for (const std::unique_ptr<Listening> &each : listenings) {
        each->begin(
            places, m_net.trustedProxies,
            [this]() -> NetWorker & { return *m_workers[m_next++ % m_workers.size()]->net; }, entry);
    }
}

void WorkerPool::closeListeners()
{
    m_listenings.clear();
    m_consoleListenings.clear();
}

QUrl WorkerPool::consolesUrl() const
{
    return m_consoleListenings.empty() ? QUrl() : m_consoleListenings.front()->url();
}

QList<QUrl> WorkerPool::urls() const
{
    QList<QUrl> urls;
    for (const std::unique_ptr<Listening> &each : m_listenings)
        urls.append(each->url());
    return urls;
}

quint16 WorkerPool::port() const
{
    for (const std::unique_ptr<Listening> &each : m_listenings) {
        if (const quint16 port = each->port())
            return port;
    }
    return 0;
}

} // namespace dialogue
