#pragma once

#include "core/event/eventmessage.h"
#include "server/auth/connectrequest.h"
#include "server/auth/identity.h"
#include "server/rooms/clientsnapshot.h"

#include <QFuture>

#include <functional>
#include <stop_token>

namespace dialogue {

class ConnectedClient;
class Room;

/** Which part of an event's past is asked for; 0 is the newest, end is exclusive. */
struct HistoryRange
{
    int start = 0;
    int end = 50;
    quint64 before
        = 0; ///< Of Hooks::onLoad: what has this offset, or a greater one, is known; 0: nothing is.
};

/**
 * Where user code decides. All are called in the hub's thread. What merely notifies is a signal of Dialogue
 * or Room. An Error given back reaches the client as it is.
 *
 * Those that answer at once get references: they cost nothing per connected client, and may not block. Those
 * called ...Later have somebody to ask: they get values, which are theirs to keep, and hand back a future
 * that any thread may finish. Where it is cancelled, or takes longer than ServerConfig::hooks.timeout, the
 * client is told UNAVAILABLE and may try again. The stop token says that nobody wants the answer any more.
 * They decide about what clients ask; what the application does itself, by Room::trigger() and the like, is
 * done at once, and they are not asked. Of a hook and its later form only one may be set.
 *
 * While one is asked about a request, what the same client asks of the same room waits behind it.
 */
struct Hooks
{
    /** Who is this? Called for each CONNECT. Unset: the client's own word is taken (and a warning logged at
     * start). */
    std::function<Result<Identity>(const ConnectRequest &)> authenticate = {};
    /** The same, in time. Until then the client is not connected, and others are not held up. */
    std::function<QFuture<Result<Identity>>(ConnectRequest, std::stop_token)> authenticateLater = {};

    /** May \a client join \a room? Called on every path: over the wire and ConnectedClient::join(). */
    std::function<Result<void>(ConnectedClient &, const Room &)> beforeJoin = {};

    /**
     * Called with a valid event before it gets its offset. May change data and meta, or stop it with an
     * Error. \a sender is null for the server's own events.
     */
    std::function<Result<void>(EventMessage &, const Room &, ConnectedClient *sender)> beforeEach = {};
    /**
     * The same of a client's event. Of what comes back `data`, `meta` and `attachments` count. It gets its
     * offset then, if its sender is still in the room. Sent again under its id meanwhile, it gets the same
     * answer.
     */
    std::function<QFuture<Result<EventMessage>>(EventMessage, QString roomId, ClientSnapshot sender,
                                                std::stop_token)>
        beforeEachLater = {};

    /**
     * Loads what of a page memory does not hold, newest first; it is put behind what memory does hold. \a
     * range counts from the room's newest event of that name, as whoever asks counts: of a page from 0 to 50
     * where memory holds 30, it is 30 to 50, and `before` the offset of the 30th. Called when
     * dialogue:getHistory or Room::history() asks for more of one event than there is in memory; not for the
     * history of all events at once (an empty name), nor for what a participant gets on joining.
     */
    std::function<Result<QList<EventMessage>>(const Room &, const QString &event, HistoryRange range)> onLoad
        = {};
};

} // namespace dialogue
