#include "bench/load/serverconfig.h"

namespace dialogue::bench {

namespace {

constexpr const char *Head
    = R"(# A server for `dialogue-load`: what its runs need, with everything on that a user has on.
# Made by `dialogue-load --print-config`, which takes --rooms, --room-prefix and --event.

limits:
  maxConnections: 60000
  maxConnectionsPerIp: 60000
  waitingConnections: 60000
  waitingConnectionsPerIp: 60000
  maxSessions: 60000
  maxSessionsPerIp: 60000
  sessionsWithoutConnect: 60000
  sessionsWithoutConnectPerIp: 60000
  roomsPerClient: 1000

# All clients come from one address, and nobody vouches for who they are.
rateLimit:
  global: {maxEvents: 1000000, window: 1s}
  requests:
    connect: {maxEvents: 1000000, window: 1s}
    join: {maxEvents: 1000000, window: 1s}
    leave: {maxEvents: 1000000, window: 1s}
    subscribe: {maxEvents: 1000000, window: 1s}

)";

constexpr const char *Event = R"(        schema:
          type: object
          properties:
            mark: {type: string, minLength: 1, maxLength: 100}
            pad: {type: string, maxLength: 1000000}
          required: [mark]
          additionalProperties: false
        history: {limit: 50}
)";

} // namespace

std::string serverConfig(const LoadOptions &options)
{
    std::string text = Head;
    if (options.streams)
        text += "channels: {sse: {enabled: true}}\n\n";
    text += "rooms:\n";
    for (int i = 0; i < options.layout.rooms; ++i) {
        text += "  " + options.roomName(i) + ":\n    events:\n      - name: " + options.event + '\n';
        text += Event;
    }
    return text;
}

} // namespace dialogue::bench
