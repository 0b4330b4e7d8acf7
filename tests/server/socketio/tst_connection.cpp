#include "server/socketio/connection.h"
#include "tests/server/engine/sessionfixture.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace dialogue;
using namespace dialogue::socketio;
using engineio::test::SessionFixture;

namespace {

/** A hub that lets everybody in, or does as a test says, and remembers what it heard. */
class FakeHost : public SocketHost
{
public:
    SocketId nextSocketId() override { return ++m_last; }
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
    void socketAck(Socket &, quint64 ackId, QJsonArray &&args, QList<QByteArray> &&) override
    {
        acks.append({ackId, args});
    }
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
    std::function<void(Socket &)> whenEvent;

private:
    SocketId m_last = 0;
};

/** Socket.IO on a WebSocket session, fed and read as text messages. */
class ConnectionFixture : public SessionFixture
{
public:
    ConnectionFixture()
    {
        connectionSettings.namespaces = {"/", "/admin"};
        connectionSettings.connectTimeout = std::chrono::hours(1);
        connectionSettings.deadlines = &deadlines;
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

    ConnectionSettings connectionSettings;
    FakeHost host;
    WebSocket socket;
};

} // namespace

class TestConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void connectsWithAuth()
    {
        ConnectionFixture f;
        f.open();
        QCOMPARE(f.say("40{\"token\":\"t\"}"), QList<QByteArray>{"40{\"sid\":\"sid-1\"}"});
        QCOMPARE(f.host.auth.value(u"token").toString(), QStringLiteral("t"));
        QCOMPARE(f.host.handshake.transport, QByteArray("websocket"));
        QCOMPARE(f.host.handshake.sessionId, f.session->sid());
    }

    void joinsSeveralNamespaces()
    {
        ConnectionFixture f;
        f.open();
        QCOMPARE(f.say("40/admin,"), QList<QByteArray>{"40/admin,{\"sid\":\"sid-1\"}"});
        QCOMPARE(f.say("40"), QList<QByteArray>{"40{\"sid\":\"sid-2\"}"});
        QCOMPARE(f.say("41/admin"), QList<QByteArray>{});
        QCOMPARE(f.host.disconnected.first().first, QByteArray("/admin"));
        QCOMPARE(f.host.disconnected.first().second, DisconnectReason::ClientDisconnect);
        QCOMPARE(f.say("40/admin"), QList<QByteArray>{"40/admin,{\"sid\":\"sid-3\"}"});
        QVERIFY(!f.isClosed());
    }

    void refusesAnUnknownNamespaceAndStays()
    {
        ConnectionFixture f;
        f.open();
        QCOMPARE(f.say("40/random"), QList<QByteArray>{"44/random,{\"message\":\"Invalid namespace\"}"});
        QVERIFY(f.host.connecting.isEmpty());
        QVERIFY(!f.isClosed());
    }

    void saysWhyItRefuses()
    {
        ConnectionFixture f;
        f.host.acceptAll = false;
        f.open();
        f.say("40");
        f.host.last->connection->refuse(*f.host.last, QStringLiteral("no"),
                                        QJsonObject{{QStringLiteral("a"), 1}});
        QCOMPARE(f.socket->sent, QList<QByteArray>{"44{\"data\":{\"a\":1},\"message\":\"no\"}"});
        QCOMPARE(f.host.disconnected.size(), 1);
        f.say("40");
        f.socket->sent.clear();
        f.host.last->connection->refuse(*f.host.last, QStringLiteral("no"), QJsonValue::Undefined);
        QCOMPARE(f.socket->sent, QList<QByteArray>{"44{\"message\":\"no\"}"});
        QVERIFY(!f.isClosed());
    }

    void deliversEventsAndAcks()
    {
        ConnectionFixture f;
        f.open();
        f.say("40");
        f.say("42[\"message\",1,{\"a\":true}]");
        f.say("4217[\"ask\"]");
        f.say("433[\"x\"]");
        f.say("43[\"no id\"]");
        f.say("42[7,\"by number\"]");
        QCOMPARE(f.host.events.size(), 3);
        QCOMPARE(f.host.events.at(0).name, QStringLiteral("message"));
        QCOMPARE(f.host.events.at(0).args.toArray(),
                 (QJsonArray{1, QJsonObject{{QStringLiteral("a"), true}}}));
        QVERIFY(!f.host.events.at(0).ackId);
        QCOMPARE(f.host.events.at(1).ackId, 17u);
        QCOMPARE(f.host.events.at(2).name, QStringLiteral("7"));
        QCOMPARE(f.host.acks.size(), 1);
        QCOMPARE(f.host.acks.first().first, 3u);
        QVERIFY(!f.isClosed());
    }

    void putsBinaryEventsTogether()
    {
        ConnectionFixture f;
        f.open();
        f.say("40");
        f.say("451-[\"file\",{\"_placeholder\":true,\"num\":0}]");
        QVERIFY(f.host.events.isEmpty());
        f.sayBinary("bytes");
        QCOMPARE(f.host.events.size(), 1);
        QCOMPARE(f.host.events.first().attachments, QList<QByteArray>{"bytes"});
    }

