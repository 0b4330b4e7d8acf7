#pragma once

#include "core/base/seldomofkind.h"
#include "server/namespaces/namespacesocket_p.h"
#include "server/rooms/requesthandlers.h"

#include <optional>

namespace dialogue {

/** Answers what the sockets of one namespace ask, by the handlers of the application: each with its ack, and
 * an Error besides as `dialogue:error`, as everywhere. */
class SocketRequests
{
public:
    /** Null, once it is gone. */
    using Find = std::function<NamespaceSocket *(SocketId socket)>;

    SocketRequests(const RoomServices &services, const QByteArray &nsp, Find find);

    [[nodiscard]] RequestHandlers &handlers() { return m_handlers; }
    void handle(NamespaceSocket &asker, IncomingEvent &&event);
    /** To everybody in the namespace, or to one. */
    [[nodiscard]] FramePtr errorFrame(const Error &error) const;

private:
    /** All that is still to be known of a request when it is answered. */
    struct Asked
    {
        SocketId socket;
        QString name;
        std::optional<quint64> ackId;
    };
    [[nodiscard]] Result<std::shared_ptr<const RequestHandlers::Entry>>
    mayAsk(SocketClient &asker, const IncomingEvent &event) const;
    void fail(const Asked &asked, Error error);
    void logRefusal(const SocketClient &asker, const QString &request, const Error &error);

    const RoomServices &m_services;
    const QByteArray m_nsp;
    const Find m_find;
    RequestHandlers m_handlers;
    SeldomOfKind<ErrorCode> m_refusals;
};

} // namespace dialogue
