#pragma once

#include "client/clientconfig.h"
#include "client/connectionfailure.h"
#include "client/export.h"
#include "client/roomcontext.h"
#include "client/roominfo.h"
#include "client/socketioclient.h"
#include "core/base/answer.h"
#include "core/base/result.h"
#include "core/base/threadbound.h"
#include "core/event/requestdefinition.h"

#include <QFuture>
#include <QObject>

#include <functional>
#include <memory>

namespace dialogue {

class DialogueClientPrivate;

/** How to enter a room. */
struct JoinSettings
{
    /** Subscribe to these ("*": all) in place of the room's default ones. */
    std::optional<QStringList> subscriptions = {};
    /** Begin after this place of the log, if it can be recovered; else there is a gap. */
    std::optional<RoomPosition> since = {};
};

/**
 * A connection to a Dialogue server, or to any Socket.IO 4 server that speaks the `dialogue:*` events.
 *
 *     dialogue::DialogueClient client({.url = QUrl(u"http://127.0.0.1:3000"_s)});
 *     client.join(u"chat"_s).then(&app, [&](dialogue::Result<dialogue::RoomContext *> room) {
 *         if (room)
 *             (*room)->on(u"message"_s, &app, [](const dialogue::EventMessage &m) { qInfo() << m.data; });
 *     });
 *
 * It reconnects by itself, joins its rooms again, recovers what was missed, and sends what was triggered
 * meanwhile. It lives in one thread, which needs an event loop; nothing here blocks. It may be moved to
 * another one before control is back in the event loop, and before anything is asked of it. Handlers, futures
 * and signals come from the event loop, never from within a call; what a call changes, state() tells at once.
 * Handlers may delete it.
 */
class DIALOGUE_CLIENT_EXPORT DialogueClient : public QObject
{
    Q_OBJECT
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(bool connected READ isConnected NOTIFY stateChanged)
    Q_PROPERTY(QString userId READ userId NOTIFY identityChanged)
    Q_PROPERTY(QString clientId READ clientId NOTIFY identityChanged)
    Q_PROPERTY(int outboxSize READ outboxSize NOTIFY outboxSizeChanged)
public:
    using State = SocketIoClient::State;

    explicit DialogueClient(ClientConfig config, QObject *parent = nullptr);
    ~DialogueClient() override; ///< Open futures end with ConnectionLost.

    [[nodiscard]] const ClientConfig &config() const;
    [[nodiscard]] State state() const;
    [[nodiscard]] bool isConnected() const { return state() == State::Connected; }
    [[nodiscard]] QString userId() const; ///< As the server knows us; empty before the first connection.
    [[nodiscard]] QString clientId() const; ///< Of this connection.
    [[nodiscard]] std::optional<TransportKind> transport() const; ///< What carries the connection, if any.
    [[nodiscard]] int outboxSize() const; ///< Triggers that wait for a connection or for their ack.

    /** Does nothing where connected or about to be. */
    Q_INVOKABLE void connectToServer();
    /**
     * For who learns that something may have happened to the network: another address, a cable, a resume
     * (QNetworkInformation tells, where it has a backend). The server is asked for a sign of life; without
     * one in timeouts.check the connection is lost, long before its heartbeat is missed, and comes back. A
     * connection that still works stays, which disconnectFromServer() and connectToServer() would end. A
     * waiting attempt to reconnect begins now. Disconnected it stays so.
     */
    Q_INVOKABLE void checkConnection();
    /** Rooms stay, as does the outbox; connectToServer() brings them back. */
    Q_INVOKABLE void disconnectFromServer();

    /**
     * Enters a room; one context per room, so a second join gives the first one's. While there is no
     * connection it waits for one; where none is tried for any more, as the server refused this client, say,
     * it fails at once with the reason, as do all requests. RoomNotFound, RoomFull, JoinDenied, Timeout and
     * the like.
     */
    [[nodiscard]] QFuture<Result<RoomContext *>> join(const QString &roomId,
                                                      const JoinSettings &options = {});
    Q_INVOKABLE dialogue::RoomContext *room(const QString &roomId) const; ///< Null unless joined.
    [[nodiscard]] QList<RoomContext *> rooms() const;

    /**
     * Calls \a handler for each \a event ("*": any) that the server says outside of rooms, to this client or
     * to all: its ConnectedClient::send() and Dialogue::broadcast(), or any Socket.IO event that is not
     * Dialogue's own. The message has no roomId, its data is what was said (null without, an array where
     * there was more than one argument), `from` is "system", and the timestamp when it came, by the clock
     * here. Otherwise as RoomContext::on().
     */
    QMetaObject::Connection on(const QString &event, QObject *context, RoomContext::Handler handler);
    template <std::same_as<EventDefinition> E>
    QMetaObject::Connection on(const E &event, QObject *context, RoomContext::Handler handler)
    {
        return on(event.name, context, std::move(handler));
    }
    /** Typed: what does not fit T is left out. */
    template <EventPayload T>
    QMetaObject::Connection on(const TypedEvent<T> &event, QObject *context,
                               std::type_identity_t<std::function<void(const TypedMessage<T> &)>> handler)
    {
        return on(event.name(), context, handlerOf<T>(std::move(handler)));
    }
    /** With a member function of \a context. */
    template <class E, std::derived_from<QObject> Context, MemberFunction F>
    QMetaObject::Connection on(const E &event, Context *context, F handler)
    {
        return on(event, context, [context, handler](const auto &message) -> void {
            std::invoke(handler, context, message);
        });
    }

