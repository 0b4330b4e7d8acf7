#pragma once

#include "server/socketio/connection.h"
#include "tests/server/engine/sessionfixture.h"

#include <QJsonArray>
#include <QJsonObject>

namespace dialogue::socketio::test {

/** A hub that lets everybody in, or does as a test says, and remembers what it heard. */
class FakeHost : public SocketHost
{
public:
    SocketId nextSocketId(qsizetype) override { return ++m_last; }
    void socketConnecting(Socket &socket, ConnectRequest &&request) override
    {
        connecting.append(request.nsp);
        auth = request.auth;
        handshake = request.handshake;
        last = &socket;
        if (acceptAll)
            socket.connection->accept(socket, "sid-" + QByteArray::number(socket.id));
    }
    void socketEvent(Socket &socket, IncomingEvent &&event) override
    {
        events.append(std::move(event));
        if (whenEvent)
            whenEvent(socket);
    }
    void socketAck(Socket &, quint64 ackId, JsonData &&args, QList<QByteArray> &&) override
    {
        acks.append({ackId, args.toArray()});
    }
    void sessionDrained(engineio::Session &) override { ++drained; }
    void socketDisconnected(Socket &socket, DisconnectReason reason) override
    {
        disconnected.append({socket.nsp, reason});
        if (last == &socket)
            last = nullptr;
    }

    bool acceptAll = true;
    Socket *last = nullptr;
    QList<QByteArray> connecting;
    QJsonObject auth;
    HandshakeInfo handshake;
    QList<IncomingEvent> events;
    QList<std::pair<quint64, QJsonArray>> acks;
    QList<std::pair<QByteArray, DisconnectReason>> disconnected;
    int drained = 0;
    std::function<void(Socket &)> whenEvent;

private:
    SocketId m_last = 0;
};

/** Socket.IO on a WebSocket session, fed and read as text messages. */
class ConnectionFixture : public engineio::test::SessionFixture
{
public:
    ConnectionFixture()
    {
        connectionSettings.namespaces = {"/", "/admin"};
        connectionSettings.connectTimeout = std::chrono::hours(1);
        connectionSettings.deadlines = &deadlines;
        connectionSettings.inboundTotal = &inboundTotal;
    }
    void open()
    {
        socket = openWebSocket();
        socket->sent.clear();
        session->setListener(std::make_unique<Connection>(session.get(), &connectionSettings, &host));
    }
    /** What came back for \a text. */
    QList<QByteArray> say(const QByteArray &text)
    {
        socket->sent.clear();
        if (socket->listener)
            socket->listener->textReceived(text);
        return socket->sent;
    }
    void sayBinary(const QByteArray &data) { socket->listener->binaryReceived(data); }
    [[nodiscard]] bool isClosed() const { return socket->closeCode.has_value(); }

    InboundTotal inboundTotal{1'000'000};
    ConnectionSettings connectionSettings;
    FakeHost host;
    WebSocket socket;
};

} // namespace dialogue::socketio::test