    void closesOnAViolation_data()
    {
        QTest::addColumn<QList<QByteArray>>("said");
        const auto row = [](const char *name, const QList<QByteArray> &said) { QTest::newRow(name) << said; };
        row("unknown type", {"40", "4abc"});
        row("no type", {"40", "4"});
        row("payload that is no array", {"40", "42{}"});
        row("reserved name", {"40", "42[\"disconnect\"]"});
        row("id that is no number", {"40", "42abc[\"message\"]"});
        row("CONNECT payload that is no object", {"40[]"});
        row("a second CONNECT", {"40", "40"});
        row("CONNECT_ERROR from a client", {"40", "44{\"message\":\"x\"}"});
        row("an event before CONNECT", {"42[\"message\"]"});
        row("an event for another namespace", {"40", "42/admin,[\"message\"]"});
        row("an event after DISCONNECT", {"40", "41", "42[\"message\"]"});
        row("an ack before CONNECT", {"431[]"});
        row("DISCONNECT of nothing", {"41"});
        row("DISCONNECT with a payload", {"40", "41{}"});
        row("text while binary is due", {"40", "451-[\"a\",{\"_placeholder\":true,\"num\":0}]", "42[\"b\"]"});
        row("too many attachments", {"40", "4511-[\"a\"]"});
    }
    void closesOnAViolation()
    {
        QFETCH(QList<QByteArray>, said);
        ConnectionFixture f;
        f.open();
        for (const QByteArray &text : std::as_const(said)) {
            QVERIFY(!f.isClosed());
            f.say(text);
        }
        QVERIFY(f.isClosed());
        QVERIFY(f.ended);
        for (const auto &[nsp, reason] : std::as_const(f.host.disconnected))
            QVERIFY(reason == DisconnectReason::ProtocolError
                    || reason == DisconnectReason::ClientDisconnect);
        QCOMPARE(f.host.disconnected.size(), f.host.connecting.size());
    }

    void closesOnBinaryOutOfPlace()
    {
        ConnectionFixture f;
        f.open();
        f.say("40");
        f.sayBinary("x");
        QVERIFY(f.isClosed());
    }

    void closesOnAnEventBeforeItsAccept()
    {
        ConnectionFixture f;
        f.host.acceptAll = false;
        f.open();
        f.say("40");
        QVERIFY(!f.isClosed());
        f.say("42[\"eager\"]");
        QVERIFY(f.isClosed());
        QVERIFY(f.host.events.isEmpty());
    }

    void closesWhoeverJoinsNothing()
    {
        ConnectionFixture f;
        f.connectionSettings.connectTimeout = std::chrono::milliseconds(1);
        f.open();
        f.say("40/random");
        QTRY_VERIFY(f.isClosed());
    }

    void keepsWhoeverHasJoined()
    {
        ConnectionFixture f;
        f.connectionSettings.connectTimeout = std::chrono::milliseconds(1);
        f.open();
        f.say("40");
        f.say("41");
        QCOMPARE(f.deadlines.size(), std::size_t(1)); // The heartbeat's alone.
    }

    void disconnectsOneNamespace()
    {
        ConnectionFixture f;
        f.open();
        f.say("40/admin");
        f.socket->sent.clear();
        f.host.last->connection->disconnect(*f.host.last, false, DisconnectReason::ServerDisconnect);
        QCOMPARE(f.socket->sent, QList<QByteArray>{"41/admin,"});
        QVERIFY(!f.isClosed());
        QCOMPARE(f.host.disconnected.first().second, DisconnectReason::ServerDisconnect);
    }

    void disconnectsTheWholeSession()
    {
        ConnectionFixture f;
        f.open();
        f.say("40/admin");
        f.say("40");
        f.socket->sent.clear();
        f.host.last->connection->disconnect(*f.host.last, true, DisconnectReason::ServerShutdown);
        QCOMPARE(f.socket->sent, (QList<QByteArray>{"41/admin,", "41"}));
        QVERIFY(f.isClosed());
        QCOMPARE(f.host.disconnected.size(), 2);
        QCOMPARE(f.host.disconnected.first().second, DisconnectReason::ServerShutdown);
    }

    void survivesADisconnectFromWithinAnEvent()
    {
        ConnectionFixture f;
        f.open();
        f.say("40");
        f.host.whenEvent = [](Socket &socket) {
            socket.connection->disconnect(socket, true, DisconnectReason::ServerDisconnect);
        };
        f.say("42[\"bye\"]");
        QVERIFY(f.isClosed());
        QCOMPARE(f.host.disconnected.size(), 1);
    }

    void tellsWhyTheTransportWent()
    {
        ConnectionFixture f;
        f.open();
        f.say("40");
        f.socket->listener->webSocketClosed(1009);
        QCOMPARE(f.host.disconnected.first().second, DisconnectReason::PayloadTooLarge);
    }
};

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
