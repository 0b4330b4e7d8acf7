#pragma once

#include "server/config/serverconfig.h"

#include <QHash>
#include <QString>

namespace dialogue::store {

/** How the events of one room are kept. */
struct StorePolicy
{
    Durability durability = Durability::Commit;
    QHash<QString, int> histories = {}; ///< Of each event that has one, how many.
    int recoveryEvents = 0; ///< The newest of the room stay.
    EventRetention retention = {};

    [[nodiscard]] static StorePolicy of(const RoomConfig &room, const ServerConfig &server)
    {
        const PersistenceConfig &all = server.persistence;
        const RoomPersistence &own = room.persistence;
        StorePolicy policy{
            .durability = own.durability.value_or(all.durability),
            .recoveryEvents = server.history.recoveryEvents,
            .retention
            = {.maxEvents = own.retention.maxEvents ? own.retention.maxEvents : all.retention.maxEvents,
               .maxAge = own.retention.maxAge ? own.retention.maxAge : all.retention.maxAge}};
        for (const EventDefinition &event : room.events) {
            if (event.history.enabled && event.history.limit > 0)
                policy.histories.insert(event.name, event.history.limit);
        }
        return policy;
    }
};

} // namespace dialogue::store
