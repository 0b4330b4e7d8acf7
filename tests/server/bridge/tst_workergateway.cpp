#include "core/protocol/dialogue/eventmessage.h"
#include "fakehub.h"
#include "server/socketio/eventencoding.h"
#include "testclasses.h"

#include <QJsonObject>

using namespace dialogue;
using namespace dialogue::test;

/** What passes between clients and the hub, whichever thread their connections are in. */
class TestWorkerGateway : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void carriesEventsBothWays_data() { addWorkers(); }
    void carriesEventsBothWays()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        hub.whenEvent = [&hub](SocketId socket, const IncomingEvent &event) {
            if (event.ackId)
                hub.gateway->send(socket, ackFrame("/", *event.ackId, event.args.toArray()));
            else
                hub.gateway->send(
                    socket, eventFrame("/", QStringLiteral("back"), event.args.toArray(), event.attachments));
        };
        TestClient client(hub.port(), {{QStringLiteral("token"), QStringLiteral("t")}});
        client.emitEvent(QStringLiteral("file"), socketio::placeholder(0), {"bytes"});
        QCOMPARE(client.waitFor(QStringLiteral("back")).attachments, QList<QByteArray>{"bytes"});
        const QJsonObject asked{{QStringLiteral("a"), 1}};
        QCOMPARE(client.ask(QStringLiteral("question"), asked), asked);
        const ConnectRequest request = hub.requests.value(hub.sockets.first());
        QCOMPARE(request.nsp, QByteArray("/"));
        QCOMPARE(request.auth.value(u"token").toString(), QStringLiteral("t"));
        QCOMPARE(request.handshake.address, QHostAddress(QHostAddress::LocalHost));
        QCOMPARE(request.handshake.query.value("EIO"), "4");
        client.close();
        QTRY_COMPARE(hub.disconnected.value(hub.sockets.first(), DisconnectReason::PingTimeout),
                     DisconnectReason::TransportClosed);
    }

    void publishesToSubscribersButSome_data()
    {
        QTest::addColumn<int>("workers");
        QTest::addColumn<bool>("ioUring");
        QTest::newRow("in the hub's thread") << 0 << true;
        QTest::newRow("one worker") << 1 << true;
        QTest::newRow("three workers") << 3 << true;
        QTest::newRow("in the hub's thread, call by call") << 0 << false;
        QTest::newRow("one worker, call by call") << 1 << false;
    }
    void publishesToSubscribersButSome()
    {
        QFETCH(int, workers);
        QFETCH(bool, ioUring);
        FakeHub hub(workers, [ioUring](ServerConfig &config) { config.ioUring = ioUring; });
        const TopicId topic = hub.gateway->createTopic();
        std::vector<std::unique_ptr<TestClient>> clients;
        for (int i = 0; i < 6; ++i) {
            clients.push_back(std::make_unique<TestClient>(hub.port()));
            QVERIFY(!clients.back()->waitFor(QStringLiteral("connect")).name.isEmpty());
            QTRY_COMPARE(hub.sockets.size(), i + 1); // In this order.
        }
        for (int i = 0; i < 5; ++i)
            hub.gateway->subscribe(hub.sockets.at(i), topic);
        hub.gateway->unsubscribe(hub.sockets.at(4), topic);
        const Encodings encodings{.kept = socketio::eventEncoding()};
        const EventMessage message{.event = QStringLiteral("news"), .roomId = {}, .data = 1, .from = {}};
        hub.gateway->publish(
            topic, Publication::create(encodings, {}, message, protocol::encodeEventMessage(message), {}),
            {hub.sockets.at(1)});
        for (int i = 0; i < 6; ++i)
            hub.emitTo(hub.sockets.at(i), QStringLiteral("end"), i);
        for (int i = 0; i < 6; ++i) {
            QCOMPARE(clients[static_cast<std::size_t>(i)]->waitFor(QStringLiteral("end")).payload.toInt(), i);
            const auto &left = clients[static_cast<std::size_t>(i)]->received();
            const bool got = !left.isEmpty() && left.first().name == QStringLiteral("dialogue:event");
            QCOMPARE(got, i == 0 || i == 2 || i == 3);
        }
        if (workers > 1) {
            std::set<quint64> homes;
            for (const SocketId socket : std::as_const(hub.sockets))
                homes.insert(socket >> 48);
            QCOMPARE(int(homes.size()), workers);
        }
    }

    void publishesToThoseWhoComeAfterSilence_data() { addWorkers(); }
    void publishesToThoseWhoComeAfterSilence()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        const TopicId topic = hub.gateway->createTopic();
        TestClient client(hub.port());
        QVERIFY(!client.waitFor(QStringLiteral("connect")).name.isEmpty());
        const SocketId socket = hub.sockets.first();
        // The workers report that nobody is there, while the hub goes on subscribing.
        for (int round = 0; round < 50; ++round) {
            hub.gateway->subscribe(socket, topic);
            hub.gateway->notify(topic, eventFrame("/", QStringLiteral("news"), {round}));
            hub.gateway->unsubscribe(socket, topic);
            hub.gateway->notify(topic, eventFrame("/", QStringLiteral("unheard"), {round}));
            if (round % 7 == 0)
                QTest::qWait(1);
        }
        hub.emitTo(socket, QStringLiteral("end"), {});
        QVERIFY(!client.waitFor(QStringLiteral("end")).name.isEmpty());
        QCOMPARE(client.received().size(), 50);
        for (int round = 0; round < 50; ++round)
            QCOMPARE(client.received().at(round).payload.toInt(), round);
    }

    void publishesNothingUnderATopicThatWasDropped_data() { addWorkers(); }
    void publishesNothingUnderATopicThatWasDropped()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        const TopicId dropped = hub.gateway->createTopic();
        const TopicId kept = hub.gateway->createTopic();
        TestClient client(hub.port());
        QVERIFY(!client.waitFor(QStringLiteral("connect")).name.isEmpty());
        const SocketId socket = hub.sockets.first();
        for (const TopicId topic : {dropped, kept})
            hub.gateway->subscribe(socket, topic);
        hub.gateway->notify(dropped, eventFrame("/", QStringLiteral("before"), {}));
        hub.gateway->dropTopic(dropped);
        hub.gateway->notify(dropped, eventFrame("/", QStringLiteral("dropped"), {}));
        hub.gateway->notify(kept, eventFrame("/", QStringLiteral("kept"), {}));
        QVERIFY(!client.waitFor(QStringLiteral("kept")).name.isEmpty());
        QCOMPARE(client.received().size(), 1);
        QCOMPARE(client.received().first().name, QStringLiteral("before"));
    }

    void keepsTheOrderOfWhatTheHubSays_data() { addWorkers(); }
    void keepsTheOrderOfWhatTheHubSays()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        const TopicId topic = hub.gateway->createTopic();
        hub.whenConnecting = [&hub, topic](SocketId socket) {
            hub.gateway->subscribe(socket, topic);
            for (int i = 0; i < 100; i += 2) {
                hub.emitTo(socket, QStringLiteral("n"), i);
                hub.gateway->notify(topic, eventFrame("/", QStringLiteral("n"), {i + 1}));
            }
            hub.gateway->disconnect(socket, true, DisconnectReason::ServerDisconnect);
            hub.emitTo(socket, QStringLiteral("late"), {});
        };
        TestClient client(hub.port());
        QVERIFY(client.waitForClose());
        QCOMPARE(client.received().size(), 101); // With the CONNECT reply.
        for (int i = 0; i < 100; ++i)
            QCOMPARE(client.received().at(i + 1).payload.toInt(), i);
        QTRY_COMPARE(hub.disconnected.value(hub.sockets.first(), DisconnectReason::PingTimeout),
                     DisconnectReason::ServerDisconnect);
    }

    void isOneSessionOverManyConnections()
    {
        FakeHub hub(3);
        const QByteArray opened = request(hub.port(), "GET", "/socket.io/?EIO=4&transport=polling");
        const QByteArray sid = opened.mid(opened.indexOf("\"sid\":\"") + 7, 20);
        const QByteArray session = "/socket.io/?EIO=4&transport=polling&sid=" + sid;
        QCOMPARE(bodyOf(request(hub.port(), "POST", session, "40")), QByteArray("ok"));
        QCOMPARE(bodyOf(request(hub.port(), "GET", session)), QByteArray("40{\"sid\":\"sid\"}"));
        for (int i = 0; i < 6; ++i) {
            QCOMPARE(bodyOf(request(hub.port(), "POST", session, "42[\"n\"," + QByteArray::number(i) + ']')),
                     QByteArray("ok"));
        }
        QTRY_COMPARE(hub.events.size(), 6);
        for (int i = 0; i < 6; ++i)
            QCOMPARE(hub.events.at(i).args.toArray().first().toInt(), i);
        QCOMPARE(hub.sockets.size(), 1);
        QCOMPARE(hub.requests.value(hub.sockets.first()).handshake.transport, QByteArray("polling"));
    }

    void passesOtherRequestsOn_data() { addWorkers(); }
    void passesOtherRequestsOn()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        QCOMPARE(bodyOf(request(hub.port(), "GET", "/hello?x=1")), QByteArray("you asked for /hello\n"));
        QVERIFY(request(hub.port(), "GET", "/hello", {}, "Origin: https://evil.example\r\n")
                    .startsWith("HTTP/1.1 403 "));
        QCOMPARE(hub.exchanges.size(), 1);
    }

    void forgetsARequestWhosePeerHasGone_data() { addWorkers(); }
    void forgetsARequestWhosePeerHasGone()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        hub.answerHttp = false;
        {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress::LocalHost, hub.port());
            socket.write("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            QTRY_COMPARE(hub.exchanges.size(), 1);
        }
        hub.gateway->respond(hub.exchanges.first(), HttpResponse::text("late"));
        hub.gateway->respond(hub.exchanges.first(), HttpResponse::text("twice"));
        hub.answerHttp = true;
        QCOMPARE(bodyOf(request(hub.port(), "GET", "/next")), QByteArray("you asked for /next\n"));
    }

    void counts_data() { addWorkers(); }
    void counts()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        TestClient one(hub.port());
        TestClient two(hub.port());
        QVERIFY(!one.waitFor(QStringLiteral("connect")).name.isEmpty());
        QVERIFY(!two.waitFor(QStringLiteral("connect")).name.isEmpty());
        (void)request(hub.port(), "GET", "/socket.io/?EIO=3&transport=polling");
        std::vector<WorkerCounters> counters;
        hub.gateway->snapshot([&counters](std::vector<WorkerCounters> all) { counters = std::move(all); });
        QTRY_COMPARE(int(counters.size()), std::max(1, workers));
        WorkerCounters sum;
        for (const WorkerCounters &each : counters) {
            sum.sessions += each.sessions;
            sum.sessionsOpened += each.sessionsOpened;
            sum.sessionsRefused += each.sessionsRefused;
        }
        QCOMPARE(sum.sessions, 2);
        QCOMPARE(sum.sessionsOpened, 2);
        QCOMPARE(sum.sessionsRefused, 1);
    }
};

DIALOGUE_TEST(TestWorkerGateway, QCoreApplication)
#include "tst_workergateway.moc"
