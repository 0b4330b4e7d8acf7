#pragma once

#include "server/postgres/connection.h"
#include "server/store/eventstore.h"

#include <QString>

#include <memory>
#include <optional>

namespace dialogue::postgres {

/**
 * Events in a PostgreSQL database: two tables, which it makes, and a lock that one server has at a time. A
 * connection that breaks is made anew at the next call.
 */
class PostgresStore final : public EventStore
{
public:
    /** The Error says what is wrong, and what to do. */
    [[nodiscard]] static Result<std::unique_ptr<PostgresStore>> open(const QString &url);

    [[nodiscard]] Result<QList<StoredRoom>> loadRooms() override;
    [[nodiscard]] Result<void> saveEvents(const QList<StoredEvent> &events) override;
    [[nodiscard]] Result<QList<StoredEvent>> loadEvents(const QString &roomId,
                                                        const EventQuery &query) override;
    [[nodiscard]] Result<void> saveRoomState(const QString &roomId, const QJsonObject &state) override;
    [[nodiscard]] Result<void> deleteRoom(const QString &roomId) override;
    [[nodiscard]] Result<quint64> letGo(const QString &roomId, const EventsToKeep &keep) override;
    [[nodiscard]] Result<qint64> eraseEvents(const EventsToErase &which) override;

private:
    explicit PostgresStore(QString url)
        : m_url(std::move(url))
    { }
    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> insert(const QList<StoredEvent> &events);
    /** The connection broke in the commit: whether it was done says the database. */
    [[nodiscard]] Result<void> wasCommitted(const StoredEvent &last, const Error &why);

    const QString m_url;
    std::optional<Connection> m_connection;
};

} // namespace dialogue::postgres
