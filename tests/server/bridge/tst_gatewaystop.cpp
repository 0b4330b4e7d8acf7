#include "fakehub.h"
#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::test;

/** A gateway that cannot listen, drains, stops or goes. */
class TestGatewayStop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesSessionsWhileDraining_data() { addWorkers(); }
    void refusesSessionsWhileDraining()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        TestClient client(hub.port());
        QVERIFY(!client.waitFor(QStringLiteral("connect")).name.isEmpty());
        hub.gateway->refuseSessions(QStringLiteral("draining"));
        // Of as many connections as there are workers; each hears of it with the hub's next turn.
        QTRY_VERIFY(request(hub.port(), "GET", "/socket.io/?EIO=4&transport=polling")
                        .endsWith("{\"code\":4,\"message\":\"draining\"}"));
        QVERIFY(!client.isClosed());
    }

    void stopsInOrder_data() { addWorkers(); }
    void stopsInOrder()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        std::vector<std::unique_ptr<TestClient>> clients;
        for (int i = 0; i < 5; ++i) {
            clients.push_back(std::make_unique<TestClient>(hub.port()));
            QVERIFY(!clients.back()->waitFor(QStringLiteral("connect")).name.isEmpty());
        }
        for (const SocketId socket : std::as_const(hub.sockets))
            hub.emitTo(socket, QStringLiteral("bye"), {});
        QVERIFY(hub.stop());
        QCOMPARE(hub.port(), quint16(0));
        QCOMPARE(hub.disconnected.size(), 5); // Before stop() said it was done.
        for (const DisconnectReason reason : std::as_const(hub.disconnected))
            QCOMPARE(reason, DisconnectReason::ServerShutdown);
        for (const auto &client : clients) {
            QVERIFY(!client->waitFor(QStringLiteral("bye")).name.isEmpty());
            QVERIFY(client->waitForClose());
        }
    }

    void goesWithoutStop_data() { addWorkers(); }
    void goesWithoutStop()
    {
        QFETCH(int, workers);
        auto hub = std::make_unique<FakeHub>(workers);
        TestClient client(hub->port());
        QVERIFY(!client.waitFor(QStringLiteral("connect")).name.isEmpty());
        hub.reset();
        QVERIFY(client.waitForClose());
    }

    void saysWhenAnAddressIsTaken()
    {
        FakeHub hub(1);
        ServerConfig config;
        config.port = hub.port();
        WorkerGateway second(config, &hub, &hub);
        const Result<void> listening = second.listen();
        QVERIFY(!listening);
        QCOMPARE(listening.error().code, ErrorCode::IoError);
        QCOMPARE(second.port(), quint16(0));
    }
};

DIALOGUE_TEST(TestGatewayStop, QCoreApplication)
#include "tst_gatewaystop.moc"
