#pragma once

#include "core/base/seldomofkind.h"
#include "server/admin/actions.h"
#include "server/admin/admincounters.h"
#include "server/admin/adminthread.h"
#include "server/admin/command.h"
#include "server/admin/consolewatches.h"
#include "server/admin/doorkeeper.h"
#include "server/admin/lists.h"
#include "server/admin/livelists.h"
#include "server/admin/refusalcollector.h"
#include "server/admin/statssampler.h"
#include "server/admin/traces.h"
#include "server/admin/why.h"
#include "server/bridge/workergateway.h"
#include "server/budgets/ratewindows.h"
#include "server/timeline/timelines.h"

#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <unordered_set>

namespace dialogue {
class HubParts;
}

namespace dialogue::admin {

/**
 * The namespace /admin: who is in it, and what they ask. Nothing of it is there but where the configuration
 * names an account, or wants a token; and an application's users never come in. Of the hub.
 */
class Admin final : public SocketListener
{
public:
    struct Parts
    {
        const ServerConfig &config;
        HubParts &hub;
        WorkerGateway &gateway;
        StatsSampler::Sources sources;
        std::function<void()> drain; ///< Begins to stop the server.
    };
    /** All outlive it. */
    explicit Admin(Parts parts);
    ~Admin() override;

    /** Before it is opened; once, however often it is called. ConfigError, IoError. */
    [[nodiscard]] Result<void> start();
    /** Once \a url, the server's, is listened on: makes what needs that. IoError. */
    [[nodiscard]] Result<void> announce(const QUrl &url) { return m_door.announce(url); }
    /** The configuration is another: who may not be here any more goes. */
    void review();
    /** What was opened is opened anew. */
    void readFilesAgain();
    void stop(); ///< Nobody comes in any more.
    [[nodiscard]] AdminCounters counters() const;

    // SocketListener
    void socketConnecting(SocketId socket, ConnectRequest &&request) override;
    void socketEvent(SocketId socket, IncomingEvent &&event) override;
    void socketAck(SocketId, quint64, JsonData &&, QList<QByteArray> &&) override { }
    void socketDisconnected(SocketId socket, DisconnectReason reason) override;

private:
    [[nodiscard]] Console *find(SocketId socket);
    void admit(SocketId socket, Result<Account> &&account);
    void refuse(SocketId socket, const Error &error);
    void hello(const Console &console);
    [[nodiscard]] std::vector<Command> commands();
    [[nodiscard]] std::vector<Command> readingCommands();
    [[nodiscard]] std::vector<Command> watchingCommands();
    [[nodiscard]] std::vector<Command> explainingCommands();
    void get(const Console &console, const QString &what, const QString &id, qint64 since, const Done &done);
    void list(const Console &console, const Lists::Request &request, const Done &done);
    void listErrors(const Console &console, const Lists::Request &request, quint64 before, const Done &done);
    [[nodiscard]] static Result<void> maySeeAudit(const Account &account);
    // What is watched besides figures.
    void watch(Console &console, const ConsoleWatches::Request &request, const Done &done);
    [[nodiscard]] Result<Reply> watchLog(Console &console, const ConsoleWatches::Request &request);
    [[nodiscard]] Result<Reply> watchList(Console &console, const ConsoleWatches::Request &request);
    void updateWatch(Console &console, const ConsoleWatches::Request &request, const Done &done);
    // What is watched besides figures and events.
    [[nodiscard]] bool unwatchOther(Console &console, const QString &name); ///< False: there is none.
    void creditOther(const Console &console, const QString &name, quint64 number);
    void forgetOthers(const Console &console); ///< Which is gone.
    void removeLog(LogWatches::Id id);
    void statsTaken(const QByteArray &json);
    void answer(SocketId socket, std::optional<quint64> ackId, Result<Reply> &&outcome);

    static constexpr RateLimit Requests{.maxEvents = 100, .window = std::chrono::seconds(1)};
    static constexpr RateLimit Credits{.maxEvents = 2000, .window = std::chrono::seconds(1)};
    static constexpr int MostPages = 4; ///< Of logs, that one console waits for.
    static constexpr std::size_t MostWaiting = 64; ///< Sockets that the doorkeeper has not answered for.

    const Parts m_parts;
    const QByteArray m_salt;
    HubCalls m_calls;
    std::unordered_map<SocketId, std::unique_ptr<Console>> m_consoles;
    std::unordered_set<SocketId> m_waiting; ///< For the doorkeeper.
    RateWindows m_requests; ///< By account.
    RateWindows m_credits; ///< The same.
    qint64 m_refused = 0;
    SeldomOfKind<ErrorCode> m_refusals;
    bool m_isStopped = false;
    WatchLoad m_load; ///< The thread's, too.
    WatchThread m_watchThread;
    AdminThread m_thread;
    AccountHook m_hook;
    Doorkeeper m_door;
    Actions m_actions;
    Timelines m_timelines;
    Lists m_lists;
    Why m_why;
    Traces m_traces;
    ConsoleWatches m_watches;
    LiveLists m_live;
    LogWatches::Id m_lastLog = 0;
    qint64 m_logCount = 0; ///< Of the error and audit watches there are.
    std::map<LogWatches::Id, RefusalScope> m_refusalScopes; ///< Of those that watch refusals.
    RefusalCollector m_refusalCollector;
    StatsSampler m_sampler;
    const std::vector<Command> m_commands;
    QObject m_context; ///< Of what is heard of rooms.
};

} // namespace dialogue::admin
