#pragma once

#include "core/base/threadbound.h"
#include "core/event/requestdefinition.h"
#include "core/event/typedsending.h"
#include "server/auth/connectrequest.h"
#include "server/bridge/counters.h"
#include "server/config/serverconfig.h"
#include "server/export.h"
#include "server/http/router.h"
#include "server/metrics/metricfamily.h"
#include "server/namespaces/namespace.h"
#include "server/namespaces/namespacehooks.h"
#include "server/rooms/broadcastoptions.h"
#include "server/rooms/clientrequest.h"
#include "server/rooms/connectedclient.h"
#include "server/rooms/erasedevents.h"
#include "server/rooms/hooks.h"
#include "server/rooms/middleware.h"
#include "server/rooms/room.h"
#include "server/rules/sanction.h"
#include "server/servercounters.h"

#include <QObject>
#include <QPointer>
#include <QUrl>

#include <functional>
#include <memory>
#include <vector>

class QWebSocket;
class QWebSocketServer;

namespace dialogue {

/** The rooms one user is in, over all of the user's connections. */
class DIALOGUE_SERVER_EXPORT ClientRooms
{
public:
    ClientRooms(QStringList ids, const QList<ConnectedClient *> &clients);
    [[nodiscard]] const QStringList &ids() const { return m_ids; }
    void forAll(const std::function<void(const QString &roomId)> &visit) const;
    /** Every connection of the user leaves every room; \a leaving is called for each room before it is left,
     * so that a farewell still reaches the user. */
    void leaveAll(const std::function<void(const QString &roomId)> &leaving = {}) const;

private:
    QStringList m_ids;
    QList<QPointer<ConnectedClient>> m_clients;
};

/** Which part of a room's past. */
struct HistoryOptions
{
    int limit = 50; ///< At most so many ...
    QString event = {}; ///< ... of this event; empty: of all that are kept.
    int start = 0; ///< Leaves out so many of the newest.
};

/**
 * The server: rooms, their events, and the clients in them.
 *
 *     Dialogue server({.port = 3000, .rooms = {{.id = u"chat"_s, .name = u"Chat"_s, .events = {message}}}});
 *     if (const auto started = server.start(); !started)
 *         qFatal("%s", qPrintable(started.error().text()));
 *
 * The thread that creates it is the hub: rooms, hooks, handlers and signals live there, so user code needs no
 * locks and must not block. It needs a running event loop. Whoever would end it from a hook, a handler, a
 * route or a slot calls deleteLater(), but in stopped(): deleted at once it aborts, and says so. What they
 * throw ends the request they are about, and is logged.
 */
class DIALOGUE_SERVER_EXPORT Dialogue : public QObject, public TypedBroadcast<Dialogue, BroadcastOptions>
{
    Q_OBJECT
public:
    explicit Dialogue(ServerConfig config = {}, Hooks hooks = {}, QObject *parent = nullptr);
    ~Dialogue() override; ///< Stops at once; stop() before for a clean end.

    /** Checks the configuration and the routes, makes the rooms and listens. ConfigError, IoError; where it
     * fails it may be tried again. */
    Result<void> start();
    /**
     * Takes over what of \a config a running server can: rooms, with their rules and middleware, middleware,
     * rates, roomCreation, listRooms, some limits, keys of tokens and certificates; all of it, or nothing.
     * What comes back are the keys that wait for a restart, as they are called in a file ("port"). Rooms that
     * are no more in it are deleted, and those that are made; others that the application made stay. Rules
     * are asked again of who is in. ConfigError with the place, LimitReached (roomCreation.maxTotal), what a
     * store says; Unavailable where it does not listen. It reads the files of keys, and so may take a moment.
     */
    Result<QStringList> reconfigure(const ServerConfig &config);
    /** Reads the keys and certificates of the configuration again, as it does when their files change. Those
     * that are bad leave the ones from before in place; what came of it is logged and counted. */
    void readFilesAgain();

