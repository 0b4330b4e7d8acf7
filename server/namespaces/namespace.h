#pragma once

#include "core/base/threadbound.h"
#include "core/event/requestdefinition.h"
#include "core/event/typedsending.h"
#include "server/export.h"
#include "server/namespaces/namespacesocket.h"
#include "server/namespaces/socketrequest.h"

#include <QList>
#include <QObject>

#include <memory>

namespace dialogue {

class NamespacePrivate;

/** Whom a broadcast in a namespace leaves out. */
struct NamespaceBroadcastOptions
{
    QList<NamespaceSocket *> except = {};
    bool isVolatile = false; ///< Dropped for who is behind with what was sent before, and not queued.
};

/**
 * A namespace of the application's own beside "/", where the rooms are: Socket.IO clients come in by
 * `io("/name")`, over the same connection, and ask and hear what the application has for them there. It has
 * no rooms, no history and no `dialogue:*` requests. Made by Dialogue::of(), and there as long as that; the
 * hub's thread.
 *
 *     Namespace *const orders = *server.of(u"/orders"_s);
 *     orders->onRequest(u"count"_s, [](const SocketRequest &) { return 42; });
 *     orders->broadcast(u"changed"_s, 43);
 */
class DIALOGUE_SERVER_EXPORT Namespace : public QObject,
                                         public TypedBroadcast<Namespace, NamespaceBroadcastOptions>
{
    Q_OBJECT
    Q_PROPERTY(QString name READ name CONSTANT)
public:
    ~Namespace() override;

    [[nodiscard]] QString name() const; ///< "/orders"

    /**
     * What clients may ask here, or merely say, as an event called \a name: Dialogue::onRequest(), with the
     * same limits, which hold for a client's requests in all namespaces together.
     */
    Result<void> onRequest(const QString &name, SocketRequestHandler handler);
    Result<void> onRequest(const RequestDefinition &request, SocketRequestHandler handler);
    template <EventPayload Ask, EventPayload Reply>
    Result<void> onRequest(const TypedRequest<Ask, Reply> &request,
                           std::type_identity_t<std::function<Answer<Reply>(Ask, SocketRequest)>> handler)
    {
        return onRequest(request.definition(), typedHandler(std::move(handler)));
    }

    /** An event to each of sockets(): Socket.IO's `namespace.emit()`. */
    void broadcast(const QString &event, const QJsonValue &data = QJsonValue::Undefined,
                   const NamespaceBroadcastOptions &options = {});
    using TypedBroadcast::broadcast;

    [[nodiscard]] QList<NamespaceSocket *> sockets() const;
    [[nodiscard]] NamespaceSocket *socket(const QString &id) const; ///< Null when there is none.
    /** NamespaceSocket::disconnect() of each. */
    void disconnectSockets();

Q_SIGNALS:
    void socketConnected(dialogue::NamespaceSocket *socket);
    /** \a reason as socket.io names it: "client namespace disconnect", "ping timeout" ... Nothing reaches the
     * socket any more. */
    void socketDisconnected(dialogue::NamespaceSocket *socket, const QString &reason);

private:
    friend class NamespacePrivate;
    explicit Namespace(std::unique_ptr<NamespacePrivate> d);
    const ThreadBound<NamespacePrivate> d;
};

} // namespace dialogue
