#pragma once

#include "server/admin/rowfilter.h"
#include "server/rooms/slicedwork.h"

#include <QJsonArray>
#include <QStringList>

#include <functional>

namespace dialogue {
class ConnectedClient;
class HubParts;
class Room;
} // namespace dialogue

namespace dialogue::admin {

/** Whom an action is for that names nobody: all rooms, or clients, that a filter wants and an account sees.
 * They are gone through a few in each turn of the hub, as lists are. */
class Targets
{
public:
    struct Wanted
    {
        bool areRooms = false; ///< Or clients.
        QString room = {}; ///< Clients: those that are in it; empty: anywhere.
        RowFilter filter = {};
        int most = 0; ///< Ids to be kept.
        /** How many one of them would reach. */
        std::function<qint64(const QString &id)> reach = {};
    };
    struct Found
    {
        qint64 count = 0;
        qint64 reached = 0;
        QStringList ids = {}; ///< The first of them.
        QJsonArray first = {}; ///< FirstShown of them, as lists have them.
    };
    using Told = std::function<void(const Found &found)>;

    /** All outlive it. */
    Targets(HubParts &parts, QByteArray salt);

    /** RoomNotFound, Unavailable; \a told now or later. */
    [[nodiscard]] Result<void> find(const Account &account, const Wanted &wanted, const Told &told);
    /** Whether \a id, which was found, is there still and as it is wanted. */
    [[nodiscard]] bool isStillWanted(const Account &account, const Wanted &wanted, const QString &id) const;

    static constexpr int FirstShown = 20;
    static constexpr int MostAtOnce = 8; ///< That are being looked for.

private:
    class Search;
    class RoomSearch;
    class ClientSearch;

    [[nodiscard]] static bool isWanted(const Account &account, const Wanted &wanted, const Room &room);
    [[nodiscard]] bool isWanted(const Account &account, const Wanted &wanted,
                                const ConnectedClient &client) const;

    HubParts &m_parts;
    const QByteArray m_salt;
    SlicedWork m_work;
};

} // namespace dialogue::admin
