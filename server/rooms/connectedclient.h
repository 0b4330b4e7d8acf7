#pragma once

#include "core/base/answer.h"
#include "core/base/threadbound.h"
#include "core/event/definedevent.h"
#include "core/event/typedsending.h"
#include "server/export.h"

#include <QFuture>
#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QStringList>

#include <chrono>
#include <memory>

namespace dialogue {

class ConnectedClientPrivate;
struct HandshakeInfo;

/**
 * One connected session with its user. Lives in the hub's thread, from Dialogue::clientConnected until it
 * has left its rooms, after Dialogue::clientDisconnected; keep a QPointer, not a pointer, beyond a signal.
 */
class DIALOGUE_SERVER_EXPORT ConnectedClient : public QObject, public TypedSending<ConnectedClient>
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
    /** Those an authenticator has named (Identity::roles). */
    [[nodiscard]] QStringList roles() const;
    /** What the client sent with CONNECT, which is its own word and no more; parsed at each call. */
    [[nodiscard]] QJsonObject handshakeAuth() const;
    [[nodiscard]] const HandshakeInfo &handshake() const;

    /** What the authenticator said; where there is none, what the client says of itself: decide nothing by
     * that. */
    [[nodiscard]] QJsonObject meta() const;
    void setMeta(const QJsonObject &meta);

    /** It has lost its connection and come back as who it was, with its id, its rooms and what the
     * application set as meta(), from Dialogue::clientRecovered() on: see recovery.connectionState. */
    [[nodiscard]] bool isRecovered() const;

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
    using TypedSending::send;
    /**
     * What Dialogue::getHistory() gave, as an array of envelopes with their attachments: as many as one
     * packet of history may hold, which a warning tells. It is sent once it is there. An Error is logged, and
     * nothing is sent.
     */
    void send(const QString &event, const Answer<QList<EventMessage>> &history);

    /**
     * Asks the client by an event with an acknowledgement, and gives what it acknowledges with: the arguments
     * of its ack. An Error that a DialogueClient's handler gives comes as it is. Else the Error is Timeout
     * (\a timeout; serverRequests.timeout, where it is 0), ConnectionLost where the client is gone or goes
     * before it answers, ValidationFailed for an answer with binary attachments, LimitReached where too many
     * answers are waited for, PayloadTooLarge, or ServerDraining. The future is finished in the hub's thread.
     */
    [[nodiscard]] QFuture<Result<QJsonArray>> request(const QString &event,
                                                      const QJsonValue &data = QJsonValue::Undefined,
                                                      std::chrono::milliseconds timeout = {});
    /** Typed: TypedSending. */
    using TypedSending::request;

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