    /**
     * For good: refuses new clients and requests, tells the connected clients, waits for the hooks and
     * handlers that were asked already (drain.timeout; no longer where it is called again), sends what waits;
     * then stopped(). Until they have answered it listens still: answers over polling need connections.
     */
    void stop();
    [[nodiscard]] bool isListening() const; ///< On an address of its own.
    [[nodiscard]] quint16 port() const; ///< The one listened on; 0 before start(), and of a Unix socket.
    /** "http://127.0.0.1:3000", "unix:/run/dialogue.sock"; empty before start(). The first of urls(). */
    [[nodiscard]] QUrl url() const;
    /** Of all that is listened on: systemd may hand over several sockets. */
    [[nodiscard]] QList<QUrl> urls() const;
    [[nodiscard]] QUrl adminUrl() const; ///< Where consoles come in; empty before start(), and for none.
    [[nodiscard]] QUrl apiUrl() const; ///< Of ApiConfig::port; empty before start(), and without it.
    [[nodiscard]] QUrl metricsUrl() const; ///< Of MetricsConfig::port; empty before start(), and without it.
    [[nodiscard]] const ServerConfig &config() const; ///< With what reconfigure() has changed.

    // WebSockets of a server of the application's own (docs/qtwebsockets.md)
    /**
     * A WebSocket that the application's own QWebSocketServer or QHttpServer has accepted, in this thread:
     * its client is one of the server's from here on, and has to speak Engine.IO 4, as it says in its URL
     * ("...?EIO=4&transport=websocket"); on which path is the application's affair. Once start() has
     * succeeded, and as soon as it is accepted: what comes before is lost.
     *
     * The QWebSocket is owned from here on, also where it is refused; only one of another thread is left
     * alone. Refused it is closed: with 1013 (ServerDraining, Unavailable before start(), LimitReached:
     * limits.maxConnections, maxSessions ...) or 1008 (PermissionDenied: cors, allowedHosts; InvalidRequest:
     * what it asked for), and the Error is handed back as well.
     *
     * Its TCP socket belongs to the server that has accepted it, and goes with that.
     */
    Result<void> accept(QWebSocket *socket);
    /** The same of a client whose address, headers, query and TLS are those of \a handshake, where the
     * QWebSocket itself does not know them. */
    Result<void> accept(QWebSocket *socket, const HandshakeInfo &handshake);
    /** accept()s all that \a server, of this thread, has accepted and will, for as long as both are there.
     * InvalidRequest where it is of another thread. */
    Result<void> serve(QWebSocketServer *server);

    // Rooms
    [[nodiscard]] Room *room(const QString &roomId) const; ///< Null when there is none.
    [[nodiscard]] QList<Room *> rooms() const;
    Result<Room *> createRoom(const RoomConfig &config); ///< RoomExists, ConfigError, LimitReached.
    /** Replaces all that the room was declared with, but its owner. RoomNotFound, ConfigError. */
    Result<void> updateRoom(const RoomConfig &config);
    /**
     * RoomNotFound. From here on the room is gone for its participants; clientLeft() for each, and then
     * roomDeleted(), come now or, where there are many, over several turns of the event loop.
     */
    Result<void> deleteRoom(const QString &roomId);

