#pragma once

#include "server/bridge/workergateway.h"
#include "server/socketio/packetframes.h"
#include "testclient.h"

#include <QHash>
#include <QTcpSocket>
#include <QTest>

#include <set>

namespace dialogue::test {

/** A hub that lets everybody in and remembers what it heard; a gateway on a free port under it. */
class FakeHub : public SocketListener, public HttpListener
{
public:
    explicit FakeHub(int workers, const std::function<void(ServerConfig &)> &change = {})
    {
        ServerConfig config;
        config.port = 0;
        config.workers = workers;
        if (change)
            change(config);
        gateway = std::make_unique<WorkerGateway>(config, this, this);
        if (const Result<void> opened = gateway->open("/admin", this); !opened)
            qFatal("%s", qPrintable(opened.error().text()));
        if (const Result<void> listening = gateway->listen(); !listening)
            qFatal("%s", qPrintable(listening.error().text()));
    }

    void socketConnecting(SocketId socket, ConnectRequest &&request) override
    {
        sockets.append(socket);
        requests.insert(socket, request);
        if (admits)
            gateway->accept(socket, "sid");
        if (whenConnecting)
            whenConnecting(socket);
    }
    void socketEvent(SocketId socket, IncomingEvent &&event) override
    {
        if (whenEvent)
            whenEvent(socket, event);
        events.append(std::move(event));
    }
    void socketAck(SocketId, quint64 ackId, JsonData &&args, QList<QByteArray> &&) override
    {
        acks.append({ackId, args.toArray()});
    }
    void socketDisconnected(SocketId socket, DisconnectReason reason) override
    {
        disconnected.insert(socket, reason);
    }
    void socketDrained(SocketId socket, quint64 token) override { drained.append({socket, token}); }
    void socketHeard(SocketId socket) override { heard.append(socket); }
    void httpRequest(ExchangeId exchange, HttpRequest &&request) override
    {
        exchanges.append(exchange);
        if (answerHttp)
            gateway->respond(exchange, HttpResponse::text("you asked for " + request.path + '\n'));
    }

    [[nodiscard]] quint16 port() const { return gateway->port(); }
    void emitTo(SocketId socket, const QString &name, const QJsonValue &payload)
    {
        gateway->send(socket, eventFrame("/", name, {payload}));
    }
    /** Waits for the gateway's stop. */
    [[nodiscard]] bool stop()
    {
        bool stopped = false;
        gateway->stop([&stopped] { stopped = true; });
        return QTest::qWaitFor([&stopped] { return stopped; }, 20000);
    }

    QList<SocketId> sockets;
    QHash<SocketId, ConnectRequest> requests;
    QList<IncomingEvent> events;
    QList<std::pair<quint64, QJsonArray>> acks;
    QHash<SocketId, DisconnectReason> disconnected;
    QList<std::pair<SocketId, quint64>> drained;
    QList<SocketId> heard;
    QList<ExchangeId> exchanges;
    std::function<void(SocketId)> whenConnecting;
    std::function<void(SocketId, const IncomingEvent &)> whenEvent;
    bool answerHttp = true;
    bool admits = true; ///< Else a CONNECT waits for the test.
    std::unique_ptr<WorkerGateway> gateway; ///< Last: it tells the rest when it goes.
};

/** The table of tests that run with workers and without. */
inline void addWorkers()
{
    QTest::addColumn<int>("workers");
    QTest::newRow("in the hub's thread") << 0;
    QTest::newRow("one worker") << 1;
    QTest::newRow("three workers") << 3;
}

/** One HTTP request on a connection of its own; the whole answer, or what came before the peer was gone. */
inline QByteArray request(quint16 port, const QByteArray &method, const QByteArray &target,
                          const QByteArray &body = {}, const QByteArray &headers = {})
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    socket.write(method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + headers);
    if (method == "POST")
        socket.write("Content-Length: " + QByteArray::number(body.size()) + "\r\n");
    socket.write("\r\n" + body);
    (void)QTest::qWaitFor([&socket] { return socket.state() == QAbstractSocket::UnconnectedState; }, 20000);
    return socket.readAll();
}

/** A client that comes in over a WebSocket, and then says nothing; if it reads nothing either, it is stalled.
 */
inline std::unique_ptr<QTcpSocket> silentClient(const FakeHub &hub, bool reads = true)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->setReadBufferSize(reads ? 0 : 1);
    socket->connectToHost(QHostAddress::LocalHost, hub.port());
    socket->write("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                  "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    socket->write(QByteArray::fromHex("8182000000003430")); // "40", masked with zeros
    return socket;
}

inline QByteArray bodyOf(const QByteArray &answer) { return answer.mid(answer.indexOf("\r\n\r\n") + 4); }

} // namespace dialogue::test
