#pragma once

#include "core/room/roomconfig.h"
#include "server/store/sqlite.h"

#include <QByteArray>
#include <QList>

#include <functional>

namespace dialogue::store {

/** The schema that the stored events of one name in a room are held to. */
struct StoredSchema
{
    QString event;
    QByteArray hash;
};

/** A stored event as it is from now on. */
struct ReplacedEvent
{
    qint64 key = 0;
    QByteArray json;
};

/**
 * Compares the schemas that a room declares with those that its events were stored under. Where one has
 * changed, events are held to the new one, so that a change which the past does not fit is found at the start
 * and not by whoever reads it.
 */
class SchemaGuard
{
public:
    /** Stores them before it comes back. */
    using Replace = std::function<Result<void>(QList<ReplacedEvent>)>;

    [[nodiscard]] static Result<SchemaGuard> prepare(sqlite::Database &database);

    /** Those that have changed, and that all fits. The Error, ConfigError, names what does not, and the way
     * out. \a newest: where nobody migrates them, so many are looked at. */
    [[nodiscard]] Result<QList<StoredSchema>> check(quint64 room, const RoomConfig &declared, int newest,
                                                    const Replace &replace);
    static constexpr int Newest = 1000;

private:
    SchemaGuard() = default;
    [[nodiscard]] Result<bool> isKnown(quint64 room, const StoredSchema &schema);
    [[nodiscard]] Result<void> hold(quint64 room, const RoomConfig &declared, const EventDefinition &event,
                                    int newest, const Replace &replace);

    sqlite::Statement m_schema;
    sqlite::Statement m_named; ///< Of an event that has a history.
    sqlite::Statement m_unnamed; ///< Of all that have none.
};

} // namespace dialogue::store
