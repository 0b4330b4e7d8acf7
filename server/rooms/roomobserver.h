#pragma once

namespace dialogue {

class ConnectedClient;
class Room;

/** Who is in which room, told as it changes, whatever becomes of signals: slots may throw. It runs no user
 * code. */
class RoomObserver
{
public:
    virtual ~RoomObserver() = default;
    /** After it was welcomed; once for each time it comes in. */
    virtual void entered(Room &room, ConnectedClient &client) = 0;
    virtual void left(Room &room, ConnectedClient &client) = 0;
    /** It is declared anew. */
    virtual void declared(Room &room) = 0;
    /** It is deleted: nobody is in it any more, though left() is still to come for each. */
    virtual void closed(Room &room) = 0;
};

} // namespace dialogue
