#include "ownserver.h"
#include "testclasses.h"

#include <QPointer>
#include <QSignalSpy>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** WebSockets that an application's own server has accepted, and the gateway does not. */
class TestRefusedQtWebSockets : public QObject
{
    Q_OBJECT

    struct Refusal
    {
        int code;
        QString reason;
    };
    static Refusal refusalOf(const QNetworkRequest &request)
    {
        OwnClient client(request);
        if (!client.waitUntilClosed() || client.joined)
            return {0, u"it was not refused"_s};
        return {client.socket.closeCode(), client.socket.closeReason()};
    }

private Q_SLOTS:
    void areToldWhatWasWrong_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("reason");
        const auto good = u"EIO=4&transport=websocket"_s;
        QTest::newRow("no transport") << u"EIO=4"_s << QByteArray() << QByteArray() << u"Transport unknown"_s;
        QTest::newRow("polling") << u"EIO=4&transport=polling"_s << QByteArray() << QByteArray()
                                 << u"Bad request"_s;
        QTest::newRow("version") << u"EIO=3&transport=websocket"_s << QByteArray() << QByteArray()
                                 << u"Unsupported protocol version"_s;
        QTest::newRow("session") << good + u"&sid=none"_s << QByteArray() << QByteArray()
                                 << u"Session ID unknown"_s;
        QTest::newRow("host") << good << QByteArray("Host") << QByteArray("elsewhere.example")
                              << u"This server does not answer to the host "_s; // Qt 6.8 says both.
    }
    void areToldWhatWasWrong()
    {
        QFETCH(QString, query);
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, value);
        QFETCH(QString, reason);
        OwnServerHub server(0, [](ServerConfig &config) { config.allowedHosts = {u"here.example"_s}; });
        QUrl url = server.url();
        url.setQuery(query);
        QNetworkRequest request(url);
        if (!header.isEmpty())
            request.setRawHeader(header, value);
        const Refusal refusal = refusalOf(request);
        QCOMPARE(refusal.code, 1008);
        QVERIFY2(refusal.reason.startsWith(reason), qPrintable(refusal.reason));
        QVERIFY(server.hub.sockets.isEmpty());
    }

    void areThoseOfForeignPages()
    {
        OwnServerHub server(0, [](ServerConfig &config) { config.cors.origins = {u"https://a.example"_s}; });
        const auto from = [&](const QString &origin) {
            QWebSocket socket(origin);
            QSignalSpy closed(&socket, &QWebSocket::disconnected);
            QStringList texts;
            connect(&socket, &QWebSocket::textMessageReceived, &socket,
                    [&texts](const QString &text) { texts.append(text); });
            socket.open(server.url());
            (void)QTest::qWaitFor([&] { return !closed.isEmpty() || !texts.isEmpty(); }, 20000);
            return texts.isEmpty() ? int(socket.closeCode()) : 0;
        };
        QCOMPARE(from(u"https://a.example"_s), 0);
        QCOMPARE(from(u"https://b.example"_s), 1008);
        QCOMPARE(from(server.own->serverUrl().toString().replace(u"ws:"_s, u"http:"_s)), 0); // Its own page.
    }

    void areThoseBeyondTheLimits_data()
    {
        QTest::addColumn<int>("connections");
        QTest::addColumn<int>("perAddress");
        QTest::addColumn<int>("sessions");
        QTest::newRow("connections") << 2 << 100 << 100;
        QTest::newRow("of an address") << 100 << 2 << 100;
        QTest::newRow("sessions") << 100 << 100 << 2;
    }
    void areThoseBeyondTheLimits()
    {
        QFETCH(int, connections);
        QFETCH(int, perAddress);
        QFETCH(int, sessions);
        OwnServerHub server(1, [&](ServerConfig &config) {
            config.limits.maxConnections = connections;
            config.limits.maxConnectionsPerIp = perAddress;
            config.limits.maxSessions = sessions;
        });
        // One of each way in: they share the places.
        TestClient other(server.hub.port());
        QVERIFY(!other.waitFor(u"connect"_s).name.isEmpty());
        auto first = std::make_unique<OwnClient>(server.url());
        QVERIFY(first->waitUntilJoined());
        OwnClient second(server.url());
        QVERIFY(second.waitUntilClosed());
        QVERIFY(!second.joined);
        first->socket.close();
        QTRY_COMPARE(server.hub.disconnected.size(), 1);
        // The place is free once the connection has ended.
        QVERIFY(QTest::qWaitFor([&server] { return OwnClient(server.url()).waitUntilJoined(); }, 20000));
    }

    void areThoseOfAServerThatDrains()
    {
        FakeHub hub(0);
        qtwebsockets::AcceptedWebSockets webSockets(*hub.gateway, 1000);
        OwnServer own;
        QList<Result<void>> results;
        QPointer<QWebSocket> refused;
        connect(&own, &QWebSocketServer::newConnection, &webSockets, [&] {
            refused = own.nextPendingConnection();
            results.append(webSockets.accept(refused));
        });
        hub.gateway->refuseSessions(u"closed for today"_s);
        QUrl url = own.serverUrl();
        url.setQuery(u"EIO=4&transport=websocket"_s);
        OwnClient client(url);
        QVERIFY(client.waitUntilClosed());
        QCOMPARE(results.size(), 1);
        QCOMPARE(results[0].error().code, ErrorCode::ServerDraining);
        QCOMPARE(results[0].error().message, u"closed for today"_s);
        QTRY_VERIFY(!refused);
    }
};

DIALOGUE_TEST(TestRefusedQtWebSockets, QCoreApplication)
#include "tst_refusedqtwebsockets.moc"
