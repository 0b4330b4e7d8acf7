#include "server/rooms/roomdeclaration.h"

#include "server/rooms/services.h"

#include <utility>

namespace dialogue {

namespace {

RoomConfig withoutIdentity(RoomConfig config)
{
    config.id.clear();
    config.name.clear();
    config.description.clear();
    config.createdById.clear();
    return config;
}

/** Made of the same declaration, which is seen without a look at its schemas. */
bool isSame(const QList<EventDefinition> &a, const QList<EventDefinition> &b)
{
    return a.isSharedWith(b) || (a.isEmpty() && b.isEmpty());
}

} // namespace

RoomDeclaration::RoomDeclaration(const RoomConfig &declared, MiddlewareChainPtr steps,
                                 const RoomServices &roomServices)
    : services(roomServices)
    , config(withoutIdentity(declared))
    , rules(config.rules == RoomRules() ? nullptr : std::make_unique<const RuleSet>(config))
    , middleware(std::move(steps))
{ }

bool RoomDeclaration::isOf(const RoomConfig &declared) const
{
    return isSame(config.events, declared.events) && config.maxSize == declared.maxSize
        && config.defaultSubscriptions == declared.defaultSubscriptions
        && config.channels == declared.channels && config.syncHistoryOnJoin == declared.syncHistoryOnJoin
        && config.slowReader == declared.slowReader && config.latestKey == declared.latestKey
        && config.presence == declared.presence && config.persistence == declared.persistence
        && config.rules == declared.rules && config.middleware == declared.middleware;
}

Result<RoomDeclarationPtr> RoomDeclarations::of(const RoomConfig &config)
{
    if (!m_last || !m_last->isOf(config)) {
        Result<MiddlewareChainPtr> steps = m_services.middlewares.make(config.middleware, true);
        if (!steps)
            return steps.error();
        m_last = RoomDeclarationPtr(new RoomDeclaration(config, *std::move(steps), m_services));
    }
    return m_last;
}

} // namespace dialogue
