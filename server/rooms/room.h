#pragma once

#include "core/base/answer.h"
#include "core/base/threadboundpart.h"
#include "core/event/definedevent.h"
#include "core/event/eventmessage.h"
#include "core/event/typedsending.h"
#include "core/room/roomconfig.h"
#include "server/export.h"
#include "server/rooms/broadcastoptions.h"
#include "server/rooms/hooks.h"
#include "server/rooms/participantanswer.h"

#include <QFuture>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace dialogue {

class ConnectedClient;
class RoomPrivate;

/** Some of a room's participants: these, all connections of these users, and all who have one of these roles.
 */
struct Recipients
{
    QList<ConnectedClient *> clients = {};
    QStringList users = {};
    QStringList roles = {}; ///< As an authenticator names them; this takes time by all who are in the room.
};

/** What a trigger may say besides event and data. */
struct TriggerOptions
{
    QString from = QStringLiteral("system");
    QJsonObject meta = {};
    QString id = {}; ///< Message id; see EventMessage::id.
    /** Not delivered to these as it happens; who comes back, or asks for history, gets it all the same. */
    QList<ConnectedClient *> except = {};
    QStringList exceptUsers = {}; ///< The same of all connections of these users.
    /** For these alone, of those who are subscribed to it. It is ephemeral then, whatever the room declares:
     * without an offset, in no history, and not sent to who comes back. Its cost is that of so many
     * recipients. */
    std::optional<Recipients> to = {};
    /** Ephemeral likewise, and not queued for who is behind with what was sent before: it is dropped for that
     * reader, counted (WorkerCounters::volatileDropped), and not told as a gap. */
    bool isVolatile = false;
};

/** A runtime room: its participants, its log, its events. Lives in the hub's thread. */
class DIALOGUE_SERVER_EXPORT Room : public QObject, public TypedBroadcast<Room, BroadcastOptions>
{
    Q_OBJECT
    Q_PROPERTY(QString id READ id CONSTANT)
    Q_PROPERTY(QString name READ name NOTIFY updated)
    Q_PROPERTY(int size READ size NOTIFY sizeChanged)
public:
    using Handler = std::function<void(const EventMessage &)>;

    ~Room() override;

    [[nodiscard]] QString id() const;
    [[nodiscard]] QString name() const;
    [[nodiscard]] RoomConfig config() const; ///< As it is declared now.

    [[nodiscard]] int size() const; ///< Participants.
    [[nodiscard]] bool isFull() const;
    [[nodiscard]] QList<ConnectedClient *> participants() const;
    [[nodiscard]] bool contains(const ConnectedClient *client) const;

    [[nodiscard]] QByteArray epoch() const; ///< Identity of the room's log.
    /** Of the newest event that has one, which ephemeral ones have not; 0 before the first. */
    [[nodiscard]] quint64 offset() const;

    /**
     * Validates, orders, records and delivers an event; the answer is the message with its offset. The Error
     * is EventNotAllowed, ValidationFailed, PayloadTooLarge, RoomNotFound once the room is deleted, or what
     * Hooks::beforeEach said.
     *
     * The answer of this, and of what else is asked of a room, may have to be waited for, as Answer::then()
     * does; only where isReady() says so there is a result() at once.
     */
    Answer<EventMessage> trigger(const QString &event, const QJsonValue &data,
                                 const TriggerOptions &options = {});

    /** A typed event: a payload of the wrong type does not compile. */
    template <EventPayload T>
    Answer<EventMessage> trigger(const TypedEvent<T> &event, const T &data,
                                 const TriggerOptions &options = {})
    {
        return trigger(event.name(), toJson(data), options);
    }
    template <std::same_as<EventDefinition> E>
    Answer<EventMessage> trigger(const E &event, const QJsonValue &data, const TriggerOptions &options = {})
    {
        return trigger(event.name, data, options);
    }

    /**
     * A Socket.IO event of this name to all who are in the room now, whatever they are subscribed to:
     * Socket.IO's `io.to(room).emit()`, and `socket.to(room).emit()` with BroadcastOptions::except. It need
     * not be declared; nobody is asked about it, and it is in no log: who is away misses it. Encoded once.
     */
    void broadcast(const QString &event, const QJsonValue &data = QJsonValue::Undefined,
                   const BroadcastOptions &options = {});
    using TypedBroadcast::broadcast;

    /**
     * Calls \a handler for each \a event ("*": any) after it went out, in the thread of \a context and as
     * long as that lives, or until QObject::disconnect() of what is given back. The handlers of one event
     * come first, then those of any. Where the room does not carry such an event, a warning is logged.
     */
    QMetaObject::Connection on(const QString &event, QObject *context, Handler handler);
    template <std::same_as<EventDefinition> E>
    QMetaObject::Connection on(const E &event, QObject *context, Handler handler)
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
     * ConnectedClient::request() to each participant, with one event that is encoded once, and its answers:
     * of each one an Error or what it acknowledged, in the order in which they came into the room, once the
     * last has answered or \a timeout is over, which begins when the last was asked. Many are asked in
     * several turns of the event loop; who has left by its turn is left out. RoomNotFound, where the room was
     * deleted; LimitReached for more participants than serverRequests.maxPending allows; PayloadTooLarge;
     * ServerDraining.
     */
    [[nodiscard]] QFuture<Result<QList<ParticipantAnswer>>>
    request(const QString &event, const QJsonValue &data = QJsonValue::Undefined,
            std::chrono::milliseconds timeout = {});

    /** Kept events of one name (empty: of all), newest first. InvalidRequest for a range that is none; what
     * Hooks::onLoad said, where it is asked, or Hooks::onLoadLater, whose answer is waited for. */
    [[nodiscard]] Answer<QList<EventMessage>> history(const QString &event = {},
                                                      HistoryRange range = {}) const;

Q_SIGNALS:
    void eventTriggered(const dialogue::EventMessage &message);
    /** After handlers and eventTriggered. It went to so many \a subscribers, those who are still being sent
     * what they missed included. */
    void eventCompleted(const dialogue::EventMessage &message, int subscribers);
    /** Left the in-memory history for newer ones, or with the room, which is being deleted; oldest first: the
     * moment to put them elsewhere. */
    void eventsEvicted(const QString &event, const QList<dialogue::EventMessage> &events);
    void participantJoined(dialogue::ConnectedClient *client);
    void participantLeft(dialogue::ConnectedClient *client);
    void sizeChanged(int size);
    void updated();

private:
    friend class RoomPrivate;
    explicit Room(std::unique_ptr<RoomPrivate> d);
    const ThreadBoundPart<RoomPrivate> d;
};

} // namespace dialogue
