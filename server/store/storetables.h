#pragma once

#include "server/store/sqlite.h"
#include "server/store/storeops.h"

#include <QHash>

#include <utility>

namespace dialogue::store {

/** The statements that write; within a transaction of who calls. */
class StoreTables
{
public:
    /** \a database outlives it. */
    [[nodiscard]] static Result<StoreTables> prepare(sqlite::Database &database);

    [[nodiscard]] Result<void> append(const AppendEvent &event);
    [[nodiscard]] Result<void> make(const MakeRoom &room);
    [[nodiscard]] Result<void> declare(const DeclareRoom &room);
    [[nodiscard]] Result<void> renew(const RenewRoom &room);
    [[nodiscard]] Result<void> drop(const DropRoom &room);
    [[nodiscard]] Result<void> hold(const HoldSchemas &schemas);
    [[nodiscard]] Result<void> replace(const ReplaceEvents &replaced);
    /** What a transaction did that was rolled back is no longer known. */
    void forget() { m_names.clear(); }

private:
    StoreTables() = default;
    /** Of an event that has a history. */
    [[nodiscard]] Result<qint64> nameOf(quint64 room, const QString &event);

    sqlite::Statement m_insertEvent;
    sqlite::Statement m_insertTrigger;
    sqlite::Statement m_insertRoom;
    sqlite::Statement m_declareRoom;
    sqlite::Statement m_renewRoom;
    sqlite::Statement m_dropRoom;
    sqlite::Statement m_holdSchema;
    sqlite::Statement m_replaceEvent;
    sqlite::Statement m_findName;
    sqlite::Statement m_insertName;
    QHash<std::pair<quint64, QString>, qint64> m_names;
};

} // namespace dialogue::store
