#pragma once

#include "server/answers/draining.h"
#include "server/answers/pendinganswers.h"
#include "server/asking/awaitedacks.h"
#include "server/budgets/budgets.h"
#include "server/history/triggerwindow.h"
#include "server/memory/memorybudget.h"
#include "server/rooms/calldepth.h"
#include "server/rooms/clientobserver.h"
#include "server/rooms/clientregistry.h"
#include "server/rooms/hooks.h"
#include "server/rooms/hub.h"
#include "server/rooms/middlewares.h"
#include "server/rooms/moderation.h"
#include "server/rooms/pipeline.h"
#include "server/rooms/publicationobserver.h"
#include "server/rooms/refusalcounters.h"
#include "server/rooms/roommanager.h"
#include "server/rooms/roommeters.h"

#include <memory>

namespace dialogue {

/** What the hub is put on: the way to the sockets, how events are written for them, and who keeps them. All
 * outlive it. */
struct HubGround
{
    const ServerConfig &config;
    SocketGateway &sockets;
    Publisher &publisher;
    const Encodings &encodings;
    Broker &broker;
    Budgets::Now now = &Budgets::Clock::now; ///< Of what is counted by time.
    MiddlewareFactory *middleware = nullptr; ///< Of what is configured; null: nothing can be.
};

/** Rooms and clients with all that they stand on, put together in the order they need one another. */
class HubParts
{
public:
    HubParts(const HubGround &ground, Hooks userHooks);
    Q_DISABLE_COPY_MOVE(HubParts)

    CallDepth calls;
    Draining draining;
    const Hooks hooks;
    PendingAnswers answers;
    AwaitedAcks acks;
    AppendBacklog appends;
    Budgets budgets;
    RuleCounters ruleCounters;
    RefusalCounters refusals;
    const std::unique_ptr<RoomMeters> meters; ///< Null: there are no metrics.
    PublicationTap tap;
    ClientTap clientTap;
    Sanctions sanctions;
    const Pipeline pipeline;
    Middlewares middlewares;
    MemoryBudget memory;
    TriggerWindow sentTriggers;
    ClientRegistry clients;
    RoomManager rooms;
    Moderation moderation;
    Hub hub;
};

} // namespace dialogue
