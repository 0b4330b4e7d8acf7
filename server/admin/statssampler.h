#pragma once

#include "server/admin/adminthread.h"
#include "server/bridge/counters.h"
#include "server/metrics/figures.h"

#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace dialogue::admin {

/** Takes each second what the server has counted, for the figures that consoles show, and their past. Of the
 * hub. */
class StatsSampler
{
public:
    struct Sources
    {
        /** Asks the io workers; the answer comes in the hub. */
        std::function<void(std::function<void(std::vector<WorkerCounters> &&)>)> askWorkers;
        std::function<metrics::Figures()> hub; ///< But for the workers; at once.
    };
    /** \a taken gets the newest values, as JSON. \a thread outlives it. */
    StatsSampler(AdminThread &thread, Sources sources, std::function<void(const QByteArray &json)> taken);
    Q_DISABLE_COPY_MOVE(StatsSampler)

    void start();
    void stop() { m_timer.stop(); }

private:
    void take();

    AdminThread &m_thread;
    const Sources m_sources;
    const std::function<void(const QByteArray &)> m_taken;
    QTimer m_timer;
    bool m_isTaking = false;
    const std::shared_ptr<const bool> m_alive = std::make_shared<const bool>(true);
};

} // namespace dialogue::admin
