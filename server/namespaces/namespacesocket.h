#pragma once

#include "core/base/threadbound.h"
#include "core/event/definedevent.h"
#include "server/export.h"

#include <QJsonObject>
#include <QObject>

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
class DIALOGUE_SERVER_EXPORT NamespaceSocket : public QObject
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
