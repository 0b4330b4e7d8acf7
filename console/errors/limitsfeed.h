#pragma once

#include "console/errors/limitsmodel.h"
#include "console/lists/listfeed.h"

#include <QSet>

namespace dialogue::console {

/** Keeps a LimitsModel as the server says: clients by what waits for them, rooms by who is in them. */
class LimitsFeed : public QObject
{
    Q_OBJECT
public:
    static constexpr double LeastShown = 0.1; ///< Of a limit.
    static constexpr int Most = 200; ///< Of either kind.

    LimitsFeed(AdminConnection &connection, LimitsModel &model, QObject *parent = nullptr);

    void setActive(bool active);
    void setPause(std::chrono::milliseconds pause);
    [[nodiscard]] bool isComplete() const { return m_hasClients && m_hasRooms; }

    /** Of a row of `admin:list`; a share of 0 where it is near nothing. \a sendQueue: bytes. */
    [[nodiscard]] static LimitRow ofClient(const QJsonObject &client, qint64 sendQueue);
    [[nodiscard]] static LimitRow ofRoom(const QJsonObject &room);

Q_SIGNALS:
    void changed();

private:
    void keep(const LimitRow &row, QSet<QString> &seen);
    void removeOthers(QChar kind, QSet<QString> &seen);

    AdminConnection &m_connection;
    LimitsModel &m_model;
    ListFeed m_clients;
    ListFeed m_rooms;
    QSet<QString> m_seenClients;
    QSet<QString> m_seenRooms;
    bool m_hasClients = false;
    bool m_hasRooms = false;
};

} // namespace dialogue::console
