#pragma once

#include "core/room/roomconfig.h"

#include <QSharedData>

namespace dialogue {

struct RoomServices;

/** What a room was declared with besides who it is, and the server it is on: one for all rooms alike. */
struct RoomRules : QSharedData
{
    RoomRules(const RoomConfig &declared, const RoomServices &roomServices);

    [[nodiscard]] bool isOf(const RoomConfig &declared) const; ///< Whether it is what that says.

    const RoomServices &services;
    const RoomConfig config; ///< Without id, name, description and createdById.
};

using RoomRulesPtr = QExplicitlySharedDataPointer<const RoomRules>;

/** Rules for rooms as they are declared; those that follow one another mostly have the same. */
class RoomRulesMaker
{
public:
    explicit RoomRulesMaker(const RoomServices &services)
        : m_services(services)
    { }

    [[nodiscard]] RoomRulesPtr rulesOf(const RoomConfig &config);
    /** Of memory, for the room that is made next. */
    [[nodiscard]] qint64 bytesOf(const RoomConfig &config) const
    {
        return m_last && m_last->isOf(config) ? 0 : qint64(sizeof(RoomRules)) + 16;
    }

private:
    const RoomServices &m_services;
    RoomRulesPtr m_last;
};

} // namespace dialogue
