#include "connectionfixture.h"
#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::socketio;
using namespace dialogue::socketio::test;

/** Namespaces that clients join, and what passes in them. */
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

    void handsOnWhatComesBeforeItIsAccepted()
    {
        ConnectionFixture f;
        f.host.acceptAll = false;
        f.open();
        QCOMPARE(f.say("40"), QList<QByteArray>{});
        f.say("42[\"eager\",1]");
        f.say("437[]");
        QCOMPARE(f.host.events.size(), 1);
        QCOMPARE(f.host.acks.size(), 1);
        f.say("41");
        QCOMPARE(f.host.disconnected.size(), 1);
        QVERIFY(!f.isClosed());
        f.host.acceptAll = true;
        QCOMPARE(f.say("40"), QList<QByteArray>{"40{\"sid\":\"sid-2\"}"});
    }

    void refusesAnUnknownNamespaceAndStays()
    {
        ConnectionFixture f;
        f.open();
        QCOMPARE(f.say("40/random"), QList<QByteArray>{"44/random,{\"message\":\"Invalid namespace\"}"});
        QVERIFY(f.host.connecting.isEmpty());
        QVERIFY(!f.isClosed());
    }

    void refusesMoreAuthThanIsToBeKept()
    {
        ConnectionFixture f;
        f.connectionSettings.authSize = 20;
        f.open();
        QCOMPARE(f.say("40{\"token\":\"123456789\"}"),
                 QList<QByteArray>{"44{\"data\":{\"code\":\"PAYLOAD_TOO_LARGE\"},\"message\":"
                                   "\"auth has 21 bytes, 20 are allowed (limits.authSize)\"}"});
        QCOMPARE(f.say("40/admin,{\"token\":\"12345678\"}"),
                 QList<QByteArray>{"40/admin,{\"sid\":\"sid-1\"}"});
        QCOMPARE(f.host.connecting, QList<QByteArray>{"/admin"});
        QVERIFY(!f.isClosed());
    }

    void countsTheAuthOfAllNamespacesTogether()
    {
        ConnectionFixture f;
        f.connectionSettings.authSize = 20;
        f.open();
        f.say("40/admin,{\"a\":\"3456789012\"}"); // 18 bytes
        QCOMPARE(f.say("40{\"a\":1}"),
                 QList<QByteArray>{"44{\"data\":{\"code\":\"PAYLOAD_TOO_LARGE\"},\"message\":"
                                   "\"auth has 7 bytes beside 18 for other namespaces, 20 are allowed "
                                   "(limits.authSize)\"}"});
        QCOMPARE(f.say("40{}"), QList<QByteArray>{"40{\"sid\":\"sid-2\"}"});
        f.say("41/admin");
        f.say("41");
        QCOMPARE(f.say("40{\"a\":1}"), QList<QByteArray>{"40{\"sid\":\"sid-3\"}"});
    }

    void whatCrossesTheServersDisconnectEndsNothing_data()
    {
        QTest::addColumn<QByteArray>("late");
        QTest::newRow("an event") << QByteArray("42/admin,[\"late\"]");
        QTest::newRow("an ack") << QByteArray("43/admin,1[]");
        QTest::newRow("a disconnect") << QByteArray("41/admin");
    }
    void whatCrossesTheServersDisconnectEndsNothing()
    {
        QFETCH(QByteArray, late);
        ConnectionFixture f;
        f.open();
        f.say("40");
        f.say("40/admin");
        f.host.last->connection->disconnect(*f.host.last, false, DisconnectReason::ServerDisconnect);
        QCOMPARE(f.say(late), QList<QByteArray>{});
        f.say("42[\"still\"]");
        QVERIFY(!f.isClosed());
        QCOMPARE(f.host.events.size(), 1);
        // Of which nothing is left once it has come again.
        f.say("40/admin");
        f.say("41/admin");
        f.say(late);
        QVERIFY(f.isClosed());
    }

    void whatFollowsARefusedConnectEndsNothing()
    {
        ConnectionFixture f;
        f.host.acceptAll = false;
        f.open();
        f.say("40/admin");
        f.host.last->connection->refuse(*f.host.last, QStringLiteral("no"), QJsonValue::Undefined);
        QCOMPARE(f.say("42/admin,[\"eager\"]"), QList<QByteArray>{});
        QVERIFY(!f.isClosed());
        QVERIFY(f.host.events.isEmpty());
    }

    void takesACommandForALine()
    {
        ConnectionFixture f;
        f.open();
        QCOMPARE(f.say("40\n"), QList<QByteArray>{"40{\"sid\":\"sid-1\"}"});
        QVERIFY(!f.isClosed());
    }

    void refusesAuthItCannotHoldAndStays()
    {
        ConnectionFixture f;
        f.open();
        const QList<QByteArray> said = f.say("40{\"age\":1e999}");
        QCOMPARE(said.size(), 1);
        QVERIFY2(said.first().startsWith("44{\"data\":{\"code\":\"INVALID_REQUEST\"},"),
                 said.first().constData());
        QVERIFY(f.host.connecting.isEmpty());
        QVERIFY(!f.isClosed());
        QCOMPARE(f.say("40"), QList<QByteArray>{"40{\"sid\":\"sid-1\"}"});
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
};

DIALOGUE_TEST(TestConnection, QCoreApplication)
#include "tst_connection.moc"
