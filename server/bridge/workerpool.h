#pragma once

#include "core/base/result.h"
#include "core/base/seldom.h"
#include "server/bridge/listening.h"
#include "server/config/serverconfig.h"
#include "server/connections/networker.h"
#include "server/engine/engineserver.h"
#include "server/tcp/places.h"

#include <QUrl>

#include <functional>
#include <memory>
#include <vector>

namespace dialogue {

class GuestWebSocket;
class IoThread;

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
    WorkerPool(ServerConfig config, NetConfig net, int workers, const Factory &factory);
    ~WorkerPool(); ///< Drops what is still connected.

    /** \a entries: asked for each connection; none: they speak no TLS. */
    void listen(Listenings &&listenings, const tls::TlsEntries &entries = {});
    /** The same for consoles, whose connections and sessions have places of their own. */
    void listenForConsoles(Listenings &&listenings, const tls::TlsEntries &entries = {});
    /** Makes one more that lives in this thread, where none does, for the WebSockets that are accepted here:
     * see GuestWebSocket. Its index is the number of those before. */
    void addLocal(const Factory &factory);
    [[nodiscard]] bool hasLocal() const;
    /** Makes a WebSocket for the worker it is to be of. */
    using GuestMaker = std::function<std::unique_ptr<GuestWebSocket>(NetWorker &worker, Place &&place)>;
    /**
     * One of \a peer, accepted in this thread for \a head: it is the local worker's from here on, and there
     * is one. LimitReached, ServerDraining, PermissionDenied, InvalidRequest; nothing is made then.
     */
    Result<void> accept(const Peer &peer, HttpRequest &&head, const GuestMaker &make);

    /** Accepts no more. */
    void closeListeners();
    /** Of what is listened on. */
    [[nodiscard]] QList<QUrl> urls() const;
    [[nodiscard]] quint16 port() const; ///< The first; 0 where there is none.
    [[nodiscard]] QUrl consolesUrl() const; ///< Empty: there is no such.
    [[nodiscard]] int size() const { return static_cast<int>(m_workers.size()) + (m_extra ? 1 : 0); }

private:
    struct Worker;
    std::unique_ptr<Worker> make(int index, std::unique_ptr<IoThread> thread, const Factory &factory);
    static void end(Worker &worker);
    void begin(const Listenings &listenings, const std::shared_ptr<Places> &places,
               const tls::TlsEntries &entries);
    void endWithoutEvents();

    const ServerConfig m_config;
    const NetConfig m_net;
    const int m_count; ///< Of those that connections from the listeners are spread over.
    std::shared_ptr<Places> m_connections;
    std::shared_ptr<Places> m_sessions;
    std::vector<std::unique_ptr<Worker>> m_workers;
    std::unique_ptr<Worker> m_extra; ///< Beside those of other threads: see addLocal().
    Seldom m_refusals;
    const std::shared_ptr<Places> m_consoles; ///< Their connections ...
    const std::shared_ptr<Places> m_consoleSessions; ///< ... and sessions.
    Listenings m_listenings;
    Listenings m_consoleListenings;
    std::size_t m_next = 0;
};

} // namespace dialogue
