#include "client/connection/backoff.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue::client;
using std::chrono::milliseconds;

class TestBackoff : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void doublesUpToItsBound()
    {
        Backoff backoff(milliseconds(1000), milliseconds(5000), 0);
        for (const int expected : {1000, 2000, 4000, 5000, 5000})
            QCOMPARE(backoff.next(0.3).count(), expected);
        QCOMPARE(backoff.attempts(), 5);
    }

    void beginsAnewAfterASuccess()
    {
        Backoff backoff(milliseconds(1000), milliseconds(5000), 0);
        (void)backoff.next(0);
        (void)backoff.next(0);
        backoff.reset();
        QCOMPARE(backoff.next(0).count(), 1000);
    }

    void aRefusedJoinWaitsAsLongAsTheServerSaysInReason_data()
    {
        QTest::addColumn<std::optional<milliseconds>>("said");
        QTest::addColumn<int>("wait");
        QTest::newRow("nothing said") << std::optional<milliseconds>() << 5000;
        QTest::newRow("said") << std::optional(milliseconds(20000)) << 20000;
        QTest::newRow("at once") << std::optional(milliseconds(0)) << 1000;
        QTest::newRow("never") << std::optional(milliseconds::max()) << 60000;
    }
    void aRefusedJoinWaitsAsLongAsTheServerSaysInReason()
    {
        QFETCH(std::optional<milliseconds>, said);
        const dialogue::ClientConfig config; // 1 to 5 s
        QTEST(static_cast<int>(waitBeforeJoin(said, config).count()), "wait");
    }

    void chanceSpreadsTheDelay_data()
    {
        QTest::addColumn<double>("jitter");
        QTest::addColumn<double>("chance");
        QTest::addColumn<int>("delay");
        QTest::newRow("shortest") << 0.5 << 0.0 << 500;
        QTest::newRow("middle") << 0.5 << 0.5 << 750;
        QTest::newRow("longest") << 0.5 << 1.0 << 1000;
        QTest::newRow("all of it") << 1.0 << 0.0 << 0;
        QTest::newRow("half of all of it") << 1.0 << 0.5 << 500;
        QTest::newRow("a chance out of range") << 0.5 << 7.0 << 1000;
        QTest::newRow("a jitter out of range") << 9.0 << 1.0 << 1000;
    }
    void chanceSpreadsTheDelay()
    {
        QFETCH(double, jitter);
        QFETCH(double, chance);
        QFETCH(int, delay);
        QCOMPARE(Backoff(milliseconds(1000), milliseconds(5000), jitter).next(chance).count(), delay);
    }

    void neverExceedsItsBoundHoweverManyAttempts()
    {
        Backoff backoff(milliseconds(1000), milliseconds(5000), 0.5);
        for (int i = 0; i < 5000; ++i)
            QVERIFY(backoff.next(1) <= milliseconds(5000));
    }

    void twoChancesAreTwoDelaysAtTheBoundToo()
    {
        Backoff backoff(milliseconds(1000), milliseconds(5000), dialogue::ClientConfig().reconnectionJitter);
        for (int i = 0; i < 10; ++i)
            (void)backoff.next(1);
        for (int i = 0; i <= 100; ++i)
            QCOMPARE(backoff.next(i / 100.0).count(), 50 * i);
    }
};

DIALOGUE_TEST(TestBackoff, QCoreApplication)
#include "tst_backoff.moc"
