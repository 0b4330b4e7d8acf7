#include "server/rooms/roomlist.h"

#include "server/rooms/announce.h"
#include "server/rooms/room.h"

#include <algorithm>

namespace dialogue {

RoomList listRooms(const RoomIndex &index, const protocol::ListRooms &request, const ListRoomsConfig &config,
                   qint64 bytes, const std::function<bool(const Room &)> &isSeen)
{
    int left = std::min(request.limit.value_or(config.page), config.maxPage);
    RoomList list{.rooms = "[", .next = {}};
    QString last;
    index.forEachAfter(request.after, [&](const Room &room) {
        if (!isSeen(room))
            return true;
        const QByteArray info = announce::infoOf(room).write().take();
        const bool fits = left-- > 0 && list.rooms.size() + info.size() + 2 <= bytes;
        if (!fits && !last.isNull()) {
            list.next = last;
            return false;
        }
        if (!last.isNull())
            list.rooms += ',';
        list.rooms += info;
        last = room.id();
        return true;
    });
    list.rooms += ']';
    return list;
}

} // namespace dialogue