    /**
     * Asks for what the server's application answers besides (Dialogue::onRequest() there, or a handler of
     * any Socket.IO server that acknowledges): the argument of the acknowledgement, an array where there are
     * several, null where there is none. An Error of the application comes as it is; ConnectionLost, where
     * the connection was lost before the answer: whether it was done, nobody knows. `timeouts.request` holds.
     */
    [[nodiscard]] QFuture<Result<QJsonValue>> request(const QString &name,
                                                      const QJsonValue &data = QJsonValue::Undefined);
    /** Typed; ValidationFailed where the answer is no Reply. */
    template <EventPayload Ask, EventPayload Reply>
    [[nodiscard]] QFuture<Result<Reply>> request(const TypedRequest<Ask, Reply> &request,
                                                 const std::type_identity_t<Ask> &ask)
    {
        return this->request(request.name(), toJson(ask)).then([](const Result<QJsonValue> &answer) {
            return answer ? fromJson<Reply>(*answer) : Result<Reply>(answer.error());
        });
    }

    /** Its argument is what a handler of on() would get. */
    using RequestHandler = std::function<Answer<QJsonValue>(const EventMessage &asked)>;
    /**
     * Answers what the server's application asks (ConnectedClient::request() and Room::request() there, or
     * any Socket.IO event that wants an acknowledgement): with what \a handler hands back, now or later, or
     * with its Error. It is called in this client's thread as long as \a context lives, and in place of an
     * earlier one of that name; none: nobody answers any more. What was not answered when the connection was
     * lost is not answered. Where there is no handler, on() and directReceived() hear of the event as of any
     * other, and the server is told INVALID_REQUEST.
     */
    void onRequest(const QString &name, QObject *context, RequestHandler handler);
    /** Typed: what is no Ask is answered with ValidationFailed. */
    template <EventPayload Ask, EventPayload Reply>
    void onRequest(const TypedRequest<Ask, Reply> &request, QObject *context,
                   std::type_identity_t<std::function<Answer<Reply>(const Ask &)>> handler)
    {
        onRequest(request.name(), context,
                  [handler = std::move(handler)](const EventMessage &asked) -> Answer<QJsonValue> {
                      const Result<Ask> ask = fromJson<Ask>(asked.data);
                      if (!ask)
                          return ask.error();
                      return handler(*ask).transform(
                          [](const Reply &reply) { return QJsonValue(toJson(reply)); });
                  });
    }

    [[nodiscard]] QFuture<Result<QList<RoomInfo>>> listRooms();
    [[nodiscard]] QFuture<Result<RoomInfo>> createRoom(const NewRoom &room);
    [[nodiscard]] QFuture<Result<void>> deleteRoom(const QString &roomId);

Q_SIGNALS:
    void stateChanged(dialogue::DialogueClient::State state);
    void identityChanged();
    /** Rooms are being joined again, not joined yet: RoomContext::joinedChanged says when. */
    void connected();
    /** Was connected, and is not any more; whether it comes back, state() says. */
    void disconnected(const QString &reason);
    /** The next attempt, the \a attempt-th in a row, begins in \a delay milliseconds. */
    void reconnectScheduled(int attempt, int delay);
    /** No attempt, or no connection any more: why, for programs. errorOccurred() follows with the same. */
    void connectionFailed(const dialogue::ConnectionFailure &failure);
    /** What no future tells: a lost connection's cause, a refused CONNECT, a fire-and-forget trigger. */
    void errorOccurred(const dialogue::Error &error);
    void roomCreated(const dialogue::RoomInfo &room);
    void roomDeleted(const QString &roomId);
    void historyReceived(const QString &roomId, const QList<dialogue::EventMessage> &events);
    void eventReceived(const dialogue::EventMessage &message); ///< Of any room joined.
    /** What the server says outside of rooms; after the handlers of on(). */
    void directReceived(const dialogue::EventMessage &message);
    void gap(const QString &roomId, const dialogue::Gap &gap);
    void outboxSizeChanged(int waiting);

private:
    friend class DialogueClientPrivate;
    DialogueClient(std::unique_ptr<DialogueClientPrivate> d, QObject *parent);
    const ThreadBound<DialogueClientPrivate> d;
};

} // namespace dialogue
