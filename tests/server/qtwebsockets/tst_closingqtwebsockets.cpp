#include "ownserver.h"
#include "testclasses.h"

#include <QPointer>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** How WebSockets that an application's own server has accepted end. */
class TestClosingQtWebSockets : public QObject
{
    Q_OBJECT

    static DisconnectReason reasonOf(const OwnServerHub &server)
    {
        (void)QTest::qWaitFor([&] { return !server.hub.disconnected.isEmpty(); }, 20000);
        return server.hub.disconnected.value(server.hub.sockets.value(0), DisconnectReason::RateLimited);
    }

private Q_SLOTS:
    void tellWhoLeavesFromWhoIsLost_data()
    {
        QTest::addColumn<bool>("aborts");
        QTest::addColumn<DisconnectReason>("reason");
        QTest::newRow("closes") << false << DisconnectReason::TransportClosed;
        QTest::newRow("is lost") << true << DisconnectReason::ConnectionLost;
    }
    void tellWhoLeavesFromWhoIsLost()
    {
        QFETCH(bool, aborts);
        QFETCH(DisconnectReason, reason);
        OwnServerHub server(0);
        OwnClient client(server.url());
        QVERIFY(client.waitUntilJoined());
        if (aborts)
            client.socket.abort();
        else
            client.socket.close();
        QCOMPARE(reasonOf(server), reason);
    }

    void handleFirstWhatWasSaidBefore()
    {
        constexpr int Many = 1000; // Of which not all are handled in one turn.
        OwnServerHub server(0);
        OwnClient client(server.url());
        QVERIFY(client.waitUntilJoined());
        qsizetype heard = -1;
        for (int i = 0; i < Many; ++i)
            client.say(u"42[\"e\",%1]"_s.arg(i));
        client.socket.close();
        QCOMPARE(reasonOf(server), DisconnectReason::TransportClosed);
        heard = server.hub.events.size();
        QCOMPARE(heard, Many);
        for (int i = 0; i < Many; ++i)
            QCOMPARE(server.hub.events[i].args.toArray().at(0).toInt(), i);
    }

    void endForMessagesThatAreTooLarge_data()
    {
        QTest::addColumn<bool>("binary");
        QTest::newRow("text") << false;
        QTest::newRow("binary") << true;
    }
    void endForMessagesThatAreTooLarge()
    {
        QFETCH(bool, binary);
        OwnServerHub server(0, [](ServerConfig &config) { config.engine.maxPayload = 1000; });
        OwnClient client(server.url());
        QVERIFY(client.waitUntilJoined());
        client.say(u"42[\"e\",\"%1\"]"_s.arg(QString(900, u'x')));
        QTRY_COMPARE(server.hub.events.size(), 1);
        if (binary)
            client.socket.sendBinaryMessage(QByteArray(1001, 'x'));
        else
            client.say(u"42[\"e\",\"%1\"]"_s.arg(QString(1000, u'x')));
        QCOMPARE(reasonOf(server), DisconnectReason::PayloadTooLarge);
        QVERIFY(client.waitUntilClosed());
        QCOMPARE(int(client.socket.closeCode()), 1009);
    }

    void endWithoutAnAnswerToPings()
    {
        OwnServerHub server(0, [](ServerConfig &config) {
            config.engine.pingInterval = std::chrono::milliseconds(100);
            config.engine.pingTimeout = std::chrono::milliseconds(100);
        });
        OwnClient client(server.url());
        client.answersPings = false;
        QCOMPARE(reasonOf(server), DisconnectReason::PingTimeout);
        QVERIFY(client.waitUntilClosed());
        QCOMPARE(int(client.socket.closeCode()), 1000);
    }

    void sayGoodbyeWhenTheServerStops_data() { addWorkers(); }
    void sayGoodbyeWhenTheServerStops()
    {
        QFETCH(int, workers);
        OwnServerHub server(workers);
        OwnClient client(server.url());
        QVERIFY(client.waitUntilJoined());
        TestClient other(server.hub.port());
        QVERIFY(!other.waitFor(u"connect"_s).name.isEmpty());
        server.hub.emitTo(server.hub.sockets[0], u"last"_s, {});
        QVERIFY(server.hub.stop());
        QVERIFY(client.waitUntilClosed());
        QVERIFY(other.waitForClose());
        QCOMPARE(client.texts.value(0), u"42[\"last\",null]"_s);
        QCOMPARE(int(client.socket.closeCode()), 1000);
        QCOMPARE(reasonOf(server), DisconnectReason::ServerShutdown);
    }

    void areLostWhereTheServerThatAcceptedThemGoes_data() { addWorkers(); }
    void areLostWhereTheServerThatAcceptedThemGoes()
    {
        QFETCH(int, workers);
        OwnServerHub server(workers);
        OwnClient client(server.url());
        QVERIFY(client.waitUntilJoined());
        server.own.reset();
        server.hub.emitTo(server.hub.sockets[0], u"never"_s, {});
        QVERIFY(client.waitUntilClosed());
        QTRY_COMPARE(server.hub.disconnected.size(), 1);
    }

    void areLostWhereTheApplicationDeletesThem()
    {
        FakeHub hub(0);
        qtwebsockets::AcceptedWebSockets webSockets(*hub.gateway, 1000);
        OwnServer own;
        QPointer<QWebSocket> accepted;
        connect(&own, &QWebSocketServer::newConnection, &webSockets, [&] {
            accepted = own.nextPendingConnection();
            QVERIFY(webSockets.accept(accepted));
        });
        QUrl url = own.serverUrl();
        url.setQuery(u"EIO=4&transport=websocket"_s);
        OwnClient client(url);
        QVERIFY(client.waitUntilJoined());
        delete accepted;
        QTRY_COMPARE(hub.disconnected.size(), 1);
        QVERIFY(client.waitUntilClosed());
    }

    void goWithTheGateway_data() { addWorkers(); }
    void goWithTheGateway()
    {
        QFETCH(int, workers);
        OwnServerHub server(workers);
        OwnClient client(server.url());
        QVERIFY(client.waitUntilJoined());
        server.hub.gateway.reset();
        QVERIFY(client.waitUntilClosed());
    }
};

DIALOGUE_TEST(TestClosingQtWebSockets, QCoreApplication)
#include "tst_closingqtwebsockets.moc"
