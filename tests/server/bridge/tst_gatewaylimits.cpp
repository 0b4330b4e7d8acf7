#include "fakehub.h"
#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::test;

/** What a gateway does not take from its clients, and what it takes from the hub. */
class TestGatewayLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAFlooderBack_data() { addWorkers(); }
    void holdsAFlooderBack()
    {
        QFETCH(int, workers);
        FakeHub hub(workers, [](ServerConfig &config) { config.limits.inboundPerClient = 10; });
        TestClient client(hub.port());
        constexpr int events = 3000;
        for (int i = 0; i < events; ++i)
            client.emitEvent(QStringLiteral("flood"), i);
        QTRY_COMPARE_WITH_TIMEOUT(hub.events.size(), events, 30000);
        for (int i = 0; i < events; ++i)
            QCOMPARE(hub.events.at(i).args.toArray().first().toInt(), i);
        const HubCounters counters = hub.gateway->hubCounters();
        QVERIFY2(counters.longestLane <= 10, qPrintable(QString::number(counters.longestLane)));
        QCOMPARE(counters.dropped, 0);
    }

    void holdsBackWhoSendsMuch_data() { addWorkers(); }
    void holdsBackWhoSendsMuch()
    {
        QFETCH(int, workers);
        FakeHub hub(workers, [](ServerConfig &config) { config.limits.inboundBytesPerClient = 500'000; });
        TestClient client(hub.port());
        constexpr int events = 200;
        for (int i = 0; i < events; ++i)
            client.emitEvent(QStringLiteral("flood"), QString(100'000, u'x'));
        QTRY_COMPARE_WITH_TIMEOUT(hub.events.size(), events, 30000);
        const int longest = hub.gateway->hubCounters().longestLane;
        QVERIFY2(longest <= 5, qPrintable(QString::number(longest)));
        QTRY_COMPARE(hub.gateway->inboundBytes(), 0);
    }

    void takesOneMessageOfEachWhereAllSendMuch_data() { addWorkers(); }
    void takesOneMessageOfEachWhereAllSendMuch()
    {
        QFETCH(int, workers);
        FakeHub hub(workers, [](ServerConfig &config) { config.limits.inboundBytes = 1024; });
        constexpr int clients = 5;
        constexpr int events = 40;
        std::vector<std::unique_ptr<TestClient>> all;
        for (int i = 0; i < clients; ++i)
            all.push_back(std::make_unique<TestClient>(hub.port()));
        for (int i = 0; i < events; ++i) {
            for (const auto &client : all)
                client->emitEvent(QStringLiteral("flood"), QString(2000, u'x'));
        }
        QTRY_COMPARE_WITH_TIMEOUT(hub.events.size(), clients * events, 30000);
        const int longest = hub.gateway->hubCounters().longestLane;
        QVERIFY2(longest <= 1, qPrintable(QString::number(longest)));
        QTRY_COMPARE(hub.gateway->inboundBytes(), 0);
        qint64 pauses = 0;
        bool counted = false;
        hub.gateway->snapshot([&](const std::vector<WorkerCounters> &counters) {
            for (const WorkerCounters &each : counters)
                pauses += each.inboundPauses;
            counted = true;
        });
        QTRY_VERIFY(counted);
        QVERIFY2(pauses >= clients * events / 2, qPrintable(QString::number(pauses)));
    }

    void refusesRequestsWhereTooMuchWaits()
    {
        FakeHub hub(1, [](ServerConfig &config) { config.limits.inboundBytes = 1024; });
        QTcpSocket first;
        QTcpSocket second;
        for (QTcpSocket *socket : {&first, &second}) {
            socket->connectToHost(QHostAddress::LocalHost, hub.port());
            socket->write("GET /own HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            QTRY_VERIFY(socket->bytesAvailable() > 0);
            socket->readAll();
        }
        hub.exchanges.clear();
        const QByteArray post
            = "POST /own HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2000\r\n\r\n" + QByteArray(2000, 'x');
        // The hub takes nothing until this thread is back in its loop.
        first.write(post);
        QVERIFY(first.waitForBytesWritten(10000));
        for (const QDeadlineTimer limit(10000); hub.gateway->inboundBytes() == 0 && !limit.hasExpired();)
            QThread::yieldCurrentThread();
        second.write(post);
        QVERIFY(second.waitForReadyRead(10000));
        const QByteArray refusal = second.readAll();
        QVERIFY2(refusal.startsWith("HTTP/1.1 503 "), refusal.constData());
        QVERIFY(refusal.contains("Retry-After: 1\r\n"));
        QVERIFY(hub.exchanges.isEmpty());
        QTRY_VERIFY(first.bytesAvailable() > 0);
        QVERIFY(first.readAll().startsWith("HTTP/1.1 200 "));
        QCOMPARE(hub.gateway->inboundBytes(), 0);
        QVERIFY(request(hub.port(), "GET", "/own").startsWith("HTTP/1.1 200 "));
    }

    void holdsAPollingFlooderBack_data() { addWorkers(); }
    void holdsAPollingFlooderBack()
    {
        QFETCH(int, workers);
        FakeHub hub(workers, [](ServerConfig &config) { config.limits.inboundPerClient = 10; });
        const QByteArray opened = request(hub.port(), "GET", "/socket.io/?EIO=4&transport=polling");
        const QByteArray sid = opened.mid(opened.indexOf("\"sid\":\"") + 7, 20);
        const QByteArray session = "/socket.io/?EIO=4&transport=polling&sid=" + sid;
        QCOMPARE(bodyOf(request(hub.port(), "POST", session, "40")), QByteArray("ok"));
        QTRY_COMPARE(hub.sockets.size(), 1);
        QCOMPARE(bodyOf(request(hub.port(), "GET", session)), QByteArray("40{\"sid\":\"sid\"}"));
        QByteArray body = "42[\"flood\",0]";
        for (int i = 1; i < 1000; ++i)
            body += "\x1e"
                    "42[\"flood\","
                + QByteArray::number(i) + ']';
        QCOMPARE(bodyOf(request(hub.port(), "POST", session, body)), QByteArray("ok"));
        QTRY_COMPARE(hub.events.size(), 1000);
        const HubCounters counters = hub.gateway->hubCounters();
        QVERIFY2(counters.longestLane <= 10, qPrintable(QString::number(counters.longestLane)));
        QCOMPARE(counters.dropped, 0);
    }

    void doesNotMindIdsThatAreGone()
    {
        FakeHub hub(2);
        for (const SocketId id : {SocketId(0), SocketId(12345), ~SocketId(0)}) {
            hub.gateway->accept(id, "x");
            hub.gateway->send(id, eventFrame("/", QStringLiteral("e"), {}));
            hub.gateway->subscribe(id, 77);
            hub.gateway->disconnect(id, true, DisconnectReason::ServerDisconnect);
            hub.gateway->respond(id, HttpResponse::text("x"));
        }
        TestClient client(hub.port());
        QVERIFY(!client.waitFor(QStringLiteral("connect")).name.isEmpty());
    }
};

DIALOGUE_TEST(TestGatewayLimits, QCoreApplication)
#include "tst_gatewaylimits.moc"
