#include "connectionfixture.h"
#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::socketio;
using namespace dialogue::socketio::test;

/** What ends a connection, and what does not. */
class TestConnectionEnds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
        row("DISCONNECT twice", {"40", "41", "41"});
        row("DISCONNECT of one namespace twice", {"40", "40/admin", "41/admin", "41/admin"});
        row("an ack for another namespace", {"40", "43/admin,1[]"});
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

    void aConnectionThatIsLostIsToldFromOneThatWasClosed_data()
    {
        QTest::addColumn<int>("code"); // Of the WebSocket's end.
        QTest::addColumn<DisconnectReason>("reason");
        QTest::newRow("a close frame") << 1000 << DisconnectReason::TransportClosed;
        QTest::newRow("gone without one") << 1006 << DisconnectReason::ConnectionLost;
        QTest::newRow("a message too large") << 1009 << DisconnectReason::PayloadTooLarge;
    }
    void aConnectionThatIsLostIsToldFromOneThatWasClosed()
    {
        QFETCH(int, code);
        QFETCH(DisconnectReason, reason);
        ConnectionFixture f;
        f.open();
        f.say("40");
        f.socket->listener->webSocketClosed(code);
        QCOMPARE(f.host.disconnected.size(), 1);
        QCOMPARE(f.host.disconnected.first().second, reason);
    }

    void closesOnBinaryOutOfPlace()
    {
        ConnectionFixture f;
        f.open();
        f.say("40");
        f.sayBinary("x");
        QVERIFY(f.isClosed());
    }

    void closesWhoeverTakesConnectsBackAgainAndAgain()
    {
        ConnectionFixture f;
        f.connectionSettings.refusedConnects = 3;
        f.host.acceptAll = false;
        f.open();
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!f.isClosed());
            f.say("40");
            f.say("41");
        }
        QVERIFY(f.isClosed());
        QCOMPARE(f.host.disconnected.size(), 3);
    }

    void closesWhoeverJoinsNothing()
    {
        ConnectionFixture f;
        f.connectionSettings.connectTimeout = std::chrono::milliseconds(1);
        f.open();
        f.say("40/random");
        QTRY_VERIFY(f.isClosed());
    }

    void closesWhoeverIsRefusedAgainAndAgain_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("by the hub") << QByteArray("40") << QByteArray("44{\"message\":\"No\"}");
        QTest::newRow("for a namespace that is not there")
            << QByteArray("40/random") << QByteArray("44/random,{\"message\":\"Invalid namespace\"}");
        QTest::newRow("by the hub, for another namespace")
            << QByteArray("40/admin") << QByteArray("44/admin,{\"message\":\"No\"}");
    }
    void closesWhoeverIsRefusedAgainAndAgain()
    {
        QFETCH(QByteArray, said);
        QFETCH(QByteArray, answer);
        ConnectionFixture f;
        f.connectionSettings.refusedConnects = 3;
        f.host.acceptAll = false;
        f.open();
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!f.isClosed());
            f.say(said);
            if (f.host.last)
                f.host.last->connection->refuse(*f.host.last, QStringLiteral("No"), QJsonValue::Undefined);
            QCOMPARE(f.socket->sent, QList<QByteArray>{answer});
        }
        QVERIFY(f.isClosed());
        QVERIFY(f.ended);
        QCOMPARE(f.host.disconnected.size(), f.host.connecting.size());
    }

    void countsRefusalsOfAllNamespacesTogether()
    {
        ConnectionFixture f;
        f.open();
        f.say("40"); // Being in one is no licence.
        int refused = 0;
        for (; refused < 1000 && !f.isClosed(); ++refused)
            f.say("40/n" + QByteArray::number(refused));
        QCOMPARE(refused, f.connectionSettings.refusedConnects);
        QVERIFY(f.ended);
        QCOMPARE(f.host.connecting, QList<QByteArray>{"/"});
        QCOMPARE(f.host.disconnected.first().second, DisconnectReason::RateLimited);
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

    void closesTheTransportAloneOfWhoIsToComeBack_data()
    {
        QTest::addColumn<DisconnectReason>("reason");
        QTest::newRow("with a new token") << DisconnectReason::TokenExpired;
        QTest::newRow("as it is there all the same") << DisconnectReason::ConnectionLost;
    }
    void closesTheTransportAloneOfWhoIsToComeBack()
    {
        QFETCH(DisconnectReason, reason);
        ConnectionFixture f;
        f.open();
        f.say("40");
        f.socket->sent.clear();
        f.host.last->connection->disconnect(*f.host.last, true, reason);
        QCOMPARE(f.socket->sent, QList<QByteArray>());
        QVERIFY(f.isClosed());
        QCOMPARE(f.host.disconnected.first().second, reason);
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

DIALOGUE_TEST(TestConnectionEnds, QCoreApplication)
#include "tst_connectionends.moc"
