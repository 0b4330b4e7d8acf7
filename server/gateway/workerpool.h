#pragma once

#include "core/base/result.h"
#include "server/config/serverconfig.h"
#include "server/engine/engineserver.h"
#include "server/net/networker.h"
#include "server/net/places.h"

#include <functional>
#include <memory>
#include <vector>

namespace dialogue {

class Listener;

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

    [[nodiscard]] Result<void> listen(const QString &host, quint16 port);
    /** Accepts no more. */
    void closeListener();
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] int size() const { return static_cast<int>(m_workers.size()); }

private:
    struct Worker;
    void endWithoutEvents();

    TrustedProxies m_proxies;
    std::shared_ptr<Places> m_connections;
    std::vector<std::unique_ptr<Worker>> m_workers;
    std::unique_ptr<Listener> m_listener;
    std::size_t m_next = 0;
};

} // namespace dialogue
