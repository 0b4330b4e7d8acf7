// What a file says of what the server tells of itself.
#include "server/config/healthfields.h"

#include "server/config/makefield.h"

using namespace Qt::StringLiterals;

namespace dialogue::config {

Fields<ServerConfig> healthFields()
{
    using C = ServerConfig;
    return {
        flag<C>(
            u"health.enabled"_s,
            u"Answer /health, whether the server turns, /ready, whether it should be sent clients, and /version. Routes of the application's own at these paths go before."_s,
            [](auto &config) -> auto & { return config.health.enabled; }),
        flag<C>(
            u"health.open"_s,
            u"Tell anybody which version it is, and why it is not ready; else only who asks from the server's own machine, or has an API key with the scope monitor."_s,
            [](auto &config) -> auto & { return config.health.open; }),
    };
}

} // namespace dialogue::config
