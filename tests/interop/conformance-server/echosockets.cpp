#include "echosockets.h"
#include "server/socketio/packetframes.h"

#include <QTimer>
#include <QUuid>

namespace dialogue {

EchoSockets::EchoSockets(const ServerConfig &config)
    : m_gateway(config, this, this)
{
    if (const Result<void> opened = m_gateway.open("/custom", this); !opened)
        qFatal("%s", qPrintable(opened.error().text()));
}

void EchoSockets::socketConnecting(SocketId socket, ConnectRequest &&request)
{
    m_namespaces.insert(socket, request.nsp);
    m_gateway.accept(socket,
                     QUuid::createUuid().toRfc4122().toBase64(QByteArray::Base64UrlEncoding
                                                              | QByteArray::OmitTrailingEquals));
    m_greetings.insert(socket, request.auth);
    if (request.handshake.transport == "websocket")
        QTimer::singleShot(GreetingDelay, Qt::PreciseTimer, &m_gateway, [this, socket] { greet(socket); });
    else
        greet(socket);
}

void EchoSockets::greet(SocketId socket)
{
    const auto greeting = m_greetings.constFind(socket);
    if (greeting == m_greetings.constEnd())
        return;
    m_gateway.send(socket, eventFrame(m_namespaces.value(socket), QStringLiteral("auth"), {*greeting}));
    m_greetings.erase(greeting);
}

void EchoSockets::socketEvent(SocketId socket, IncomingEvent &&event)
{
    greet(socket); // Before any answer.
    const QByteArray nsp = m_namespaces.value(socket);
    if (event.name == QStringLiteral("message"))
        m_gateway.send(
            socket, eventFrame(nsp, QStringLiteral("message-back"), event.args.toArray(), event.attachments));
    else if (event.name == QStringLiteral("message-with-ack") && event.ackId)
        m_gateway.send(socket, ackFrame(nsp, *event.ackId, event.args.toArray(), event.attachments));
}

void EchoSockets::socketDisconnected(SocketId socket, DisconnectReason)
{
    m_namespaces.remove(socket);
    m_greetings.remove(socket);
}

void EchoSockets::httpRequest(ExchangeId exchange, HttpRequest &&)
{
    m_gateway.respond(exchange, HttpResponse::text("Not found\n", 404));
}

} // namespace dialogue