    // Events
    /** Room::trigger(); RoomNotFound. */
    Answer<EventMessage> trigger(const QString &roomId, const QString &event, const QJsonValue &data,
                                 const TriggerOptions &options = {});
    template <EventPayload T>
    Answer<EventMessage> trigger(const QString &roomId, const TypedEvent<T> &event, const T &data,
                                 const TriggerOptions &options = {})
    {
        return trigger(roomId, event.name(), toJson(data), options);
    }
    template <std::same_as<EventDefinition> E>
    Answer<EventMessage> trigger(const QString &roomId, const E &event, const QJsonValue &data,
                                 const TriggerOptions &options = {})
    {
        return trigger(roomId, event.name, data, options);
    }
    /** Room::on() of that room; RoomNotFound, EventNotAllowed for an event that it does not carry. */
    Result<QMetaObject::Connection> on(const QString &roomId, const QString &event, QObject *context,
                                       Room::Handler handler);
    template <std::same_as<EventDefinition> E>
    Result<QMetaObject::Connection> on(const QString &roomId, const E &event, QObject *context,
                                       Room::Handler handler)
    {
        return on(roomId, event.name, context, std::move(handler));
    }
    template <EventPayload T>
    Result<QMetaObject::Connection>
    on(const QString &roomId, const TypedEvent<T> &event, QObject *context,
       std::type_identity_t<std::function<void(const TypedMessage<T> &)>> handler)
    {
        return on(roomId, event.name(), context, handlerOf<T>(std::move(handler)));
    }
    template <class E, std::derived_from<QObject> Context, MemberFunction F>
    Result<QMetaObject::Connection> on(const QString &roomId, const E &event, Context *context, F handler)
    {
        return on(roomId, event, context, [context, handler](const auto &message) -> void {
            std::invoke(handler, context, message);
        });
    }

    // What events pass before they get their offset (docs/middleware.md)
    /** Behind what there is for events of all rooms: the configuration's, and what was given before. What a
     * function throws is logged, and stops the event. */
    void use(Middleware middleware);
    /** The same for the room of that id, also where there is none yet: behind what is for all, and what its
     * declaration says. */
    void use(const QString &roomId, Middleware middleware);
    /** One that is built in. ConfigError. */
    Result<void> use(const MiddlewareConfig &middleware);
    Result<void> use(const QString &roomId, const MiddlewareConfig &middleware);

    // What was said
    /** Room::history(): the newest first; RoomNotFound. */
    [[nodiscard]] Answer<QList<EventMessage>> getHistory(const QString &roomId,
                                                         const HistoryOptions &options = {}) const;

    /**
     * Overwrites what the event at \a offset says, in memory and in the store, so that nobody reads it any
     * more: history and recovery are as if it had never been, and nobody is told of a gap; its place stays,
     * and its offset comes to no other. How many that were, answered once the store has nothing of it either;
     * none where there is no such event. What is on its way to a client goes there. Unavailable: the store
     * cannot be written; NotFound: EventStore::eraseEvents() is not there. Of a room that nobody has made in
     * this run the store alone has something.
     */
    [[nodiscard]] Answer<ErasedEvents> eraseEvent(const QString &roomId, quint64 offset);
    /** The same of all that \a userId has said by now, in one room or, without one, in all; the ids of
     * triggers go too. Many are gone through in several turns of the event loop, or of the store. */
    [[nodiscard]] Answer<ErasedEvents> eraseUser(const QString &userId, const QString &roomId = {});

    /** A Socket.IO event to every connected client, in whatever rooms; to those in one Room::broadcast(). */
    void broadcast(const QString &event, const QJsonValue &data = QJsonValue::Undefined,
                   const BroadcastOptions &options = {});
    using TypedBroadcast::broadcast;

    /**
     * What clients may ask for besides, as a Socket.IO event called \a name: what \a handler hands back, now
     * or later, is their acknowledgement as it is; an Error is `{"ok":false,"error":{...}}`. Within
     * rateLimit.requests.custom, limits.inboundPerClient and hooks.timeout. ConfigError where no client could
     * ask for it, or it has a handler.
     *
     *     server.onRequest(u"time"_s, [](const ClientRequest &) { return QDateTime::currentMSecsSinceEpoch();
     * });
     */
    Result<void> onRequest(const QString &name, RequestHandler handler);
    /** The same, for data that fits the definition's schema; else it is refused with ValidationFailed. */
    Result<void> onRequest(const RequestDefinition &request, RequestHandler handler);
    template <EventPayload Ask, EventPayload Reply>
    Result<void> onRequest(const TypedRequest<Ask, Reply> &request,
                           std::type_identity_t<std::function<Answer<Reply>(Ask, ClientRequest)>> handler)
    {
        return onRequest(request.definition(), typedHandler(std::move(handler)));
    }

