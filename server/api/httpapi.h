#pragma once

#include "server/api/operation.h"
#include "server/budgets/ratewindows.h"
#include "server/config/serverconfig.h"
#include "server/http/router.h"

#include <functional>
#include <memory>

namespace dialogue {

class HubParts;

namespace api {

/**
 * The HTTP API: who brings an API key reads and changes by plain requests what others do over Socket.IO
 * (docs/http-api.md). Each operation is declared once, and by that routed, checked and documented. Lives in
 * the hub's thread.
 */
class HttpApi
{
public:
    static constexpr auto Path = "/api/v1";

    /** Who has sent \a request, by its key; Unauthorized, TokenExpired. */
    using Identify = std::function<Result<Identity>(const HttpRequest &request)>;

    /** \a config and \a parts outlive it. */
    HttpApi(const ServerConfig &config, HubParts &parts, Identify identify);
    ~HttpApi();
    Q_DISABLE_COPY_MOVE(HttpApi)

    /** Answers all below Path there, behind what other routes take. */
    void addTo(HttpRouter &router);

private:
    void handle(const HttpRequest &request, const HttpResponder &responder);
    [[nodiscard]] QList<QByteArray> allowedAt(const HttpRequest &request) const;
    [[nodiscard]] HttpResponse notServed(const HttpRequest &request) const;
    void run(const Operation &operation, const HttpRequest &request, const HttpResponder &responder);
    [[nodiscard]] Result<Identity> identify(const HttpRequest &request);
    [[nodiscard]] Result<void> take(const Caller &caller, qsizetype count);
    [[nodiscard]] QJsonObject document(const Caller &caller) const;
    void addRateLimit(HttpResponse &response, const Caller &caller) const;

    const ServerConfig &m_config;
    HubParts &m_parts;
    const Identify m_identify;
    QList<Operation> m_operations;
    HttpRouter m_router; ///< Of the operations.
    std::unique_ptr<RateWindows> m_rates; ///< By key.
    std::unique_ptr<RateWindows> m_failures; ///< By address: keys that were not accepted.
    const std::shared_ptr<const bool> m_alive
        = std::make_shared<bool>(true); ///< For answers that come later.
};

} // namespace api
} // namespace dialogue
