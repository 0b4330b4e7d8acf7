#pragma once

#include "core/protocol/dialogue/requests.h"
#include "server/config/serverconfig.h"
#include "server/rooms/roomindex.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace dialogue {

/** A page of the list of rooms, as JSON. */
struct RoomList
{
    QByteArray rooms; ///< An array of protocol::RoomInfo, in the order of their ids.
    QString next; ///< There are more, after this one; empty: there are not.
};

/** What \a request asks for of those that \a isSeen, within \a config and so many \a bytes; one room in any
 * case. */
RoomList listRooms(const RoomIndex &index, const protocol::ListRooms &request, const ListRoomsConfig &config,
                   qint64 bytes, const std::function<bool(const Room &)> &isSeen);

} // namespace dialogue
