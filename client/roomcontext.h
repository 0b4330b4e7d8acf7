#pragma once

#include "client/export.h"
#include "client/participant.h"
#include "client/roominfo.h"
#include "core/base/result.h"
#include "core/base/threadbound.h"
#include "core/event/definedevent.h"
#include "core/event/eventmessage.h"

#include <QDateTime>
#include <QFuture>
#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>
#include <type_traits>

namespace dialogue {

class DialogueClient;
class RoomContextPrivate;

/** What a message may carry besides event and data. */
struct MessageOptions
{
    QJsonObject meta = {};
    /** Binary values; RoomContext::attachment(i) inside `data` stands for the i-th. */
    QList<QByteArray> attachments = {};
    /** False: the event does not come back to this connection, but by history, or by the recovery of what a
     * lost connection missed. */
    bool echo = true;
};

/** The server's word that a trigger was applied. */
struct TriggerReceipt
{
    QString id; ///< The message's, made by the client.
    quint64 offset = 0; ///< In the room's log; 0 from a server that does not acknowledge.
    qint64 timestamp = 0; ///< Milliseconds since the Unix epoch, by the server's clock; 0 likewise.
};

/** A page of a room's history. */
struct HistoryQuery
{
    QString event = {}; ///< Empty: of every event.
    int start = 0; ///< 0 is the newest.
    int end = 50; ///< Exclusive.
};

/** A stretch of a room's log; what is left out bounds nothing. */
struct HistoryStretch
{
    quint64 from = 1; ///< An offset.
    quint64 to = (quint64(1) << 53) - 1; ///< Likewise, included.
    QDateTime fromTime = {}; ///< Only what was said then or later, by the server's clock.
    QDateTime toTime = {}; ///< Likewise, then or before.
    QString event = {}; ///< Empty: of every event.
};

/** What a room keeps of a stretch of its log, as far as one answer goes. */
struct HistoryPage
{
    QList<EventMessage> events = {}; ///< Newest first.
    quint64 from = 0; ///< The first offset that the answer covers.
    quint64 to = 0; ///< The last one.
    bool more = false; ///< Older ones of those asked for are kept too: ask again, up to from - 1.
};

/**
 * One room as this client is in it: made by DialogueClient::join, owned by the client.
 *
 * It stays across lost connections: it joins and subscribes again by itself, and recovers what it missed.
 * Each event is seen once and in order, or gap() says what may be missing. After left() it is deleted
 * when control is back in the event loop; keep a QPointer beyond that. Handlers may leave, disconnect, or
 * delete the context or the client. All in the client's thread.
 */
class DIALOGUE_CLIENT_EXPORT RoomContext : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString roomId READ roomId CONSTANT)
    Q_PROPERTY(QString roomName READ roomName NOTIFY roomNameChanged)
    Q_PROPERTY(bool joined READ isJoined NOTIFY joinedChanged)
    Q_PROPERTY(dialogue::RoomPosition position READ position)
