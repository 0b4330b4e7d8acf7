#include "server/monitoring.h"

#include "core/base/logging.h"
#include "server/bridge/workergateway.h"
#include "server/door.h"
#include "server/engine/endpointpath.h"
#include "server/health/insider.h"
#include "server/rooms/room.h"
#include "server/rooms/roommanager.h"
#include "server/rooms/roommeters.h"

#include <QHash>

#include <utility>

namespace dialogue {

using metrics::Figures;
using metrics::Metrics;
using metrics::RoomFigures;

namespace {

constexpr qint64 LargestBody = 1024; ///< Of who scrapes and probes, who send none.
constexpr Probes::Path AllProbes[] = {Probes::Path::Health, Probes::Path::Ready, Probes::Path::Version};

RoomFigures figuresOf(const RoomMeter &meter, qint64 participants)
{
    RoomFigures figures{.room = meter.name(),
                        .participants = participants,
                        .dropped = meter.losses()->dropped,
                        .replaced = meter.losses()->replaced};
    for (const RoomMeter::Event &event : meter.events())
        figures.events.push_back({event.name, event.latency});
    // Where all events are declared there are no others, and no series that stays 0 for ever.
    if (meter.events().empty() || meter.others().latency.count() != 0)
        figures.events.push_back({meter.others().name, meter.others().latency});
    return figures;
}

} // namespace

Monitoring::Monitoring(Parts parts)
    : m_parts(std::move(parts))
    , m_pulse(m_vitals, m_parts.stores)
    , m_metrics(
          m_parts.config.metrics.enabled ? std::make_unique<Metrics>(
              m_parts.config.metrics,
              Metrics::Sources{.askWorkers = [this](auto done) { m_parts.gateway.snapshot(std::move(done)); },
                               .hub = [this] { return figures(); }})
                                         : nullptr)
{ }

Result<void> Monitoring::start(HttpRouter &router)
{
    const MetricsConfig &config = m_parts.config.metrics;
    if (m_metrics && !config.port
        && engineio::EndpointPath(m_parts.config.engine).covers(config.endpoint.toUtf8())) {
        return Error{ErrorCode::ConfigError,
                     QStringLiteral("lies below engine.path, where it is never reached"),
                     QStringLiteral("metrics.endpoint")};
    }
    if (m_metrics && config.port && !m_server) {
        if (auto listening = listen(); !listening)
            return listening;
    }
    if (std::exchange(m_hasRoutes, true))
        return {};
    if (m_metrics && !m_server)
        addMetrics(router);
    if (!m_parts.config.health.enabled)
        return {};
    std::vector<Probes::Path> paths;
    for (const Probes::Path path : AllProbes) {
        if (!router.takes("GET", Probes::nameOf(path)))
            paths.push_back(path);
    }
    addProbes(router, paths);
    m_parts.gateway.setAnswersAtOnce(atOnce(paths));
    return {};
}

Result<void> Monitoring::listen()
{
    std::vector<Probes::Path> paths;
    if (m_parts.config.health.enabled)
        paths.assign(std::begin(AllProbes), std::end(AllProbes));
    auto server
        = std::make_unique<SideListener>(m_metrics->thread(), LargestBody, atOnce(paths),
                                         [this](HttpRequest &&request, const HttpResponder &responder) {
                                             m_ownRouter.handle(std::move(request), responder);
                                         });
    const MetricsConfig &config = m_parts.config.metrics;
    if (auto listening = server->listen(config.host, *config.port, QStringLiteral("metrics.port"));
        !listening)
        return listening;
    m_server = std::move(server);
    addProbes(m_ownRouter, paths);
    addMetrics(m_ownRouter);
    qCInfo(lcServer).noquote() << "Metrics at" << m_server->url().toString() + config.endpoint;
    return {};
}

void Monitoring::setListening(bool listens)
{
    m_vitals->setListening(listens);
    if (!listens)
        return;
    m_pulse.start();
    if (m_metrics)
        m_metrics->start();
}

QUrl Monitoring::url() const { return m_server ? m_server->url() : QUrl(); }

bool Monitoring::mayKnow(const HttpRequest &request) const
{
    return isFromThisMachine(request) || m_parts.door.mayMonitor(request);
}

AnswerAtOnce Monitoring::atOnce(const std::vector<Probes::Path> &paths) const
{
    return [probes = Probes(m_vitals, m_parts.config.health.open, paths)](const HttpRequest &request) {
        return probes.answerAtOnce(request);
    };
}

void Monitoring::addProbes(HttpRouter &router, const std::vector<Probes::Path> &paths)
{
    const auto probes = std::make_shared<const Probes>(m_vitals, m_parts.config.health.open, paths);
    for (const Probes::Path path : paths) {
        router.get(Probes::nameOf(path), [this, probes, path](const HttpRequest &request) {
            return probes->answer(path, mayKnow(request));
        });
    }
}

void Monitoring::addMetrics(HttpRouter &router)
{
    const MetricsConfig &config = m_parts.config.metrics;
    if (config.format != MetricsFormat::Prometheus)
        return;
    router.routeAsync("GET", config.endpoint.toUtf8(),
                      [this](const HttpRequest &request, const HttpResponder &responder) {
                          if (m_parts.config.metrics.open || mayKnow(request))
                              m_metrics->scrape(responder);
                          else
                              responder.respond(notForStrangers());
                      });
}

Figures Monitoring::figures() const
{
    Figures figures{.server = m_parts.counters(),
                    .rooms = roomFigures(),
                    .roomCount = m_parts.rooms.index().size(),
                    .published = m_parts.rooms.services().sequence->published(),
                    .inboundBytes = m_parts.gateway.inboundBytes()};
    if (m_parts.meters)
        figures.beyondLimit = m_parts.meters->beyondLimit().others().latency.count();
    return figures;
}

std::vector<RoomFigures> Monitoring::roomFigures() const
{
    std::vector<RoomFigures> figures;
    if (!m_parts.meters)
        return figures;
    QHash<const RoomMeter *, qint64> participants;
    for (const Room *const room : m_parts.rooms.rooms())
        participants[&m_parts.meters->of(room->id())] += room->size();
    for (const RoomMeter *const meter : m_parts.meters->all()) {
        const qint64 inIt = participants.value(meter);
        if (meter == &m_parts.meters->beyondLimit() && inIt == 0 && meter->others().latency.count() == 0)
            continue;
        figures.push_back(figuresOf(*meter, inIt));
    }
    return figures;
}

} // namespace dialogue
