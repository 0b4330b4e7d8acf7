#include "fakehub.h"
#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::test;
using namespace std::chrono_literals;

/** Clients take turns in the hub, whichever thread their connections are in. */
class TestGatewayTurns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFloodDelaysTheOthersByAFewMessages_data() { addWorkers(); }
    void aFloodDelaysTheOthersByAFewMessages()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        TestClient flooder(hub.port());
        TestClient bystander(hub.port());
        QVERIFY(!flooder.waitFor(QStringLiteral("connect")).name.isEmpty());
        QVERIFY(!bystander.waitFor(QStringLiteral("connect")).name.isEmpty());
        constexpr int events = 200;
        const auto send = [&] {
            for (int i = 0; i < events; ++i)
                flooder.emitEvent(QStringLiteral("flood"), i);
            flooder.flush();
            bystander.emitEvent(QStringLiteral("bystander"));
            bystander.flush();
        };
        if (workers == 0) {
            send(); // Both sockets have all that is to be read, when the hub looks next.
        } else {
            // While one message is handled all the others come.
            hub.whenEvent = [&](SocketId, const IncomingEvent &event) {
                if (event.name != QStringLiteral("begin"))
                    return;
                send();
                QVERIFY(flooder.waitUntilRead());
                QVERIFY(bystander.waitUntilRead());
            };
            flooder.emitEvent(QStringLiteral("begin"));
        }
        QTRY_COMPARE(hub.events.size(), events + (workers == 0 ? 1 : 2));
        hub.events.removeIf([](const IncomingEvent &event) { return event.name == QStringLiteral("begin"); });
        QStringList first;
        // The hub's thread handles a few at once as it reads them.
        for (int i = 0; i < (workers == 0 ? 5 : 2); ++i)
            first.append(hub.events.at(i).name);
        QVERIFY2(first.contains(QStringLiteral("bystander")), qPrintable(first.join(u' ')));
        // And nobody's order is changed by it.
        hub.events.removeIf([](const IncomingEvent &event) { return event.name != QStringLiteral("flood"); });
        for (int i = 0; i < events; ++i)
            QCOMPARE(hub.events.at(i).args.toArray().first().toInt(), i);
    }

    void takesNothingWhileAWorkerIsCongested()
    {
        FakeHub hub(1, [](ServerConfig &config) {
            config.limits.workerMailbox = 1'000'000;
            config.limits.sendQueue = 256 * 1024 * 1024;
        });
        TestClient client(hub.port());
        int whileCongested = 0;
        hub.whenEvent = [&](SocketId socket, const IncomingEvent &) {
            whileCongested += hub.gateway->isCongested() ? 1 : 0;
            while (!hub.gateway->isCongested())
                hub.emitTo(socket, QStringLiteral("large"), QString(100'000, u'x'));
        };
        for (int i = 0; i < 5; ++i)
            client.emitEvent(QStringLiteral("more"));
        QTRY_COMPARE(hub.events.size(), 5);
        QCOMPARE(whileCongested, 0);
    }

    void whoLeavesIsDoneFirst_data() { addWorkers(); }
    void whoLeavesIsDoneFirst()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        TestClient client(hub.port());
        bool left = false;
        hub.whenEvent = [&](SocketId, const IncomingEvent &) {
            if (hub.events.isEmpty()) {
                client.close();
                left = client.waitForClose();
            }
        };
        for (int i = 0; i < 20; ++i)
            client.emitEvent(QStringLiteral("last words"), i);
        QTRY_COMPARE(hub.disconnected.size(), 1);
        QVERIFY(left);
        QCOMPARE(hub.events.size(), 20);
        QCOMPARE(hub.gateway->hubCounters().dropped, 0);
    }

    void ofWhoBreaksOffNothingMoreIsDone_data() { addWorkers(); }
    void ofWhoBreaksOffNothingMoreIsDone()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        TestClient client(hub.port());
        int handled = 0;
        hub.whenEvent = [&](SocketId, const IncomingEvent &) {
            if (++handled == 1) {
                // In the hub's thread nothing is read while this runs.
                QVERIFY(workers == 0 || client.waitUntilRead());
                client.abort();
            }
            hub.gateway->hold(50ms); // So that the end of the connection is seen before the next.
        };
        for (int i = 0; i < 200; ++i)
            client.emitEvent(QStringLiteral("for nobody"), i);
        client.flush();
        QTRY_COMPARE(hub.disconnected.size(), 1);
        QVERIFY2(handled < 200, qPrintable(QString::number(handled)));
        if (workers != 0)
            QCOMPARE(handled + hub.gateway->hubCounters().dropped, 200);
    }
};

DIALOGUE_TEST(TestGatewayTurns, QCoreApplication)
#include "tst_gatewayturns.moc"
