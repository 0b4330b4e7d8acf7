#include "echosockets.h"

#include <QUuid>

namespace dialogue {

EchoSockets::EchoSockets(const ServerConfig &config)
    : m_gateway(config, {"/", "/custom"}, this, this)
{ }

void EchoSockets::socketConnecting(SocketId socket, ConnectRequest &&request)
{
    m_namespaces.insert(socket, request.nsp);
    m_gateway.accept(socket,
                     QUuid::createUuid().toRfc4122().toBase64(QByteArray::Base64UrlEncoding
                                                              | QByteArray::OmitTrailingEquals));
    m_gateway.send(socket, eventFrame(request.nsp, QStringLiteral("auth"), {request.auth}));
}

void EchoSockets::socketEvent(SocketId socket, IncomingEvent &&event)
{
    const QByteArray nsp = m_namespaces.value(socket);
    if (event.name == QStringLiteral("message"))
        m_gateway.send(socket,
                       eventFrame(nsp, QStringLiteral("message-back"), event.args, event.attachments));
    else if (event.name == QStringLiteral("message-with-ack") && event.ackId)
        m_gateway.send(socket, ackFrame(nsp, *event.ackId, event.args, event.attachments));
}

void EchoSockets::socketDisconnected(SocketId socket, DisconnectReason) { m_namespaces.remove(socket); }

void EchoSockets::httpRequest(ExchangeId exchange, HttpRequest &&)
{
    m_gateway.respond(exchange, HttpResponse::text("Not found\n", 404));
}

} // namespace dialogue
