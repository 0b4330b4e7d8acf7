#include "server/admin/statssampler.h"

#include "server/metrics/catalogue.h"
#include "server/metrics/processfigures.h"

#include <QDateTime>

#include <chrono>
#include <utility>

namespace dialogue::admin {

StatsSampler::StatsSampler(AdminThread &thread, Sources sources,
                           std::function<void(const QByteArray &json)> taken)
    : m_thread(thread)
    , m_sources(std::move(sources))
    , m_taken(std::move(taken))
{
    m_timer.callOnTimeout(&m_timer, [this] { take(); });
}

void StatsSampler::start()
{
    if (m_timer.isActive())
        return;
    m_timer.start(std::chrono::seconds(1));
    take();
}

void StatsSampler::take()
{
    if (std::exchange(m_isTaking, true)) // A worker that has much to do answers late.
        return;
    m_sources.askWorkers([this, alive = std::weak_ptr(m_alive)](std::vector<WorkerCounters> &&workers) {
        if (alive.expired())
            return;
        metrics::Figures figures = m_sources.hub();
        figures.workers = std::move(workers);
        m_thread.ask(
            [figures = std::move(figures)](AdminThread::Parts &parts) {
                const std::chrono::duration<double> now = std::chrono::steady_clock::now().time_since_epoch();
                const MetricFamilies families = metrics::familiesOf(figures) + metrics::processFamilies();
                parts.past.add(QDateTime::currentMSecsSinceEpoch(), parts.stats.read(families, now.count()));
                return parts.past.newestJson();
            },
            [this](QByteArray &&json) {
                m_isTaking = false;
                m_taken(json);
            });
    });
}

} // namespace dialogue::admin
