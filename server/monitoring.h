#pragma once

#include "core/base/result.h"
#include "server/bridge/sidelistener.h"
#include "server/config/serverconfig.h"
#include "server/health/probes.h"
#include "server/health/pulse.h"
#include "server/http/router.h"
#include "server/metrics/metrics.h"
#include "server/servercounters.h"

#include <QUrl>

#include <functional>
#include <memory>
#include <vector>

namespace dialogue {

class Door;
class RoomManager;
class RoomMeters;
class WorkerGateway;

/** What the server tells of itself to who looks after it, and where: probes and metrics, put together. Of the
 * hub. */
class Monitoring
{
public:
    /** All outlive it. */
    struct Parts
    {
        const ServerConfig &config;
        WorkerGateway &gateway;
        const RoomManager &rooms;
        RoomMeters *meters; ///< Null: there are no metrics.
        const Door &door;
        std::function<ServerCounters()> counters;
        std::function<bool()> stores; ///< What is said can be stored now.
    };
    explicit Monitoring(Parts parts);

    /** Adds its routes to \a router, behind the application's own, and listens where it has to; once, however
     * often it is called. ConfigError, IoError. */
    [[nodiscard]] Result<void> start(HttpRouter &router);
    void setListening(bool listens);
    void setDraining() { m_vitals->setDraining(); }
    [[nodiscard]] QUrl url() const; ///< Of a listener of its own; empty: there is none.
    [[nodiscard]] metrics::Figures figures() const; ///< Of all but the workers.

private:
    [[nodiscard]] bool mayKnow(const HttpRequest &request) const;
    [[nodiscard]] AnswerAtOnce atOnce(const std::vector<Probes::Path> &paths) const;
    void addProbes(HttpRouter &router, const std::vector<Probes::Path> &paths);
    void addMetrics(HttpRouter &router);
    [[nodiscard]] Result<void> listen();
    [[nodiscard]] std::vector<metrics::RoomFigures> roomFigures() const;

    const Parts m_parts;
    const std::shared_ptr<Vitals> m_vitals = std::make_shared<Vitals>(); ///< The workers', too.
    Pulse m_pulse;
    bool m_hasRoutes = false;
    HttpRouter m_ownRouter; ///< Of the listener of its own.
    const std::unique_ptr<metrics::Metrics> m_metrics; ///< Null: there are none.
    std::unique_ptr<SideListener> m_server; ///< Null: it has no listener of its own.
};

} // namespace dialogue
