#pragma once

#include "core/room/roomconfig.h"
#include "server/rooms/middlewares.h"
#include "server/rules/ruleset.h"

#include <QSharedData>

#include <memory>

namespace dialogue {

struct RoomServices;

/** What a room was declared with besides who it is, and the server it is on: one for all rooms alike. */
struct RoomDeclaration : QSharedData
{
    RoomDeclaration(const RoomConfig &declared, MiddlewareChainPtr steps, const RoomServices &roomServices);

    [[nodiscard]] bool isOf(const RoomConfig &declared) const; ///< Whether it is what that says.

    /** Events that have a rule of their own by which one subscribes. */
    [[nodiscard]] QStringList guarded() const { return rules ? rules->guarded() : QStringList(); }

    const RoomServices &services;
    const RoomConfig config; ///< Without id, name, description and createdById.
    const std::unique_ptr<const RuleSet> rules; ///< Null: it has none.
    const MiddlewareChainPtr middleware; ///< Null: the same.
};

using RoomDeclarationPtr = QExplicitlySharedDataPointer<const RoomDeclaration>;

/** Rules for rooms as they are declared; those that follow one another mostly have the same. */
class RoomDeclarations
{
public:
    explicit RoomDeclarations(const RoomServices &services)
        : m_services(services)
    { }

    /** ConfigError: its middleware cannot be made. */
    [[nodiscard]] Result<RoomDeclarationPtr> of(const RoomConfig &config);
    /** Of memory, for the room that is made next. */
    [[nodiscard]] qint64 bytesOf(const RoomConfig &config) const
    {
        return m_last && m_last->isOf(config) ? 0 : qint64(sizeof(RoomDeclaration)) + 16;
    }

private:
    const RoomServices &m_services;
    RoomDeclarationPtr m_last;
};

} // namespace dialogue
