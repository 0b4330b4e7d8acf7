#pragma once

#include "core/base/seldomofkind.h"
#include "server/answers/pendinganswers.h"
#include "server/auth/connectrequest.h"
#include "server/auth/identity.h"
#include "server/rooms/services.h"

#include <functional>
#include <memory>
#include <unordered_map>

namespace dialogue {

/** Who of those that send CONNECT comes in, and as whom: at once, or when the authenticator has answered. */
class Arrivals
{
public:
    /** \a sid: the client's id. An Error refuses it still. */
    using Admitted = std::function<Result<void>(SocketId socket, const QByteArray &sid, Identity &&identity,
                                                ConnectRequest &&request)>;

    /** Of \a hooks, which outlive it, those are asked that authenticate. */
    Arrivals(const RoomServices &services, const Hooks &hooks, Admitted admitted);

    void ask(SocketId socket, ConnectRequest &&request);
    /** \a socket, of \a address, does not come in: it is told, counted and logged. */
    void refuse(SocketId socket, const QHostAddress &address, const Error &error);
    /** The socket is gone; whoever was asked about it need not answer. */
    void forget(SocketId socket) { m_waiting.erase(socket); }
    /** From now on everybody is refused, also who waits. */
    void close();

private:
    [[nodiscard]] Result<void> mayConnect(const ConnectRequest &request) const;
    void askLater(SocketId socket, ConnectRequest &&request);
    void answered(SocketId socket, ConnectRequest &&request, Result<Identity> &&identity);
    [[nodiscard]] Result<void> admit(SocketId socket, ConnectRequest &&request, Result<Identity> &&identity);

    const RoomServices &m_services;
    const Hooks &m_hooks;
    const Admitted m_admitted;
    std::unordered_map<SocketId, std::unique_ptr<PendingAnswer>> m_waiting;
    SeldomOfKind<ErrorCode> m_refusals;
    bool m_closed = false;
};

} // namespace dialogue
