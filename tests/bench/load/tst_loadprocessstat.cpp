#include "bench/load/processstat.h"

#include "testclasses.h"

#include <QCoreApplication>
#include <QTest>

using namespace dialogue::bench;

class TestProcessStat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsALineWithANameMadeToConfuse()
    {
        const auto stat
            = readStatLine("42 (a) b (c) d) S 1 42 42 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 3 0 1000 "
                           "123456 2560 18446744073709551615 1 1 0 0",
                           100, 4096);
        QVERIFY(stat);
        QCOMPARE(stat->cpuSeconds, 3.0);
        QCOMPARE(stat->residentBytes, 2560 * 4096);
    }

    void refusesWhatIsNoSuchLine_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no name") << QByteArray("1 2 3 4");
        QTest::newRow("nothing after the name") << QByteArray("1 (x)");
        QTest::newRow("too short") << QByteArray("42 (a) S 1 42 42 0 -1");
        QTest::newRow("no number") << QByteArray(
            "42 (a) S 1 42 42 0 -1 4194560 100 0 0 0 x 50 0 0 20 0 3 0 1000 123456 2560 1 1");
    }

    void refusesWhatIsNoSuchLine()
    {
        QFETCH(QByteArray, line);
        QVERIFY(
            !readStatLine(std::string_view(line.constData(), static_cast<size_t>(line.size())), 100, 4096));
    }

    void knowsThisProcess()
    {
        const auto stat = processStat(static_cast<pid_t>(QCoreApplication::applicationPid()));
        QVERIFY(stat);
        QVERIFY(stat->residentBytes > 100'000);
    }

    void knowsTheThreadsOfThisProcess()
    {
        const auto pid = static_cast<pid_t>(QCoreApplication::applicationPid());
        const ThreadTimes times = threadTimes(pid);
        QVERIFY(times.contains(pid)); // the first thread has the number of the process
        QVERIFY(times.at(pid) >= 0);
        QVERIFY(threadTimes(-1).empty());
    }

    void findsTheBusiestThread()
    {
        QCOMPARE(busiestThread({{1, 10.0}, {2, 3.0}}, {{1, 10.5}, {2, 5.0}, {3, 1.0}}), 2.0);
        QCOMPARE(busiestThread({{1, 10.0}}, {{1, 10.0}, {2, 4.0}}), 4.0);
        QCOMPARE(busiestThread({}, {}), 0.0);
    }
};

DIALOGUE_TEST(TestProcessStat, NoApplication)
#include "tst_loadprocessstat.moc"
