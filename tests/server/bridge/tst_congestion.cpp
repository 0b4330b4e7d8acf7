#include "fakehub.h"

#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::test;

/** Workers that do not keep up with their hub. */
class TestCongestion : public QObject
{
    Q_OBJECT

    static FramePtr large() { return eventFrame("/", QStringLiteral("large"), {QString(100'000, u'x')}); }

    static WorkerCounters countersOf(const FakeHub &hub)
    {
        std::optional<WorkerCounters> counters;
        hub.gateway->snapshot([&](const std::vector<WorkerCounters> &all) { counters = all.at(0); });
        (void)QTest::qWaitFor([&] { return counters.has_value(); }, 20000);
        return counters.value_or(WorkerCounters());
    }

private Q_SLOTS:
    void isFeltByTheHubAndSaidToBeOver_data()
    {
        QTest::addColumn<int>("workers");
        QTest::newRow("one worker") << 1;
        QTest::newRow("three workers") << 3;
    }
    void isFeltByTheHubAndSaidToBeOver()
    {
        QFETCH(int, workers);
        FakeHub hub(workers, [](ServerConfig &config) {
            config.limits.workerMailbox = 1'000'000;
            config.limits.sendQueue = 64 * 1024 * 1024;
        });
        TestClient client(hub.port());
        QTRY_COMPARE(hub.sockets.size(), 1);
        int relieved = 0;
        hub.gateway->onRelieved([&] { ++relieved; });
        QVERIFY(!hub.gateway->isCongested());
        int sent = 0;
        while (!hub.gateway->isCongested()) {
            hub.gateway->send(hub.sockets.first(), large());
            ++sent;
        }
        QCOMPARE(sent, 10);
        QVERIFY(!hub.gateway->isOverloaded());
        while (!hub.gateway->isOverloaded()) {
            hub.gateway->send(hub.sockets.first(), large());
            ++sent;
        }
        QCOMPARE(sent, 20);
        QTRY_COMPARE(relieved, 1);
        QVERIFY(!hub.gateway->isCongested());
        QVERIFY(!hub.gateway->isOverloaded());
        QCOMPARE(countersOf(hub).mailboxMessages, 1); // The question itself
        QCOMPARE(relieved, 1);
    }

    void isCountedUntilItIsDone()
    {
        FakeHub hub(1);
        TestClient client(hub.port());
        QTRY_COMPARE(hub.sockets.size(), 1);
        (void)countersOf(hub); // By then the worker has done with letting the client in.
        for (int i = 0; i < 5; ++i)
            hub.gateway->send(hub.sockets.first(), large());
        // Its own question is in the same delivery as what it asks about.
        const WorkerCounters during = countersOf(hub);
        QCOMPARE(during.mailboxMessages, 6);
        QVERIFY(during.mailboxBytes > 500'000);
        const WorkerCounters after = countersOf(hub);
        QCOMPARE(after.mailboxMessages, 1);
        QVERIFY(after.mailboxBytes < 1000);
    }

    void doesNotExistInTheHubsOwnThread()
    {
        FakeHub hub(0, [](ServerConfig &config) {
            config.limits.workerMailbox = 65536;
            config.limits.sendQueue = 64 * 1024 * 1024;
        });
        TestClient client(hub.port());
        QTRY_COMPARE(hub.sockets.size(), 1);
        for (int i = 0; i < 10; ++i)
            hub.gateway->send(hub.sockets.first(), large());
        QVERIFY(!hub.gateway->isCongested());
        QVERIFY(!hub.gateway->isOverloaded());
        QCOMPARE(countersOf(hub).mailboxMessages, 0);
    }

    void leavesTurnsToSocketsHoweverMuchThereIsToDo()
    {
        FakeHub hub(1);
        TestClient client(hub.port());
        QTRY_COMPARE(hub.sockets.size(), 1);
        constexpr int half = 100'000;
        for (int i = 0; i < half; ++i)
            hub.gateway->unsubscribe(hub.sockets.first(), 1);
        std::optional<WorkerCounters> counters;
        hub.gateway->snapshot([&](const std::vector<WorkerCounters> &all) { counters = all.at(0); });
        for (int i = 0; i < half; ++i)
            hub.gateway->unsubscribe(hub.sockets.first(), 1);
        QTRY_VERIFY(counters);
        // Before it came to the question it had rested once, and what was done by then is not waiting any
        // more.
        QCOMPARE(counters->mailboxMessages, 2 * half + 1 - 65536);
        QTRY_COMPARE(countersOf(hub).mailboxMessages, 1);
    }
};

DIALOGUE_TEST(TestCongestion, QCoreApplication)
#include "tst_congestion.moc"
