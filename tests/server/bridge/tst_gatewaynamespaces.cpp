#include "fakehub.h"
#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

/** Hears of the sockets of one namespace, and lets them all in. */
class FakeListener : public SocketListener
{
public:
    explicit FakeListener(WorkerGateway &gateway)
        : m_gateway(gateway)
    { }

    void socketConnecting(SocketId socket, ConnectRequest &&request) override
    {
        sockets.append(socket);
        heard.append("connect " + request.nsp);
        m_gateway.accept(socket, "sid-of-" + request.nsp.mid(1));
    }
    void socketEvent(SocketId, IncomingEvent &&event) override { heard.append(event.name.toUtf8()); }
    void socketAck(SocketId, quint64 ackId, JsonData &&, QList<QByteArray> &&) override
    {
        heard.append("ack " + QByteArray::number(ackId));
    }
    void socketDisconnected(SocketId, DisconnectReason reason) override { heard.append(reasonName(reason)); }
    void socketDrained(SocketId, quint64 token) override
    {
        heard.append("drained " + QByteArray::number(token));
    }

    QList<SocketId> sockets;
    QList<QByteArray> heard;

private:
    WorkerGateway &m_gateway;
};

QByteArray problemOf(const Result<void> &opened)
{
    return opened ? QByteArray() : codeName(opened.error().code);
}

} // namespace

