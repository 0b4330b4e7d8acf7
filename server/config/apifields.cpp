// What a file says of the HTTP API.
#include "server/config/apifields.h"

#include "server/config/makefield.h"

using namespace Qt::StringLiterals;

namespace dialogue::config {

Fields<ServerConfig> apiFields()
{
    using C = ServerConfig;
    const auto of = [](auto member) {
        return [member](auto &config) -> auto & { return config.api.*member; };
    };
    return {
        flag<C>(u"api.enabled"_s,
                u"Answer below /api/v1 who has one of auth.apiKeys; without these there is nobody."_s,
                of(&ApiConfig::enabled)),
        text<C>(u"api.host"_s, u"Address of a listener of its own, where `port` says that there is one."_s,
                of(&ApiConfig::host), u"."_s, u"an address such as \"127.0.0.1\""_s),
        number<C>(
            u"api.port"_s, 0, 65535,
            u"Its TCP port, without TLS; 0 takes any free one and says which. The API is there, and nowhere else. Left out: it is where the clients are."_s,
            of(&ApiConfig::port)),
        rate<C>(u"api.rateLimit"_s, u"What each key may ask for; each event that is triggered counts."_s,
                of(&ApiConfig::rateLimit)),
        rate<C>(
            u"api.failedKeys"_s,
            u"How often each address may come with a key that is not accepted, or with none; after that it is refused whatever it brings, until the window lets it."_s,
            of(&ApiConfig::failedKeys)),
    };
}

} // namespace dialogue::config
