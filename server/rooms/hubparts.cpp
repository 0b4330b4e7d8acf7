#include "server/rooms/hubparts.h"

#include "server/rooms/guardedhooks.h"
#include "server/rooms/steps.h"

namespace dialogue {

namespace {

Pipeline standardSteps(Budgets &budgets, int validationSteps)
{
    Pipeline pipeline;
    pipeline.appendOfSender(steps::isParticipant());
    pipeline.appendOfSender(steps::withinRate(budgets));
    pipeline.appendOfSender(steps::isPermitted());
    pipeline.append(steps::isAllowed());
    pipeline.append(steps::matchesSchema(&budgets, validationSteps));
    pipeline.append(steps::metaFits());
    return pipeline;
}

} // namespace

HubParts::HubParts(const HubGround &ground, Hooks userHooks)
    : hooks(guardedHooks(std::move(userHooks), calls))
    , answers({.timeout = ground.config.hooks.timeout, .most = ground.config.hooks.maxPending})
    , acks({.most = ground.config.serverRequests.maxPending,
            .perSocket = ground.config.serverRequests.maxPendingPerClient,
            .answerBytes = ground.config.serverRequests.answerBytes})
    , appends(ground.config.limits.appends)
    , budgets(ground.config, ground.now)
    , meters(ground.config.metrics.enabled
                 ? std::make_unique<RoomMeters>(ground.config.rooms, ground.config.metrics.maxSeries)
                 : nullptr)
    , sanctions(ground.config.limits.sanctions)
    , pipeline(standardSteps(budgets, ground.config.limits.validationSteps))
    , middlewares(hooks, ground.middleware)
    , memory({.total = ground.config.memory.total,
              .perRoom = ground.config.memory.perRoom,
              .perUser = ground.config.memory.perUser})
    , sentTriggers({.perUser = ground.config.history.triggerIdsPerUser,
                    .total = ground.config.history.triggerIds,
                    .bytes = ground.config.memory.triggerIds},
                   memory)
    , clients(ground.publisher)
    , rooms({.sockets = ground.sockets,
             .publisher = ground.publisher,
             .pipeline = pipeline,
             .middlewares = middlewares,
             .hooks = hooks,
             .config = ground.config,
             .sentTriggers = sentTriggers,
             .memory = memory,
             .budgets = budgets,
             .calls = calls,
             .answers = answers,
             .acks = acks,
             .encodings = ground.encodings,
             .broker = ground.broker,
             .appends = appends,
             .draining = draining,
             .rules = ruleCounters,
             .refusals = refusals,
             .meters = meters.get(),
             .tap = tap,
             .clientTap = clientTap,
             .sanctions = sanctions},
            clients)
    , moderation(rooms, clients, sanctions)
    , hub(rooms, clients)
{ }

} // namespace dialogue
