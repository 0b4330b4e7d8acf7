#pragma once

#include "server/broker/broker.h"
#include "server/store/schemaguard.h"
#include "server/store/sqlite.h"
#include "server/store/storepolicy.h"

#include <QHash>
#include <QList>

#include <optional>

namespace dialogue::store {

/** A room as the file knows it. */
struct KnownRoom
{
    quint64 room = 0;
    quint64 stream = 0;
    Durability durability = Durability::Commit;
    quint64 offset = 0; ///< At least so high was its newest event's.
    quint64 completeAfter = 0; ///< From here on, nothing of what has no history is missing.
    QByteArray declaration; ///< JSON, where a client has made it.
};

/** What the file has, for the hub: a connection that only reads. */
class StoreReader
{
public:
    [[nodiscard]] static Result<StoreReader> open(const QString &path);

    [[nodiscard]] Result<QHash<QString, KnownRoom>> rooms();
    [[nodiscard]] Result<QList<quint64>> droppedRooms(); ///< That still have events.
    [[nodiscard]] Result<quint64> lastRoom(); ///< The highest number that was ever given.
    /** Of the newest event of each of \a rooms. */
    [[nodiscard]] Result<quint64> lastSeq(const QHash<QString, KnownRoom> &rooms);
    /** The newest so many, by room, in the order they came. */
    [[nodiscard]] Result<QHash<quint64, std::vector<KeptTrigger>>> triggers(int most);
    /** See SchemaGuard. */
    [[nodiscard]] Result<QList<StoredSchema>> hold(quint64 room, const RoomConfig &declared,
                                                   const SchemaGuard::Replace &replace);
    /** What a room has in memory. */
    [[nodiscard]] Result<OpenedLog> log(const KnownRoom &room, const StorePolicy &policy,
                                        qint64 recoveryBytes);

private:
    explicit StoreReader(sqlite::Database database)
        : m_database(std::move(database))
    { }
    [[nodiscard]] static Result<KeptEvent> eventOf(const sqlite::Statement &row);
    [[nodiscard]] Result<void> readRecent(quint64 room, int most, qint64 bytes, OpenedLog &log);
    [[nodiscard]] Result<void> readHistories(quint64 room, const StorePolicy &policy, OpenedLog &log);
    [[nodiscard]] Result<void> readHistory(quint64 room, const QString &event, int limit, OpenedLog &log);

    sqlite::Database m_database;
    std::optional<SchemaGuard> m_schemas; ///< Once one is asked for: a file of an older version has none.
};

} // namespace dialogue::store
