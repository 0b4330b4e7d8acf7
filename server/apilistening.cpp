#include "server/apilistening.h"

#include "core/base/logging.h"
#include "server/door.h"
#include "server/engine/endpointpath.h"
#include "server/rooms/hubparts.h"

namespace dialogue {

ApiListening::ApiListening(const Parts &parts)
    : m_parts(parts)
{ }

ApiListening::~ApiListening()
{
    m_listener.reset();
    if (m_thread)
        m_thread->stop();
}

Result<void> ApiListening::start(HttpRouter &router)
{
    const ApiConfig &config = m_parts.config.api;
    if (!config.enabled || !m_parts.door.hasApiKeys())
        return {};
    if (!config.port && engineio::EndpointPath(m_parts.config.engine).covers(api::HttpApi::Path)) {
        qCWarning(lcServer).noquote()
            << "There is no HTTP API:" << api::HttpApi::Path
            << "lies below engine.path, where it is never reached; api.port gives it a "
               "place, and api.enabled: false says that none is wanted";
        return {};
    }
    if (!m_api) {
        m_api
            = std::make_unique<api::HttpApi>(m_parts.config, m_parts.hub, [this](const HttpRequest &request) {
                  return m_parts.door.identify(request);
              });
        m_api->addTo(config.port ? m_ownRouter : router);
    }
    return config.port && !m_listener ? listen() : Result<void>();
}

Result<void> ApiListening::listen()
{
    const ApiConfig &config = m_parts.config.api;
    if (!m_thread) {
        m_thread = std::make_unique<IoThread>(QStringLiteral("dialogue-api"), ServerTransport::Qt);
        m_thread->start();
    }
    auto listener = std::make_unique<SideListener>(
        *m_thread, m_parts.config.limits.maxBodySize, AnswerAtOnce(),
        [this](HttpRequest &&request, const HttpResponder &responder) {
            const CallDepth::Scope scope(m_parts.hub.calls);
            m_ownRouter.handle(
                std::move(request),
                HttpResponder([responder, open = m_parts.responses.open()](HttpResponse &&response) {
                    responder.respond(std::move(response));
                }));
        });
    if (auto listening = listener->listen(config.host, *config.port, QStringLiteral("api.port")); !listening)
        return listening;
    m_listener = std::move(listener);
    qCInfo(lcServer).noquote() << "The API at"
                               << m_listener->url().toString() + QLatin1StringView(api::HttpApi::Path);
    return {};
}

QUrl ApiListening::url() const { return m_listener ? m_listener->url() : QUrl(); }

} // namespace dialogue
