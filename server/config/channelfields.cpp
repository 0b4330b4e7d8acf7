// What a file says of channels.
#include "server/config/channelfields.h"

#include "server/config/makefield.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace dialogue::config {

Fields<ServerConfig> channelFields()
{
    using C = ServerConfig;
    const auto of = [](auto member) {
        return [member](auto &config) -> auto & { return config.channels.sse.*member; };
    };
    return {
        flag<C>(u"channels.sse.enabled"_s, u"Let clients read rooms by server-sent events."_s,
                of(&SseConfig::enabled)),
        text<C>(u"channels.sse.path"_s, u"Where: GET /events?rooms=chat."_s, of(&SseConfig::path),
                u"^(/[A-Za-z0-9._~-]+)+$"_s, u"a path such as \"/events\""_s),
        duration<C>(
            u"channels.sse.heartbeat"_s, 1s, 10min,
            u"A comment is sent that often where there is nothing else to say. Who takes nothing of what waits for it, in two of these, is disconnected."_s,
            of(&SseConfig::heartbeat)),
        duration<C>(
            u"channels.sse.retry"_s, 100ms, 1h,
            u"How long readers are told to wait before they come back; when the server ends, up to twice that."_s,
            of(&SseConfig::retry)),
        number<C>(u"channels.sse.maxRooms"_s, 1, 1000, u"Rooms of one stream at most."_s,
                  of(&SseConfig::maxRooms)),
    };
}

} // namespace dialogue::config
