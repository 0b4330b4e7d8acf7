#include "server/rooms/missed.h"

#include "server/rooms/connectedclient_p.h"
#include "server/rooms/permissions.h"
#include "server/rooms/room_p.h"
#include "server/rooms/services.h"

#include <algorithm>

namespace dialogue {

Missed missedIn(Room &room, const ConnectedClient &client, const RoomsWanted::Place &place,
                const RoomServices &services)
{
    const RoomPrivate &priv = RoomPrivate::of(room);
    const QStringList names
        = priv.activityIfAny()->subscriptions.names(ConnectedClientPrivate::of(client).socket);
    if (names.isEmpty())
        return {.start = room.offset()};
    const bool isKnown = place.run == services.run && place.seq <= services.sequence->last();
    Missed missed{.start = isKnown ? priv.log().offsetAt(place.seq) : 0};
    if (!isKnown || !permissions::allows(client, room, RoomAction::History)) {
        missed.lost = room.offset();
    } else {
        for (const QString &name : names)
            missed.lost = std::max(missed.lost, priv.completeAfter(name));
    }
    return missed;
}

} // namespace dialogue
