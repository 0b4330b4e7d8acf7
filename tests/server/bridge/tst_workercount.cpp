#include "server/bridge/workercount.h"

#include "server/loop/epolldispatcher.h"

#include "testclasses.h"

#include <QCoreApplication>
#include <QTest>
#include <QThread>

#include <memory>
#include <sched.h>

using namespace dialogue;

class TestWorkerCount : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isOneUnlessThereIsOneProcessor_data()
    {
        QTest::addColumn<int>("processors");
        QTest::addColumn<bool>("servesConnections");
        QTest::addColumn<int>("workers");
        QTest::newRow("one processor") << 1 << true << 0;
        QTest::newRow("one processor, and a thread of the rooms that is slow with many connections")
            << 1 << false << 1;
        QTest::newRow("two processors") << 2 << true << 1;
        QTest::newRow("many processors") << 64 << true << 1;
    }
    void isOneUnlessThereIsOneProcessor()
    {
        QFETCH(int, processors);
        QFETCH(bool, servesConnections);
        QTEST(bridge::workerCount({}, processors, servesConnections), "workers");
        for (const int asked : {0, 1, 3})
            QCOMPARE(bridge::workerCount(asked, processors, servesConnections), asked);
    }

    void goesByTheProcessorsThisThreadMayUse()
    {
        std::unique_ptr<QThread> ours(QThread::create([] {
            cpu_set_t one;
            CPU_ZERO(&one);
            CPU_SET(sched_getcpu(), &one);
            QCOMPARE(sched_setaffinity(0, sizeof(one), &one), 0);
            QCOMPARE(bridge::workerCount({}), 0);
        }));
        ours->setEventDispatcher(new EpollDispatcher);
        ours->start();
        QVERIFY(ours->wait());
        QCOMPARE(bridge::workerCount({}), 1); // This thread has a dispatcher of Qt's.
    }
};

DIALOGUE_TEST(TestWorkerCount, QCoreApplication)
#include "tst_workercount.moc"
