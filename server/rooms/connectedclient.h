#pragma once

#include "core/base/answer.h"
#include "core/base/threadbound.h"
#include "core/event/definedevent.h"
#include "server/export.h"

#include <QJsonObject>
#include <QObject>
#include <QStringList>

#include <memory>

namespace dialogue {

class ConnectedClientPrivate;
struct HandshakeInfo;

/**
 * One connected session with its user. Lives in the hub's thread, from Dialogue::clientConnected until it
 * has left its rooms, after Dialogue::clientDisconnected; keep a QPointer, not a pointer, beyond a signal.
 */
class DIALOGUE_SERVER_EXPORT ConnectedClient : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString id READ id CONSTANT)
    Q_PROPERTY(QString userId READ userId CONSTANT)
public:
    ~ConnectedClient() override;

    [[nodiscard]] QString id() const; ///< The Socket.IO id of this connection.
    [[nodiscard]] QString userId() const; ///< The user; the same for all of the user's connections.
    [[nodiscard]] bool isVerified() const; ///< An authenticator vouches for the userId.
    /** What an authenticator has verified (Identity::claims); empty unless isVerified(). */
    [[nodiscard]] QJsonObject claims() const;
    /** What the client sent with CONNECT, which is its own word and no more; parsed at each call. */
    [[nodiscard]] QJsonObject handshakeAuth() const;
    [[nodiscard]] const HandshakeInfo &handshake() const;

    /** What the authenticator said; where there is none, what the client says of itself: decide nothing by
     * that. */
    [[nodiscard]] QJsonObject meta() const;
    void setMeta(const QJsonObject &meta);

    /**
     * With the room's default subscriptions; joining twice is fine. The Error is RoomNotFound, RoomFull,
     * LimitReached, JoinDenied when the client is gone, what Hooks::beforeJoin said, or what subscribe() says
     * to one of those subscriptions.
     */
    Answer<void> join(const QString &roomId);
    Result<void> leave(const QString &roomId); ///< RoomNotFound, NotInRoom.
    /** RoomNotFound, NotInRoom, EventNotAllowed, LimitReached, or InvalidRequest for too long a name. */
    Result<void> subscribe(const QString &roomId, const QString &event);
    template <DefinedEvent E>
    Result<void> subscribe(const QString &roomId, const E &event)
    {
        return subscribe(roomId, nameOf(event));
    }
    Result<void> subscribeAll(const QString &roomId); ///< RoomNotFound, NotInRoom.
    /** "*" undoes subscribeAll(). RoomNotFound, NotInRoom. */
    Result<void> unsubscribe(const QString &roomId, const QString &event);
    template <DefinedEvent E>
    Result<void> unsubscribe(const QString &roomId, const E &event)
    {
        return unsubscribe(roomId, nameOf(event));
    }

    [[nodiscard]] QStringList rooms() const;
    [[nodiscard]] QStringList subscriptions(const QString &roomId) const; ///< Event names; "*" for all.

    /** A Socket.IO event for this client alone, outside of any room. */
    void send(const QString &event, const QJsonValue &data = QJsonValue::Undefined);
    template <EventPayload T>
    void send(const TypedEvent<T> &event, const std::type_identity_t<T> &data)
    {
        send(event.name(), toJson(data));
    }
    template <std::same_as<EventDefinition> E>
    void send(const E &event, const QJsonValue &data = QJsonValue::Undefined)
    {
        send(event.name, data);
    }
    /**
     * What Dialogue::getHistory() gave, as an array of envelopes with their attachments: as many as one
     * packet of history may hold, which a warning tells. It is sent once it is there. An Error is logged, and
     * nothing is sent.
     */
    void send(const QString &event, const Answer<QList<EventMessage>> &history);

    /** What was sent before still leaves; then the connection is closed. A Socket.IO client does not come
     * back by itself. */
    void disconnect();
    using QObject::disconnect;

private:
    friend class ConnectedClientPrivate;
    explicit ConnectedClient(std::unique_ptr<ConnectedClientPrivate> d);
    const ThreadBound<ConnectedClientPrivate> d;
};

} // namespace dialogue
