#pragma once

#include "core/base/result.h"
#include "core/base/threadbound.h"
#include "server/export.h"

#include <QJsonObject>
#include <QObject>
#include <QStringList>

#include <memory>

namespace dialogue {

class ConnectedClientPrivate;
struct HandshakeInfo;

/**
 * One connected session with its user. Lives in the hub's thread, from Dialogue::clientConnected until just
 * after Dialogue::clientDisconnected; keep a QPointer, not a pointer, beyond a signal.
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
    [[nodiscard]] QJsonObject auth() const; ///< What the client sent with CONNECT; parsed at each call.
    [[nodiscard]] const HandshakeInfo &handshake() const;

    [[nodiscard]] QJsonObject meta() const;
    void setMeta(const QJsonObject &meta);

    /**
     * With the room's default subscriptions; joining twice is fine. The Error is RoomNotFound, RoomFull,
     * LimitReached, JoinDenied when the client is gone, what Hooks::beforeJoin said, or what subscribe() says
     * to one of those subscriptions.
     */
    Result<void> join(const QString &roomId);
    Result<void> leave(const QString &roomId); ///< RoomNotFound, NotInRoom.
    /** RoomNotFound, NotInRoom, EventNotAllowed, LimitReached, or InvalidRequest for too long a name. */
    Result<void> subscribe(const QString &roomId, const QString &event);
    Result<void> subscribeAll(const QString &roomId); ///< RoomNotFound, NotInRoom.
    /** "*" undoes subscribeAll(). RoomNotFound, NotInRoom. */
    Result<void> unsubscribe(const QString &roomId, const QString &event);

    [[nodiscard]] QStringList rooms() const;
    [[nodiscard]] QStringList subscriptions(const QString &roomId) const; ///< Event names; "*" for all.

    /** A Socket.IO event for this client alone, outside of any room. */
    void send(const QString &event, const QJsonValue &data = QJsonValue::Undefined);

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
