#pragma once

#include "server/middleware/middlewarecounters.h"
#include "server/rooms/middlewares.h"

#include <chrono>
#include <memory>

class QNetworkAccessManager;

namespace dialogue {

struct ServerConfig;

/** Makes the steps that are built in. Outlives them, and what they have asked. Hub's thread. */
class BuiltInMiddleware final : public MiddlewareFactory
{
public:
    explicit BuiltInMiddleware(const ServerConfig &config);
    ~BuiltInMiddleware() override;

    Result<Middleware> make(const MiddlewareConfig &config, bool ofRoom) override;

    [[nodiscard]] const MiddlewareCounters &counters() const { return m_counters; }

private:
    [[nodiscard]] Result<Middleware> makeOf(const EventLogger &logger, bool ofRoom);
    [[nodiscard]] Result<Middleware> makeOf(const ContentFilter &filter, bool ofRoom);
    [[nodiscard]] Result<Middleware> makeOf(const RequireRole &required, bool ofRoom);
    [[nodiscard]] Result<Middleware> makeOf(const RateLimit &limit, bool ofRoom);
    [[nodiscard]] Result<Middleware> makeOf(const Webhook &webhook, bool ofRoom);

    const std::chrono::milliseconds m_longestAnswer; ///< Of whatever is asked.
    const int m_mostKeys;
    MiddlewareCounters m_counters;
    std::unique_ptr<QNetworkAccessManager> m_network; ///< With the first webhook.
};

} // namespace dialogue
