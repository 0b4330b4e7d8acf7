#include "server/socketio/connection.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/json/objectwriter.h"
#include "core/protocol/socketio/event.h"

#include <algorithm>
#include <utility>

namespace dialogue::socketio {

namespace {

DisconnectReason reasonOf(engineio::CloseReason reason)
{
    using engineio::CloseReason;
    switch (reason) {
    case CloseReason::ClientClosed:
    case CloseReason::TransportClosed:
        return DisconnectReason::TransportClosed;
    case CloseReason::ConnectionLost:
        return DisconnectReason::ConnectionLost;
    case CloseReason::TransportError:
    case CloseReason::ParseError:
        return DisconnectReason::ProtocolError;
    case CloseReason::PingTimeout:
        return DisconnectReason::PingTimeout;
    case CloseReason::PayloadTooLarge:
        return DisconnectReason::PayloadTooLarge;
    case CloseReason::SlowReader:
        return DisconnectReason::SlowReader;
    case CloseReason::ServerClosed:
        return DisconnectReason::ServerDisconnect;
    case CloseReason::ServerShutdown:
        return DisconnectReason::ServerShutdown;
    }
    return DisconnectReason::TransportClosed;
}

} // namespace

Connection::Connection(engineio::Session *session, const ConnectionSettings *settings, SocketHost *host)
    : m_session(session)
    , m_settings(settings)
    , m_host(host)
    , m_decoder(settings->maxAttachments)
    , m_gauge(host->makeGauge(settings->inbound, settings->inboundTotal))
{
    m_gauge->connection = this;
    m_connectDeadline->schedule(settings->deadlines, settings->connectTimeout);
}

Connection::~Connection() { m_gauge->connection = nullptr; }

void Connection::accept(Socket &socket, const QByteArray &sid, const QByteArray &pid)
{
    if (socket.state != Socket::State::Connecting)
        return;
    socket.state = Socket::State::Joined;
    m_connectDeadline.reset();
    json::ObjectWriter data;
    data.string(QLatin1String("sid"), QString::fromLatin1(sid));
    if (!pid.isEmpty())
        data.string(QLatin1String("pid"), QString::fromLatin1(pid));
    sendPacket({.type = PacketType::Connect, .nsp = socket.nsp, .data = JsonData::fromText(data.take())});
}

void Connection::refuse(Socket &socket, const QString &message, const QJsonValue &data)
{
    if (socket.state != Socket::State::Connecting)
        return;
    endedByUs(socket);
    sendConnectError(socket.nsp, message, data);
    remove(socket, DisconnectReason::ServerDisconnect);
    unsettleIfNew();
}

void Connection::unsettleIfNew()
{
    // It has never been in any.
    if (m_sockets.empty() && m_connectDeadline && m_connectDeadline->isScheduled())
        m_session->unsettle();
}

/** Without a socket, or before it is gone. It is not sent for ever. */
void Connection::sendConnectError(const QByteArray &nsp, const QString &message, const QJsonValue &data)
{
    QJsonObject error{{QStringLiteral("message"), message}};
    if (!data.isUndefined())
        error.insert(QStringLiteral("data"), data);
    sendPacket({.type = PacketType::ConnectError, .nsp = nsp, .data = error});
    connectFailed();
}

void Connection::connectFailed()
{
    if (++m_refused < m_settings->refusedConnects)
        return;
    qCDebug(lcSocket) << "session" << m_session->sid() << "is closed, as" << m_refused
                      << "CONNECTs came to nothing";
    m_reason = DisconnectReason::RateLimited;
    m_session->close(engineio::CloseReason::ServerClosed);
}

void Connection::disconnect(Socket &socket, bool closeSession, DisconnectReason reason)
{
    if (!closeSession) {
        endedByUs(socket);
        sendPacket({.type = PacketType::Disconnect, .nsp = socket.nsp});
        remove(socket, reason);
        return;
    }
    m_reason = reason;
    if (reason == DisconnectReason::TokenExpired || reason == DisconnectReason::ConnectionLost) {
        // After a DISCONNECT Socket.IO's client would stay away; it is to come back, with a new token, or
        // where it is there all the same, and somebody came who had all that it would come back with.
        m_session->close(engineio::CloseReason::ServerClosed);
        return;
    }
    QList<QByteArray> namespaces;
    for (const std::unique_ptr<Socket> &each : m_sockets)
        namespaces.append(each->nsp);
    // Sending may end the session, and the sockets with it.
    for (const QByteArray &nsp : std::as_const(namespaces))
        sendPacket({.type = PacketType::Disconnect, .nsp = nsp});
    m_session->close(engineio::CloseReason::ServerClosed);
}

void Connection::textReceived(QByteArray text)
{
    m_packetBytes = text.size();
    received(m_decoder.text(std::move(text)));
}

void Connection::binaryReceived(const QByteArray &data)
{
    m_packetBytes += data.size();
    received(m_decoder.binary(data));
}

void Connection::received(Result<std::optional<Packet>> &&packet)
{
    if (!packet)
        violation(packet.error().text());
    else if (std::optional<Packet> &complete = *packet)
        handle(std::move(*complete));
}

void Connection::handle(Packet &&packet)
{
    if (packet.type == PacketType::Connect) {
        connectReceived(packet);
        return;
    }
    Socket *socket = find(packet.nsp);
    if (!socket && packet.type != PacketType::ConnectError && m_endedByUs.contains(packet.nsp))
        return;
    if (packet.type == PacketType::ConnectError || !socket) {
        violation(QStringLiteral("a packet for a namespace that is not joined, or one only servers send"));
        return;
    }
    // What comes before its CONNECT is answered waits behind that in the hub; if it is refused, so is the
    // rest.
    if (packet.type == PacketType::Disconnect)
        disconnectReceived(*socket);
    else if (packet.isEvent())
        eventReceived(*socket, std::move(packet));
    else if (packet.id)
        m_host->socketAck(*socket, *packet.id, std::move(packet.data), std::move(packet.attachments));
}

void Connection::connectReceived(const Packet &packet)
{
    if (find(packet.nsp)) {
        violation(QStringLiteral("a second CONNECT for one namespace"));
        return;
    }
    const std::vector<QByteArray> &namespaces = m_settings->namespaces;
    const auto found = std::find(namespaces.begin(), namespaces.end(), packet.nsp);
    const bool isElsewhere = !m_settings->ofConsoles.isEmpty()
        && m_session->opening().ofConsole != (packet.nsp == m_settings->ofConsoles);
    if (found == namespaces.end() || isElsewhere) {
        sendConnectError(packet.nsp, QStringLiteral("Invalid namespace"));
        return;
    }
    if (const std::optional<Error> problem = problemOf(packet)) {
        sendConnectError(packet.nsp, problem->message,
                         QJsonObject{{QStringLiteral("code"), QString::fromLatin1(codeName(problem->code))}});
        return;
    }
    if (!m_session->settle())
        return;
    m_endedByUs.removeAll(packet.nsp);
    const engineio::Session::Opening &opening = m_session->opening();
    ConnectRequest request{.nsp = packet.nsp,
                           .auth = packet.data.toObject(),
                           .handshake = {.address = opening.address,
                                         .headers = opening.headers,
                                         .query = opening.query,
                                         .secure = opening.secure,
                                         .certificate = opening.certificate,
                                         .transport = engineio::wireName(m_session->transport()),
                                         .sessionId = m_session->sid()}};
    m_sockets.push_back(std::make_unique<Socket>(this, m_session,
                                                 m_host->nextSocketId(found - namespaces.begin()), packet.nsp,
                                                 packet.data.ownText().size(), *m_settings->encoding));
    m_host->socketConnecting(*m_sockets.back(), std::move(request));
}

std::optional<Error> Connection::problemOf(const Packet &packet) const
{
    if (!packet.fault.isEmpty())
        return Error{ErrorCode::InvalidRequest, packet.fault};
    // Before a tree is made of it, which may take eight times as much.
    const qsizetype size = packet.data.ownText().size();
    qint64 others = 0;
    for (const std::unique_ptr<Socket> &socket : m_sockets)
        others += socket->authSize;
    if (size + others <= m_settings->authSize)
        return std::nullopt;
    const QString beside
        = others == 0 ? QString() : QStringLiteral(" beside %1 for other namespaces").arg(others);
    return Error{ErrorCode::PayloadTooLarge,
                 QStringLiteral("auth has %1 bytes%2, %3 are allowed (limits.authSize)")
                     .arg(QString::number(size), beside, QString::number(m_settings->authSize))};
}

void Connection::disconnectReceived(Socket &socket)
{
    const bool isAnswered = socket.state == Socket::State::Joined;
    remove(socket, DisconnectReason::ClientDisconnect);
    if (isAnswered)
        return;
    // Its refusal would find nobody, and has to be counted all the same.
    unsettleIfNew();
    connectFailed();
}

void Connection::eventReceived(Socket &socket, Packet &&packet)
{
    EventParts parts = takeApart(std::move(packet.data));
    m_host->socketEvent(socket,
                        {.name = std::move(parts.name),
                         .args = std::move(parts.args),
                         .attachments = std::move(packet.attachments),
                         .ackId = packet.id,
                         .fault = std::move(packet.fault)});
}

void Connection::violation(const QString &what)
{
    qCDebug(lcSocket).noquote() << "session" << m_session->sid() << "is closed for" << printable(what);
    m_reason = DisconnectReason::ProtocolError;
    m_session->close(engineio::CloseReason::ServerClosed);
}

void Connection::connectTimedOut()
{
    qCDebug(lcSocket) << "session" << m_session->sid() << "joined no namespace in time";
    m_reason = DisconnectReason::ServerDisconnect;
    m_session->close(engineio::CloseReason::ServerClosed);
}

void Connection::heard()
{
    for (const std::unique_ptr<Socket> &socket : m_sockets)
        m_host->socketHeard(*socket);
}

void Connection::sessionClosed(engineio::CloseReason reason)
{
    if (m_connectDeadline)
        m_connectDeadline->cancel(); // Not destroyed: it may be what calls.
    const DisconnectReason why = m_reason.value_or(reasonOf(reason));
    while (!m_sockets.empty())
        remove(*m_sockets.back(), why);
}

Socket *Connection::find(const QByteArray &nsp) const
{
    const auto found = std::find_if(m_sockets.begin(), m_sockets.end(),
                                    [&nsp](const auto &socket) { return socket->nsp == nsp; });
    return found == m_sockets.end() ? nullptr : found->get();
}

void Connection::sendPacket(const Packet &packet)
{
    m_session->send(Frame::create({"4", encode(packet)}, packet.attachments));
}

void Connection::remove(Socket &socket, DisconnectReason reason)
{
    const auto found = std::find_if(m_sockets.begin(), m_sockets.end(),
                                    [&socket](const auto &each) { return each.get() == &socket; });
    if (found == m_sockets.end())
        return;
    // Out of the list first: what the host does next may come back here.
    const std::unique_ptr<Socket> gone = std::move(*found);
    m_sockets.erase(found);
    m_host->socketDisconnected(*gone, reason);
}

} // namespace dialogue::socketio
