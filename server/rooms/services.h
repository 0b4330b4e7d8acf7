#pragma once

#include "server/config/serverconfig.h"
#include "server/gateway/gateway.h"
#include "server/rooms/hooks.h"
#include "server/rooms/pipeline.h"

namespace dialogue {

/** What rooms are handed by the composition root: the ways out, and the rules. All outlive the rooms. */
struct RoomServices
{
    SocketGateway &sockets;
    Publisher &publisher;
    const Pipeline &pipeline;
    const Hooks &hooks;
    const ServerConfig &config;
};

} // namespace dialogue
