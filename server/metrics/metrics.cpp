#include "server/metrics/metrics.h"

#include "server/metrics/catalogue.h"
#include "server/metrics/processfigures.h"
#include "server/metrics/prometheustext.h"
#include "server/metrics/statsdsender.h"

#include <QDateTime>

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::metrics {

Metrics::Metrics(const MetricsConfig &config, Sources sources)
    : m_config(config)
    , m_sources(std::move(sources))
    , m_startedAt(double(QDateTime::currentMSecsSinceEpoch()) / 1000)
    , m_written([this](Written &&each) { written(std::move(each)); })
    , m_thread(u"dialogue-metrics"_s, ServerTransport::Qt)
{
    m_thread.start();
    m_timer.callOnTimeout(&m_timer, [this] { take({.pushed = true}); });
}

Metrics::~Metrics()
{
    *m_alive = false;
    m_thread.run([this] { m_statsd.reset(); });
}

bool Metrics::isPushing() const { return m_config.format == MetricsFormat::Statsd || m_config.exporter; }

void Metrics::start()
{
    if (!isPushing())
        return;
    if (m_config.format == MetricsFormat::Statsd) {
        m_thread.run(
            [this] { m_statsd = std::make_unique<StatsdSender>(m_config.address, m_config.prefix); });
    }
    m_timer.start(m_config.interval);
}

void Metrics::scrape(const HttpResponder &responder)
{
    (m_isTaking ? m_askedNext : m_asked).push_back(responder);
    take({.text = true});
}

void Metrics::take(Wanted wanted)
{
    Wanted &all = m_isTaking ? m_next : m_wanted;
    all = {all.text || wanted.text, all.pushed || wanted.pushed};
    if (std::exchange(m_isTaking, true))
        return;
    m_sources.askWorkers([this, alive = std::weak_ptr<bool>(m_alive)](std::vector<WorkerCounters> &&workers) {
        if (alive.expired())
            return;
        Figures figures = m_sources.hub();
        figures.workers = std::move(workers);
        taken(std::move(figures));
    });
}

void Metrics::taken(Figures &&figures)
{
    figures.startedAt = m_startedAt;
    figures.collections = ++m_collections;
    figures.linesTooLong = m_linesTooLong;
    m_thread.post([this, wanted = m_wanted, taken = std::make_shared<const Figures>(std::move(figures))] {
        const MetricFamilies families = familiesOf(*taken) + processFamilies();
        if (wanted.pushed && m_statsd)
            m_statsd->send(families);
        if (wanted.pushed && m_config.exporter) {
            const auto where = [] { return u"while it wrote them"_s; };
            guarded(m_exceptions, where, [&] { m_config.exporter(families); });
        }
        m_written.post({.text = wanted.text ? prometheusText(families) : QByteArray(),
                        .wanted = wanted,
                        .linesTooLong = m_statsd ? quint64(m_statsd->linesTooLong()) : 0});
    });
}

void Metrics::written(Written &&written)
{
    m_linesTooLong = written.linesTooLong;
    for (const HttpResponder &responder : std::exchange(m_asked, std::exchange(m_askedNext, {}))) {
        HttpResponse response = HttpResponse::of(200, PrometheusType, written.text);
        response.headers.append("Cache-Control", "no-store");
        responder.respond(std::move(response));
    }
    m_isTaking = false;
    const Wanted next = std::exchange(m_next, {});
    m_wanted = {};
    if (next.text || next.pushed)
        take(next);
}

} // namespace dialogue::metrics
