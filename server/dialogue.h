#pragma once

#include "core/base/threadbound.h"
#include "core/event/requestdefinition.h"
#include "server/config/serverconfig.h"
#include "server/export.h"
#include "server/gateway/counters.h"
#include "server/http/router.h"
#include "server/namespaces/namespace.h"
#include "server/namespaces/namespacehooks.h"
#include "server/rooms/clientrequest.h"
#include "server/rooms/connectedclient.h"
#include "server/rooms/hooks.h"
#include "server/rooms/room.h"
#include "server/servercounters.h"

#include <QObject>
#include <QPointer>
#include <QUrl>

#include <functional>
#include <memory>
#include <vector>

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
class DIALOGUE_SERVER_EXPORT Dialogue : public QObject
{
    Q_OBJECT
public:
    explicit Dialogue(ServerConfig config = {}, Hooks hooks = {}, QObject *parent = nullptr);
    ~Dialogue() override; ///< Stops at once; stop() before for a clean end.

    /** Checks the configuration and the routes, makes the rooms and listens. ConfigError, IoError; where it
     * fails it may be tried again. */
    Result<void> start();
    /**
     * For good: refuses new clients and requests, tells the connected clients, waits for the hooks and
     * handlers that were asked already (drain.timeout; no longer where it is called again), sends what waits;
     * then stopped(). Until they have answered it listens still: answers over polling need connections.
     */
    void stop();
    [[nodiscard]] bool isListening() const;
    [[nodiscard]] quint16 port() const; ///< The one listened on; 0 before start(), and of a Unix socket.
    /** "http://127.0.0.1:3000", "unix:/run/dialogue.sock"; empty before start(). The first of urls(). */
    [[nodiscard]] QUrl url() const;
    /** Of all that is listened on: systemd may hand over several sockets. */
    [[nodiscard]] QList<QUrl> urls() const;
    [[nodiscard]] const ServerConfig &config() const;

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

    // What was said
    /** Room::history(): the newest first; RoomNotFound. */
    [[nodiscard]] Answer<QList<EventMessage>> getHistory(const QString &roomId,
                                                         const HistoryOptions &options = {}) const;

    /** A Socket.IO event to every connected client, in whatever rooms. */
    void broadcast(const QString &event, const QJsonValue &data = QJsonValue::Undefined);
    template <EventPayload T>
    void broadcast(const TypedEvent<T> &event, const std::type_identity_t<T> &data)
    {
        broadcast(event.name(), toJson(data));
    }
    template <std::same_as<EventDefinition> E>
    void broadcast(const E &event, const QJsonValue &data = QJsonValue::Undefined)
    {
        broadcast(event.name, data);
    }

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

    // What it has counted
    [[nodiscard]] ServerCounters counters() const;
    /** Asks each io worker; \a done gets an entry for each, in this thread, unless \a context is gone by
     * then. */
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
    void warnOfStrangers() const;
    [[nodiscard]] bool drain();
    void forwardEvictions(Room *room);

    class Private;
    const ThreadBound<Private> d;
};

} // namespace dialogue
