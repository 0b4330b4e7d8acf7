#pragma once

#include "core/event/eventmessage.h"
#include "server/auth/connectrequest.h"
#include "server/auth/identity.h"

#include <functional>

namespace dialogue {

class ConnectedClient;
class Room;

/** Which part of an event's past is asked for; 0 is the newest, end is exclusive. */
struct HistoryRange
{
    int start = 0;
    int end = 50;
};

/**
 * Where user code decides. All run in the hub's thread, with references: they cost nothing per connected
 * client. What merely notifies is a signal of Dialogue or Room. An Error given back reaches the client as it
 * is.
 */
struct Hooks
{
    /** Who is this? Called for each CONNECT. Unset: the client's own word is taken (and a warning logged at
     * start). */
    std::function<Result<Identity>(const ConnectRequest &)> authenticate = {};

    /** May \a client join \a room? Called on every path: over the wire and ConnectedClient::join(). */
    std::function<Result<void>(ConnectedClient &, const Room &)> beforeJoin = {};

    /**
     * Called with a valid event before it gets its offset. May change data and meta, or stop it with an
     * Error. \a sender is null for the server's own events.
     */
    std::function<Result<void>(EventMessage &, const Room &, ConnectedClient *sender)> beforeEach = {};

    /**
     * Loads older events than memory holds, newest first; \a range counts from the newest kept by whoever
     * answers, and the answer is the whole page. Called when dialogue:getHistory or Room::history() asks for
     * more of one event than there is in memory; not for the history of all events at once (an empty name),
     * nor for what a participant gets on joining.
     */
    std::function<Result<QList<EventMessage>>(const Room &, const QString &event, HistoryRange range)> onLoad
        = {};
};

} // namespace dialogue