/** A listener for each namespace. */
class TestGatewayNamespaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachListenerHearsOfItsOwn_data() { addWorkers(); }
    void eachListenerHearsOfItsOwn()
    {
        QFETCH(int, workers);
        FakeHub hub(workers); // Listens in "/" and "/admin".
        FakeListener news(*hub.gateway);
        FakeListener late(*hub.gateway);
        QVERIFY(hub.gateway->open("/news", &news));
        TestClient client(hub.port());
        client.sendText("40/news,{}");
        const TestClient::Event connected = client.waitFor(u"connect"_s);
        QCOMPARE(connected.nsp, QByteArray("/"));
        const TestClient::Event here = client.waitFor(u"connect"_s);
        QCOMPARE(here.nsp, QByteArray("/news"));
        QCOMPARE(here.payload[u"sid"_s].toString(), u"sid-of-news"_s);

        client.sendText("42/news,[\"in news\"]");
        client.sendText("43/news,9[]");
        client.emitEvent(u"in the main one"_s);
        QTRY_COMPARE(hub.events.size(), 1);
        QCOMPARE(hub.events.first().name, u"in the main one"_s);
        QCOMPARE(news.heard, (QList<QByteArray>{"connect /news", "in news", "ack 9"}));
        hub.gateway->notifyWhenDrained(news.sockets.first(), 0, 5);
        QTRY_COMPARE(news.heard.size(), 4);
        QCOMPARE(news.heard.takeLast(), QByteArray("drained 5"));

        // One that is opened while there are clients.
        QVERIFY(hub.gateway->open("/late", &late));
        hub.emitTo(hub.sockets.first(), u"opened"_s, {});
        QVERIFY(!client.waitFor(u"opened"_s).name.isEmpty());
        client.sendText("40/late");
        QCOMPARE(client.waitFor(u"connect"_s).nsp, QByteArray("/late"));

        // One leaves, and the others stay.
        client.sendText("41/news");
        QTRY_COMPARE(news.heard.size(), 4);
        QCOMPARE(news.heard.last(), QByteArray("client namespace disconnect"));
        hub.gateway->disconnect(late.sockets.first(), false, DisconnectReason::ServerDisconnect);
        QVERIFY(client.waitForDisconnect("/late"));
        client.emitEvent(u"still here"_s);
        QTRY_COMPARE(hub.events.size(), 2);
        QVERIFY(hub.disconnected.isEmpty());
        client.close();
        QTRY_COMPARE(hub.disconnected.size(), 1);
        QCOMPARE(news.heard.size(), 4);
    }

    void theEndOfTheConnectionEndsThemAll_data() { addWorkers(); }
    void theEndOfTheConnectionEndsThemAll()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        FakeListener news(*hub.gateway);
        QVERIFY(hub.gateway->open("/news", &news));
        TestClient client(hub.port());
        client.sendText("40/news");
        QVERIFY(!client.waitFor(u"connect"_s).name.isEmpty());
        QVERIFY(!client.waitFor(u"connect"_s).name.isEmpty());
        hub.gateway->disconnect(news.sockets.first(), true, DisconnectReason::ServerDisconnect);
        QTRY_COMPARE(news.heard.last(), QByteArray("server namespace disconnect"));
        QTRY_COMPARE(hub.disconnected.size(), 1);
        QVERIFY(client.waitForClose());
    }

    void whatIsNotOpenIsRefused_data() { addWorkers(); }
    void whatIsNotOpenIsRefused()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        TestClient client(hub.port());
        client.sendText("40/nowhere");
        const TestClient::Event refused = client.waitFor(u"connect_error"_s);
        QCOMPARE(refused.nsp, QByteArray("/nowhere"));
        QCOMPARE(refused.payload.toObject(), (QJsonObject{{u"message"_s, u"Invalid namespace"_s}}));
        QCOMPARE(hub.sockets.size(), 1);
        // A thousand more end the session, of which the other namespace's listener is told.
        for (int i = 0; i < 1000; ++i)
            client.sendText("40/n" + QByteArray::number(i));
        QVERIFY(client.waitForClose());
        QTRY_COMPARE(hub.disconnected.value(hub.sockets.first(), DisconnectReason::PingTimeout),
                     DisconnectReason::RateLimited);
    }

    void holdsBackWhoSendsMuchInSeveral_data() { addWorkers(); }
    void holdsBackWhoSendsMuchInSeveral()
    {
        QFETCH(int, workers);
        FakeHub hub(workers, [](ServerConfig &config) { config.limits.inboundPerClient = 10; });
        FakeListener news(*hub.gateway);
        QVERIFY(hub.gateway->open("/news", &news));
        TestClient client(hub.port());
        client.sendText("40/news");
        constexpr int events = 1000;
        for (int i = 0; i < events; ++i) {
            client.emitEvent(u"here"_s, i);
            client.sendText("42/news,[\"there\"]");
        }
        QTRY_COMPARE_WITH_TIMEOUT(hub.events.size(), events, 30000);
        QTRY_COMPARE(news.heard.size(), events + 1);
        const int longest = hub.gateway->hubCounters().longestLane;
        QVERIFY2(longest <= 10, qPrintable(QString::number(longest)));
    }

    void whatCannotBeOpenedIsRefused_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("without the slash") << QByteArray("news");
        QTest::newRow("with what ends it") << QByteArray("/a,b");
        QTest::newRow("with a query") << QByteArray("/a?b=1");
        QTest::newRow("no text") << QByteArray("/a\xff");
        QTest::newRow("the main one") << QByteArray("/");
        QTest::newRow("open already") << QByteArray("/admin");
    }
    void whatCannotBeOpenedIsRefused()
    {
        QFETCH(QByteArray, name);
        FakeHub hub(0);
        QCOMPARE(problemOf(hub.gateway->open(name, &hub)), QByteArray("CONFIG_ERROR"));
    }

    void thereAreSoManyAndNoMore()
    {
        FakeHub hub(0);
        FakeListener last(*hub.gateway);
        for (int i = 2; i < 255; ++i)
            QVERIFY(hub.gateway->open("/n" + QByteArray::number(i), &hub));
        QVERIFY(hub.gateway->open("/last", &last));
        QCOMPARE(problemOf(hub.gateway->open("/more", &hub)), QByteArray("LIMIT_REACHED"));
        TestClient client(hub.port());
        client.sendText("40/last");
        QTRY_COMPARE(last.heard, QList<QByteArray>{"connect /last"});
    }
};

DIALOGUE_TEST(TestGatewayNamespaces, QCoreApplication)
#include "tst_gatewaynamespaces.moc"
