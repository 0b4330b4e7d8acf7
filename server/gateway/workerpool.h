#pragma once

#include "core/base/result.h"
#include "server/config/serverconfig.h"
#include "server/engine/engineserver.h"
#include "server/net/networker.h"
#include "server/net/places.h"

#include <QUrl>

#include <functional>
#include <memory>
#include <vector>

namespace dialogue {

class Listener;
class ListenSocket;

/**
 * The io threads, with net and Engine.IO in each and an application on top, and the listener that spreads
 * connections over them. Made, used and destroyed in one thread, the hub's; with no worker all of it lives
 * there.
 */
class WorkerPool
{
public:
    /** Makes the application of one worker, in its thread. It is destroyed there, after the worker's
     * sessions. */
    using Factory = std::function<std::unique_ptr<engineio::Application>(NetWorker &net)>;

    /** What net is told of \a config; ConfigError where that, origins or hosts are wrong. */
    static Result<NetConfig> netConfig(const ServerConfig &config);

    /** \a workers: see workerCount(). */
    WorkerPool(const ServerConfig &config, const NetConfig &net, int workers, const Factory &factory);
    ~WorkerPool(); ///< Drops what is still connected.

    /** What \a config says to listen on: what was handed over, a Unix socket, or an address and a port. */
    static Result<std::vector<ListenSocket>> openSockets(const ServerConfig &config);
    void listen(std::vector<ListenSocket> &&sockets);
    /** Accepts no more. */
    void closeListeners();
    /** Of what is listened on. */
    [[nodiscard]] QList<QUrl> urls() const;
    [[nodiscard]] quint16 port() const; ///< The first; 0 where there is none.
    [[nodiscard]] int size() const { return static_cast<int>(m_workers.size()); }

private:
    struct Worker;
    void endWithoutEvents();

    TrustedProxies m_proxies;
    std::shared_ptr<Places> m_connections;
    std::vector<std::unique_ptr<Worker>> m_workers;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::size_t m_next = 0;
};

} // namespace dialogue
