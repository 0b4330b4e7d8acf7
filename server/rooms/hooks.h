#pragma once

#include "core/event/eventmessage.h"
#include "core/room/roomconfig.h"
#include "server/auth/adminlogin.h"
#include "server/auth/connectrequest.h"
#include "server/auth/identity.h"
#include "server/rooms/clientsnapshot.h"

#include <QFuture>
#include <QStringList>

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
    /** Of Hooks::onLoad: what has this offset, or a greater one, is known; 0: nothing is. */
    quint64 before = 0;
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

    /**
     * Who is this that wants into /admin, and what may he? Set, it opens /admin, though the configuration has
     * no account. Called for who brings the name of none of its accounts, and not the token of this run; an
     * Error refuses him, one with Unauthorized counts as a try that failed.
     */
    std::function<Result<AdminIdentity>(const AdminLogin &)> adminAccount = {};
    /** The same, in time. */
    std::function<QFuture<Result<AdminIdentity>>(AdminLogin, std::stop_token)> adminAccountLater = {};

    /** May \a client join \a room? Called on every path: over the wire and ConnectedClient::join(). */
    std::function<Result<void>(ConnectedClient &, const Room &)> beforeJoin = {};
    /** The same of a client's dialogue:join. It takes its seat then, so that a room may be full by that time:
     * who is asked about for long keeps nobody out. */
    std::function<QFuture<Result<void>>(ClientSnapshot, QString roomId, std::stop_token)> beforeJoinLater
        = {};

    /**
     * May \a client, which is in \a room, or is about to be, subscribe to \a events ("*": all)? Called for
     * ConnectedClient::subscribe() too, and for the subscriptions that a join names; not for those that the
     * room gives to everybody.
     */
    std::function<Result<void>(ConnectedClient &, const Room &, const QStringList &events)> beforeSubscribe
        = {};
    std::function<QFuture<Result<void>>(ClientSnapshot, QString roomId, QStringList events, std::stop_token)>
        beforeSubscribeLater = {};

    /** May \a creator create this room with dialogue:createRoom? Called where roomCreation allows it. May
     * change all of it but `id` and `createdById`: its events, say. */
    std::function<Result<void>(ConnectedClient &creator, RoomConfig &)> beforeCreate = {};
    std::function<QFuture<Result<RoomConfig>>(RoomConfig, ClientSnapshot creator, std::stop_token)>
        beforeCreateLater = {};

    /** May \a client read the past of \a event (empty: of all) in \a room, where it is? Called for
     * dialogue:getHistory; what a join brings is for beforeJoin to decide. */
    std::function<Result<void>(ConnectedClient &, const Room &, const QString &event)> beforeHistory = {};
    std::function<QFuture<Result<void>>(ClientSnapshot, QString roomId, QString event, std::stop_token)>
        beforeHistoryLater = {};

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
    /** The same; the answer of Room::history() comes later then. */
    std::function<QFuture<Result<QList<EventMessage>>>(QString roomId, QString event, HistoryRange range,
                                                       std::stop_token)>
        onLoadLater = {};
};

} // namespace dialogue
