#include "server/qtwebsockets/acceptedwebsockets.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/auth/connectrequest.h"
#include "server/bridge/workergateway.h"
#include "server/qtwebsockets/closereason.h"
#include "server/qtwebsockets/handshake.h"
#include "server/qtwebsockets/qtwebsocket.h"

#include <QThread>
#include <QWebSocketServer>

namespace dialogue::qtwebsockets {

namespace {

/** What a refused client is told by. */
constexpr int PolicyViolated = 1008; // RFC 6455, section 7.4.1
constexpr int TryAgainLater = 1013; // IANA, WebSocket Close Code Number Registry

int closeCode(ErrorCode code)
{
    return code == ErrorCode::PermissionDenied || code == ErrorCode::InvalidRequest ? PolicyViolated
                                                                                    : TryAgainLater;
}

Error wrongUse(const QString &message) { return {ErrorCode::InvalidRequest, message}; }

/** Whose thread is not this one may not even be asked what it is. */
template <class Object>
std::optional<Error> problemOf(const Object *object, const QString &what)
{
    if (!object)
        return wrongUse(what + QStringLiteral(" is null"));
    if (object->thread() != QThread::currentThread()) {
        return wrongUse(what
                        + QStringLiteral(" lives in another thread: it has to be of the Dialogue's, in which "
                                         "it is used from here on"));
    }
    return std::nullopt;
}

/** At once: of those that are refused there may be any number. */
void refuse(QWebSocket *socket, const Error &error)
{
    const auto code = static_cast<QWebSocketProtocol::CloseCode>(closeCode(error.code));
    socket->close(code, closeReason(error.message));
    socket->flush();
    socket->abort();
    socket->deleteLater();
}

} // namespace

AcceptedWebSockets::AcceptedWebSockets(WorkerGateway &gateway, qint64 maxMessageSize)
    : m_gateway(gateway)
    , m_maxMessageSize(maxMessageSize)
{ }

Result<void> AcceptedWebSockets::accept(QWebSocket *socket)
{
    if (auto problem = problemOf(socket, QStringLiteral("The QWebSocket")))
        return *std::move(problem);
    return accept(socket, peerOf(*socket), handshakeOf(*socket));
}

Result<void> AcceptedWebSockets::accept(QWebSocket *socket, const HandshakeInfo &handshake)
{
    if (auto problem = problemOf(socket, QStringLiteral("The QWebSocket")))
        return *std::move(problem);
    HttpRequest head = handshakeOf(*socket);
    head.query = handshake.query;
    head.headers = handshake.headers;
    Peer peer = peerOf(*socket);
    if (!handshake.address.isNull())
        peer.address = handshake.address;
    peer.isSecure = handshake.secure;
    return accept(socket, peer, std::move(head));
}

Result<void> AcceptedWebSockets::accept(QWebSocket *socket, const Peer &peer, HttpRequest &&head)
{
    if (socket->state() != QAbstractSocket::ConnectedState) {
        socket->deleteLater();
        return Error{ErrorCode::ConnectionLost, QStringLiteral("The QWebSocket is not connected")};
    }
    const bool isSecure = peerOf(*socket).isSecure;
    const auto taken = m_gateway.accept(peer, std::move(head), [&](NetWorker &worker, Place &&place) {
        return std::make_unique<QtWebSocket>(socket, isSecure, worker, std::move(place), m_maxMessageSize);
    });
    if (!taken)
        refuse(socket, taken.error());
    return taken;
}

Result<void> AcceptedWebSockets::serve(QWebSocketServer *server)
{
    if (auto problem = problemOf(server, QStringLiteral("The QWebSocketServer")))
        return *std::move(problem);
    connect(server, &QWebSocketServer::newConnection, this, [this, server] { takePending(server); });
    takePending(server);
    return {};
}

void AcceptedWebSockets::takePending(QWebSocketServer *server)
{
    while (QWebSocket *const socket = server->nextPendingConnection()) {
        if (const auto taken = accept(socket); !taken)
            qCDebug(lcEngine).noquote() << "A WebSocket was refused:" << printable(taken.error().text());
    }
}

} // namespace dialogue::qtwebsockets
