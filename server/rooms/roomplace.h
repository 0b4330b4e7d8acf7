#pragma once

#include <QtGlobal>

namespace dialogue {

class Room;

/** How far somebody has come in a room. */
struct RoomPlace
{
    Room *room;
    quint64 offset;
};

} // namespace dialogue
