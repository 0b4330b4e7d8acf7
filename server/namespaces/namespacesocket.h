#pragma once

#include "core/base/threadbound.h"
#include "core/event/definedevent.h"
#include "core/event/typedsending.h"
#include "server/export.h"

#include <QFuture>
#include <QJsonArray>
#include <QJsonObject>
#include <QObject>

#include <chrono>
#include <concepts>
#include <memory>

namespace dialogue {

class NamespaceSocketPrivate;
struct HandshakeInfo;

/**
 * A client in a Namespace. The same connection may have others, one for each namespace, each with an id and
 * an identity of its own. Lives in the hub's thread, from Namespace::socketConnected until after
 * Namespace::socketDisconnected; keep a QPointer, not a pointer, beyond a signal.
 */
class DIALOGUE_SERVER_EXPORT NamespaceSocket : public QObject, public TypedSending<NamespaceSocket>
{
    Q_OBJECT
    Q_PROPERTY(QString id READ id CONSTANT)
    Q_PROPERTY(QString userId READ userId CONSTANT)
public:
    ~NamespaceSocket() override;

    [[nodiscard]] QString id() const; ///< `socket.id` in Socket.IO's clients.
    [[nodiscard]] QString userId() const; ///< The id(), where nobody says who it is.
    [[nodiscard]] bool isVerified() const; ///< An authenticator vouches for the userId.
    [[nodiscard]] QJsonObject claims() const; ///< What it has verified; empty unless isVerified().
    /** What the client sent with CONNECT, which is its own word and no more; parsed at each call. */
    [[nodiscard]] QJsonObject handshakeAuth() const;
    [[nodiscard]] const HandshakeInfo &handshake() const;

    /** What the authenticator said; where there is none, what the client says of itself. */
    [[nodiscard]] QJsonObject meta() const;
    void setMeta(const QJsonObject &meta);

    /** An event for this client alone: Socket.IO's `socket.emit()`. */
    void send(const QString &event, const QJsonValue &data = QJsonValue::Undefined);
    using TypedSending::send;

    /**
     * Asks this client by an event with an acknowledgement, and gives what it acknowledges with: the
     * arguments of its ack. An Error that a DialogueClient's handler gives comes as it is. Else the Error is
     * Timeout
     * (\a timeout; serverRequests.timeout, where it is 0), ConnectionLost where the client is gone or goes
     * before it answers, ValidationFailed for an answer with binary attachments, LimitReached where too many
     * answers are waited for, PayloadTooLarge, or ServerDraining. The future is finished in the hub's thread.
     */
    [[nodiscard]] QFuture<Result<QJsonArray>> request(const QString &event,
                                                      const QJsonValue &data = QJsonValue::Undefined,
                                                      std::chrono::milliseconds timeout = {});
    /** Typed: TypedSending. */
    using TypedSending::request;

    /** From this namespace; the connection and its other namespaces stay. What was sent before still leaves.
     */
    void disconnect();
    using QObject::disconnect;
    /** The connection is closed, and with it the client is in no namespace. */
    void disconnectAll();

private:
    friend class NamespaceSocketPrivate;
    explicit NamespaceSocket(std::unique_ptr<NamespaceSocketPrivate> d);
    const ThreadBound<NamespaceSocketPrivate> d;
};

} // namespace dialogue
