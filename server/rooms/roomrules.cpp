#include "server/rooms/roomrules.h"

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

RoomRules::RoomRules(const RoomConfig &declared, const RoomServices &roomServices)
    : services(roomServices)
    , config(withoutIdentity(declared))
{ }

bool RoomRules::isOf(const RoomConfig &declared) const
{
    return isSame(config.events, declared.events) && config.maxSize == declared.maxSize
        && config.defaultSubscriptions == declared.defaultSubscriptions
        && config.syncHistoryOnJoin == declared.syncHistoryOnJoin && config.slowReader == declared.slowReader
        && config.latestKey == declared.latestKey && config.presence == declared.presence;
}

RoomRulesPtr RoomRulesMaker::rulesOf(const RoomConfig &config)
{
    if (!m_last || !m_last->isOf(config))
        m_last = RoomRulesPtr(new RoomRules(config, m_services));
    return m_last;
}

} // namespace dialogue
