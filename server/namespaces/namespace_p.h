#pragma once

#include "core/base/seldom.h"
#include "server/bridge/gateway.h"
#include "server/namespaces/namespace.h"
#include "server/namespaces/socketrequests.h"
#include "server/rooms/arrivals.h"
#include "server/rooms/expiries.h"

#include <QHash>

#include <memory>
#include <unordered_map>

namespace dialogue {

/** What sockets say in one namespace, for the application. */
class NamespacePrivate final : public SocketListener
{
public:
    /** \a ownHooks: those that authenticate, or nothing for the server's. */
    NamespacePrivate(const QByteArray &name, const RoomServices &itsServices, Hooks ownHooks);
    ~NamespacePrivate() override;
    Q_DISABLE_COPY_MOVE(NamespacePrivate)

    static std::unique_ptr<Namespace> create(const QByteArray &name, const RoomServices &services,
                                             Hooks ownHooks);
    static NamespacePrivate &of(const Namespace &each) { return *each.d; }

    // SocketListener
    void socketConnecting(SocketId socket, ConnectRequest &&request) override;
    void socketEvent(SocketId socket, IncomingEvent &&event) override;
    void socketAck(SocketId socket, quint64 ackId, JsonData &&args, QList<QByteArray> &&attachments) override;
    void socketDisconnected(SocketId socket, DisconnectReason reason) override;

    /** Newcomers and requests are refused from now on; who is here is told. */
    void drain();
    /** Expiries::revoke() */
    void revoke(const QSet<QString> &credentials) { m_expiries.revoke(credentials); }
    /** What waits is refused, too. */
    void close() { requests.handlers().close(); }
    [[nodiscard]] NamespaceSocket *find(SocketId socket) const;
    void broadcast(const FramePtr &frame, const std::vector<SubscriberId> &except = {}) const
    {
        services.publisher.notify(m_everyone, frame, except);
    }

    const QByteArray nsp;
    const RoomServices &services;
    SocketRequests requests;
    std::unordered_map<SocketId, std::unique_ptr<NamespaceSocket>> sockets;
    QHash<QString, NamespaceSocket *> byId;

private:
    [[nodiscard]] Result<void> admitted(SocketId socket, const QByteArray &sid, Identity &&identity,
                                        ConnectRequest &&request);
    /** What a slot of the application throws ends this and no more. */
    template <class F>
    void tell(const char *signal, F &&f);

    Namespace *m_public = nullptr;
    const TopicId m_everyone;
    const Hooks m_ownHooks;
    Expiries m_expiries;
    Arrivals m_arrivals;
    Seldom m_connects;
};

} // namespace dialogue
