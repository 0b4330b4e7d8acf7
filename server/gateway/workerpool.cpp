#include "server/gateway/workerpool.h"

#include "server/net/handedsockets.h"
#include "server/net/iothread.h"
#include "server/net/listener.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstddef>
#include <latch>

namespace dialogue {

namespace {

Result<std::vector<ListenSocket>> adoptHandedOver()
{
    const Result<QList<int>> descriptors = takeHandedSockets();
    if (!descriptors)
        return descriptors.error();
    if (descriptors->isEmpty()) {
        return Error{ErrorCode::ConfigError,
                     QStringLiteral(
                         "systemd has handed over no socket; start it by a socket unit, or give an address"),
                     QStringLiteral("host")};
    }
    std::vector<ListenSocket> sockets;
    std::optional<Error> error;
    for (const int descriptor : *descriptors) { // All of them are ours from here on.
        if (Result<ListenSocket> socket = ListenSocket::adopt(descriptor))
            sockets.push_back(*std::move(socket));
        else if (!error)
            error = socket.error();
    }
    if (error)
        return *error;
    return sockets;
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
                     .ioUring = config.ioUring,
                     .trustedProxies = *std::move(proxies),
                     .proxyProtocol = config.proxyProtocol};
}

WorkerPool::WorkerPool(const ServerConfig &config, const NetConfig &net, int workers, const Factory &factory)
    : m_proxies(net.trustedProxies)
    , m_connections(
          std::make_shared<Places>(PlaceLimits{.inAll = config.limits.maxConnections,
                                               .perAddress = config.limits.maxConnectionsPerIp,
                                               .waiting = config.limits.waitingConnections,
                                               .waitingPerAddress = config.limits.waitingConnectionsPerIp}))
{
    const auto sessions = std::make_shared<Places>(
        PlaceLimits{.inAll = config.limits.maxSessions,
                    .perAddress = config.limits.maxSessionsPerIp,
                    .waiting = config.limits.sessionsWithoutConnect,
                    .waitingPerAddress = config.limits.sessionsWithoutConnectPerIp});
    const int count = std::max(1, workers);
    std::vector<NetWorker *> peers;
    for (int index = 0; index < count; ++index) {
        auto worker = std::make_unique<Worker>();
        worker->thread = workers == 0
            ? IoThread::local()
            : std::make_unique<IoThread>(QStringLiteral("dialogue-io-%1").arg(index));
        worker->thread->start();
        worker->thread->run([&] {
            worker->net = std::make_unique<NetWorker>(index, net);
            worker->application = factory(*worker->net);
            worker->engine = std::make_unique<engineio::EngineServer>(worker->net.get(), config, count,
                                                                      sessions, worker->application.get());
            worker->net->setHandler(worker->engine.get());
            worker->application->start(*worker->engine);
        });
        peers.push_back(worker->net.get());
        m_workers.push_back(std::move(worker));
    }
    for (const std::unique_ptr<Worker> &worker : m_workers)
        worker->thread->run([&] { worker->net->setPeers(peers); });
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
            each->net.reset();
            each->engine.reset();
            each->application.reset();
        });
    }
    for (const std::unique_ptr<Worker> &worker : m_workers)
        worker->thread->stop();
}

WorkerPool::~WorkerPool()
{
    m_listeners.clear();
    if (!QCoreApplication::instance() && !m_workers.front()->thread->isCurrent()) {
        endWithoutEvents();
        return;
    }
    // No connection may move to a worker that is gone; in every thread the connections go first, and tell
    // those above.
    for (const std::unique_ptr<Worker> &worker : m_workers)
        worker->thread->run([&] { worker->net->setPeers({}); });
    for (const std::unique_ptr<Worker> &worker : m_workers) {
        worker->thread->run([&] {
            worker->net.reset();
            worker->engine.reset();
            worker->application.reset();
        });
    }
    for (const std::unique_ptr<Worker> &worker : m_workers)
        worker->thread->stop();
}

Result<std::vector<ListenSocket>> WorkerPool::openSockets(const ServerConfig &config)
{
    std::vector<ListenSocket> sockets;
    if (config.host == HandedOver)
        return adoptHandedOver();
    if (!config.host.startsWith(UnixPrefix)) {
        Result<ListenSocket> socket = ListenSocket::tcp(config.host, config.port);
        if (!socket)
            return socket.error();
        sockets.push_back(*std::move(socket));
        return sockets;
    }
    const Result<UnixAddress> address = UnixAddress::parse(config.host);
    if (!address)
        return address.error();
    Result<ListenSocket> socket = ListenSocket::unixSocket(*address);
    if (!socket)
        return socket.error();
    sockets.push_back(*std::move(socket));
    return sockets;
}

void WorkerPool::listen(std::vector<ListenSocket> &&sockets)
{
    for (ListenSocket &socket : sockets) {
        m_listeners.push_back(
            std::make_unique<Listener>(m_connections, m_proxies, [this](qintptr descriptor, Place &&place) {
                Worker &worker = *m_workers[m_next++ % m_workers.size()];
                worker.net->adopt(descriptor, std::move(place));
            }));
        m_listeners.back()->listen(std::move(socket));
    }
}

void WorkerPool::closeListeners() { m_listeners.clear(); }

QList<QUrl> WorkerPool::urls() const
{
    QList<QUrl> urls;
    for (const std::unique_ptr<Listener> &listener : m_listeners) {
        const ListenSocket &socket = *listener->socket();
        QUrl url;
        if (socket.isUnix()) {
            url.setScheme(QStringLiteral("unix"));
            url.setPath(socket.path());
        } else {
            url.setScheme(QStringLiteral("http"));
            url.setHost(socket.address().toString());
            url.setPort(socket.port());
        }
        urls.append(url);
    }
    return urls;
}

quint16 WorkerPool::port() const
{
    for (const std::unique_ptr<Listener> &listener : m_listeners) {
        if (const quint16 port = listener->port())
            return port;
    }
    return 0;
}

} // namespace dialogue