    /**
     * A namespace of the application's own, "/orders", which clients may enter from the first call of its
     * name on; any but those is refused. \a hooks say who comes in, and belong to the first call. It lives as
     * long as this. ConfigError for a name that is none, is "/", or where hooks are given again; LimitReached
     * for more than 255.
     */
    Result<Namespace *> of(const QString &name, NamespaceHooks hooks = {});

    // Clients
    [[nodiscard]] QList<ConnectedClient *> clients(const QString &userId) const;
    [[nodiscard]] QList<ConnectedClient *> allClients() const;
    [[nodiscard]] ClientRooms clientRooms(const QString &userId) const;
    [[nodiscard]] bool isInRoom(const QString &userId, const QString &roomId) const;

    // Who is to be kept away
    /**
     * Bans \a userId from a room, or from the server: its connections hear `dialogue:error` with
     * PERMISSION_DENIED, the reason, and how long it lasts (retryAfter); then they leave the room, or are
     * disconnected. CONNECT and join are answered so until it is over. In place of a ban from there that
     * holds still. InvalidRequest, LimitReached: limits.sanctions. Outlives the server where
     * PersistenceConfig says so; Unavailable: it could not just now.
     */
    Result<void> ban(const QString &userId, const SanctionOptions &options = {});
    /** The same of its events, which are answered so: it hears, and says nothing. */
    Result<void> mute(const QString &userId, const SanctionOptions &options = {});
    bool liftBan(const QString &userId, const QString &roomId = {}); ///< False: there was none.
    bool liftMute(const QString &userId, const QString &roomId = {}); ///< The same.
    [[nodiscard]] QList<Sanction> sanctions() const; ///< Those that hold, by user.

    // What it has counted
    [[nodiscard]] ServerCounters counters() const;
    /** Asks each io worker; \a done gets an entry for each, in this thread, unless \a context is gone by
     * then. The last is of what was accept()ed, where something was and there are io threads. */
    void workerCounters(QObject *context, std::function<void(const std::vector<WorkerCounters> &)> done);

    /** Own routes beside Dialogue's; add them before start(). */
    [[nodiscard]] HttpRouter &http();

Q_SIGNALS:
    void started();
    void stopped();
    void clientConnected(dialogue::ConnectedClient *client);
    /** \a reason as socket.io names it: "transport close", "ping timeout" ... The client is still in its
     * rooms, and among clients(); nothing reaches it any more. Then it leaves them: clientLeft() of each.
     * Where a hook is asked about its events they come first. */
    void clientDisconnected(dialogue::ConnectedClient *client, const QString &reason);
    /** It had lost its connection, and is in all its rooms again, with what it missed on the way to it: after
     * clientConnected() and a clientJoined() of each. See recovery.connectionState. */
    void clientRecovered(dialogue::ConnectedClient *client);
    void clientJoined(dialogue::ConnectedClient *client, dialogue::Room *room);
    void clientLeft(dialogue::ConnectedClient *client, dialogue::Room *room);
    void roomCreated(dialogue::Room *room);
    void roomUpdated(dialogue::Room *room);
    void roomDeleted(const QString &roomId);
    /** An event of any room, after it went out. */
    void eventTriggered(const dialogue::EventMessage &message);
    void eventCompleted(const dialogue::EventMessage &message, int subscribers);
    void eventsEvicted(dialogue::Room *room, const QString &event,
                       const QList<dialogue::EventMessage> &events);

protected:
    void connectNotify(const QMetaMethod &signal) override;

private:
    Result<void> configureMiddleware();
    void restoreRooms();
    void forwardEvictions(Room *room);

    class Private;
    const ThreadBound<Private> d;
};

} // namespace dialogue
