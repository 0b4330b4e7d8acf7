#pragma once

#include "server/admin/adminthread.h"
#include "server/admin/command.h"
#include "server/admin/targets.h"

#include <QHash>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace dialogue {
class HubParts;
}

namespace dialogue::admin {

/**
 * `admin:do`: what can be done over HTTP, by who may, once for each id that a console gives it; written down
 * before it is done, and what became of it afterwards. Of the hub.
 */
class Actions
{
public:
    struct Request
    {
        QString id = {};
        QString action = {};
        JsonData args = {}; ///< Null: there are none.
        QList<JsonData> each = {}; ///< In place of args: several times, with these.
        QString where = {}; ///< In place of whom it is for: a filter of clients or of rooms.
        QString room = {}; ///< With it, of clients: those in this room.
        std::optional<qint64> expect = {}; ///< With it: to no more than so many.
        QString reason = {};
        bool dryRun = false;
    };

    /** All outlive it; \a drain begins to stop the server. */
    Actions(HubParts &parts, AdminThread &thread, const QByteArray &salt, std::function<void()> drain);
    ~Actions();
    Q_DISABLE_COPY_MOVE(Actions)

    void run(const Account &account, const Request &request, const Done &done);
    /** Writes down that \a account looks at something, before \a then. */
    void note(const Account &account, const QString &action, const QJsonObject &args,
              const std::function<void(Result<void> &&)> &then);

    [[nodiscard]] static api::Parameters<Request> parameters();
    [[nodiscard]] QStringList namesFor(const Account &account) const;
    [[nodiscard]] qint64 done() const { return m_done; }
    [[nodiscard]] qint64 refused() const { return m_refused; }

    static constexpr int MostFiltered = 4; ///< Requests with a filter that are being done.
    static constexpr int MostAtOnce = 100; ///< Of one request.
    static constexpr std::size_t MostRemembered = 1000; ///< Ids, of all accounts.

private:
    struct Action;
    struct Run;
    using Key = std::pair<QString, QString>; ///< The account's name, and the id it gave.
    /** What became of an id, or who waits for that. */
    struct Known
    {
        QByteArray digest; ///< SHA-256 of what it was given for.
        std::optional<Result<Reply>> outcome = {};
        std::vector<Done> waiting = {};
    };

    [[nodiscard]] const Action *find(const QString &name) const;
    [[nodiscard]] Result<std::vector<api::Values>> valuesOf(const Action &action,
                                                            const Request &request) const;
    [[nodiscard]] Result<Reply> wouldDo(const Action &action, const Account &account,
                                        const std::vector<api::Values> &items) const;
    void countFor(const Action &action, const Account &account, std::vector<api::Values> items,
                  const Done &done) const;
    [[nodiscard]] bool isKnown(const Account &account, const Request &request, const Done &done);
    [[nodiscard]] static QJsonObject noteOf(const Account &account, const Request &request);
    // For all that a filter wants; an Error: nothing was begun.
    [[nodiscard]] Result<void> runWhere(const Account &account, const Action &action, const Request &request,
                                        const Done &done);
    [[nodiscard]] Result<api::Values> commonValues(const Account &account, const Action &action,
                                                   const Request &request) const;
    [[nodiscard]] Result<Targets::Wanted> wantedBy(const Account &account, const Action &action,
                                                   const Request &request, const api::Values &common) const;
    [[nodiscard]] Reply wouldReach(const Targets::Found &found) const;
    void foundThem(const std::shared_ptr<Run> &run, const Targets::Found &found, const Request &request,
                   const api::Values &common);
    [[nodiscard]] int mostTargets() const;
    void begin(const std::shared_ptr<Run> &run);
    void goOn(const std::shared_ptr<Run> &run);
    void ended(const std::shared_ptr<Run> &run);
    void tell(const Run &run);
    void settle(const Key &key, Result<Reply> &&outcome);
    void remember(const Key &key, const QByteArray &digest, const Done &done);

    HubParts &m_parts;
    AdminThread &m_thread;
    std::vector<Action> m_actions;
    std::map<Key, Known> m_known;
    std::deque<Key> m_order; ///< Of m_known, the oldest first.
    Targets m_targets;
    std::shared_ptr<int> m_filtered = std::make_shared<int>(0); ///< Requests with a filter under way.
    qint64 m_done = 0;
    qint64 m_refused = 0;
    const std::shared_ptr<const bool> m_alive = std::make_shared<const bool>(true);
};

} // namespace dialogue::admin
