#pragma once

#include "server/broker/memorybroker.h"
#include "server/postgres/postgresstore.h"
#include "server/store/ownbroker.h"
#include "server/store/storebroker.h"

#include <memory>
#include <utility>

namespace dialogue {

/** Where events are kept: as the configuration says, and in memory alone where it says nothing or that fails.
 */
class Storage
{
public:
    /** \a config outlives it. */
    explicit Storage(const ServerConfig &config)
    {
        if (config.persistence.own)
            take(own(config, config.persistence.own()));
        else if (config.persistence.adapter == StoreAdapter::Sqlite)
            take(StoreBroker::open(config));
        else if (config.persistence.adapter == StoreAdapter::Postgres)
            take(own(config, postgres::PostgresStore::open(config.persistence.url)));
    }

    [[nodiscard]] const Result<void> &opened() const { return m_opened; }
    [[nodiscard]] Broker &broker()
    {
        if (m_store)
            return *m_store;
        return m_memory;
    }
    /** Rooms that clients have made in an earlier run, and that are not there yet. */
    [[nodiscard]] QList<RoomConfig> createdRooms() const
    {
        return m_store ? m_store->createdRooms() : QList<RoomConfig>();
    }
    [[nodiscard]] StoreCounters counters() const { return m_store ? m_store->counters() : StoreCounters(); }

private:
    template <class Store>
    static Result<std::unique_ptr<OwnBroker>> own(const ServerConfig &config,
                                                  Result<std::unique_ptr<Store>> store)
    {
        if (!store)
            return store.error();
        return OwnBroker::open(config, *std::move(store));
    }
    template <class Opened>
    void take(Result<std::unique_ptr<Opened>> opened)
    {
        if (opened)
            m_store = *std::move(opened);
        else
            m_opened = opened.error();
    }

    MemoryBroker m_memory;
    std::unique_ptr<StoringBroker> m_store;
    Result<void> m_opened;
};

} // namespace dialogue