public:
    using Handler = std::function<void(const EventMessage &)>;
    using NamedHandler = std::function<void(const QString &event, const EventMessage &message)>;

    ~RoomContext() override; ///< Leaves the room.

    [[nodiscard]] QString roomId() const;
    [[nodiscard]] QString roomName() const;
    [[nodiscard]] bool isJoined() const; ///< The server has us in it now: false while the connection is lost.
    [[nodiscard]] RoomPosition position() const; ///< Up to where this room was seen, or told to be missing.
    [[nodiscard]] QStringList subscriptions() const; ///< Event names, as far as known here; "*" for all.

    /**
     * Calls \a handler for each \a event ("*": any), in the thread of \a context and as long as that lives,
     * or until QObject::disconnect() of what is given back. The handlers of one event come first, then those
     * of any. It only listens: what the server sends is a matter of subscribe() and the room's default
     * subscriptions.
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

    QMetaObject::Connection onAny(QObject *context, Handler handler)
    {
        return on(QStringLiteral("*"), context, std::move(handler));
    }
    /** With the event's name first. */
    QMetaObject::Connection onAny(QObject *context, NamedHandler handler)
    {
        return onAny(context, [handler = std::move(handler)](const EventMessage &message) {
            handler(message.event, message);
        });
    }
    template <std::derived_from<QObject> Context, MemberFunction F>
    QMetaObject::Connection onAny(Context *context, F handler)
    {
        if constexpr (std::invocable<F, Context *, const EventMessage &>) {
            return on(QStringLiteral("*"), context, handler);
        } else {
            return onAny(context, [context, handler](const QString &event, const EventMessage &message) {
                std::invoke(handler, context, event, message);
            });
        }
    }

    /**
     * Sends an event, now or when the connection is back, in order with the others of this room and applied
     * once. What goes wrong is told by DialogueClient::errorOccurred.
     */
    Q_INVOKABLE void trigger(const QString &event, const QJsonValue &data = QJsonValue::Null);
    void trigger(const QString &event, const QJsonValue &data, const MessageOptions &options);

    /**
     * Likewise, and says what came of it. Besides the server's errors: InvalidRequest (a placeholder without
     * its attachment, or nested too deep), LimitReached (outbox full), PayloadTooLarge, Timeout (not applied,
     * or nobody knows), ConnectionLost (the client was deleted, the room left, another user logged in, or the
     * server closed the connection each time this was sent). From a server without acks the receipt has
     * offset 0 and means "sent".
     */
    [[nodiscard]] QFuture<Result<TriggerReceipt>> triggerWithAck(const QString &event,
                                                                 const QJsonValue &data = QJsonValue::Null,
                                                                 const MessageOptions &options = {});

    template <EventPayload T>
    void trigger(const TypedEvent<T> &event, const std::type_identity_t<T> &data,
                 const MessageOptions &options = {})
    {
        trigger(event.name(), toJson(data), options);
    }
    template <std::same_as<EventDefinition> E>
    void trigger(const E &event, const QJsonValue &data = QJsonValue::Null,
                 const MessageOptions &options = {})
    {
        trigger(event.name, data, options);
    }
    template <EventPayload T>
    [[nodiscard]] QFuture<Result<TriggerReceipt>> triggerWithAck(const TypedEvent<T> &event,
                                                                 const std::type_identity_t<T> &data,
                                                                 const MessageOptions &options = {})
    {
        return triggerWithAck(event.name(), toJson(data), options);
    }
    template <std::same_as<EventDefinition> E>
    [[nodiscard]] QFuture<Result<TriggerReceipt>> triggerWithAck(const E &event,
                                                                 const QJsonValue &data = QJsonValue::Null,
                                                                 const MessageOptions &options = {})
    {
        return triggerWithAck(event.name, data, options);
    }

    /** Data as the JSON text that it is, with numbers of as many digits as one likes: JsonData::fromText().
     */
    template <std::same_as<JsonData> D>
    void trigger(const QString &event, const D &data, const MessageOptions &options = {})
    {
        triggerText(event, data, options);
    }
    template <std::same_as<JsonData> D>
    [[nodiscard]] QFuture<Result<TriggerReceipt>> triggerWithAck(const QString &event, const D &data,
                                                                 const MessageOptions &options = {})
    {
        return triggerTextWithAck(event, data, options);
    }

    /** Stands for the attachment \a index inside an event's data. */
    [[nodiscard]] static QJsonValue attachment(int index);

    /** Kept across reconnects. The future's error is the server's, or Timeout. */
    Q_INVOKABLE QFuture<Result<void>> subscribe(const QString &event);
    Q_INVOKABLE QFuture<Result<void>> subscribeAll();
    Q_INVOKABLE QFuture<Result<void>> unsubscribe(const QString &event); ///< "*" undoes subscribeAll().
    template <DefinedEvent E>
    QFuture<Result<void>> subscribe(const E &event)
    {
        return subscribe(nameOf(event));
    }
    template <DefinedEvent E>
    QFuture<Result<void>> unsubscribe(const E &event)
    {
        return unsubscribe(nameOf(event));
    }

    /** Newest first. */
    [[nodiscard]] QFuture<Result<QList<EventMessage>>> getHistory(const HistoryQuery &query = {});

    /**
     * What the room keeps of the events \a from to \a to, both offsets included, of this room's present log:
     * most of what a gap() tells of may be fetched like this. Of one \a event, or of all where it is empty.
     * InvalidRequest where from is 0 or to is less; the server's errors, of which RateLimited says when to
     * ask again.
     */
    [[nodiscard]] QFuture<Result<HistoryPage>> getHistoryBetween(quint64 from, quint64 to,
                                                                 const QString &event = {});
    /** The same of any stretch. Where there is more(), the rest is asked for with \a to one less than the
     * page's from, and all else as it was. InvalidRequest also where toTime is before fromTime. */
    [[nodiscard]] QFuture<Result<HistoryPage>> getHistoryBetween(const HistoryStretch &stretch);

    /** What the room tells of who is in it, as it said when it was joined. */
    [[nodiscard]] Presence presence() const;
    /**
     * From now on participants() is kept up to date, also when a connection was lost: participantsReset()
     * comes once all of it is there, and again after something was missed; participantChanged() for each
     * change. The future is done when it is there; its error is the server's: PermissionDenied where the room
     * tells nothing.
     */
    Q_INVOKABLE QFuture<Result<void>> watchParticipants();
    /** In the order of their ids, as was told last; see ParticipantsModel too. Nobody, where the room tells
     * how many they are and no more. */
    [[nodiscard]] QList<Participant> participants() const;
    [[nodiscard]] int userCount() const; ///< That are in the room; it may not have told of all of them yet.
    [[nodiscard]] int connectionCount() const; ///< Each user has one or more.

    /** The room is left at once as far as this client goes; the future says that the server knows. */
    Q_INVOKABLE QFuture<Result<void>> leave();

Q_SIGNALS:
    void eventReceived(const dialogue::EventMessage &message);
    /** What a room sends at join, newest first; after a gap too. */
    void historyReceived(const QList<dialogue::EventMessage> &events);
    /** What may have been missed: after a lost connection, or because this client reads too slowly for the
     * room. The events that follow come after it; getHistoryBetween() may have what is missing. */
    void gap(const dialogue::Gap &gap);
    void participantsReset();
    void participantChanged(const dialogue::Participant &participant);
    void participantCountsChanged();
    void joinedChanged(bool joined);
    void roomNameChanged();
    /** By leave(), by the room's deletion, or because the server did not let us in again. */
    void left(const QString &reason);

private:
    friend class RoomContextPrivate;
    void triggerText(const QString &event, const JsonData &data, const MessageOptions &options);
    QFuture<Result<TriggerReceipt>> triggerTextWithAck(const QString &event, const JsonData &data,
                                                       const MessageOptions &options);
    explicit RoomContext(std::unique_ptr<RoomContextPrivate> d);
    const ThreadBound<RoomContextPrivate> d;
};

} // namespace dialogue
