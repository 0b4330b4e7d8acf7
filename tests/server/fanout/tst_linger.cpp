#include "server/fanout/linger.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace std::chrono_literals;

class TestLinger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doesNotWaitUntilItKnowsWhatAFlushCosts();
    void waitsForHalfOfWhatTheFlushWillTake_data();
    void waitsForHalfOfWhatTheFlushWillTake();
    void doesNotWaitWhenTheLastFlushWasLongAgo();
    void doesNotWaitWithNothingToSend();
    void isTriedNowAndThen();
    void goesOnWhileItPays();
    void isTrustedForAWhileAfterItPaid();
    void goesOnWaitingUntilItsTimeHasCome();
    void beginsAnewWhenTheFlushDidNotWaitForIt();
    void doesNotLearnFromFewConnections();
};

namespace {

constexpr std::size_t Connections = 1000;

/** Flushes at a time of its own. */
struct Clocked
{
    Linger linger;
    Linger::Clock::time_point now{1h};

    void flush(Linger::Duration cost = 1500us, std::size_t connections = Connections)
    {
        const auto began = now;
        now += cost;
        linger.flushed(began, now, connections);
    }
    Linger::Duration wait(quint64 frames, std::size_t connections = Connections)
    {
        return linger.wait(now, connections, frames);
    }
    /** A flush that follows hard on the last; whether it waited, and \a more came meanwhile. */
    bool flushAgain(quint64 frames, quint64 more)
    {
        const auto patience = wait(frames);
        now += patience;
        const bool waited = patience > 0ns;
        if (waited && wait(frames + more) != 0ns)
            qFatal("It waits for longer than it said");
        flush();
        return waited;
    }
    void flushUntilTried(quint64 frames, quint64 more)
    {
        while (!flushAgain(frames, more)) { }
    }
};

} // namespace

void TestLinger::doesNotWaitUntilItKnowsWhatAFlushCosts()
{
    Clocked clocked;
    for (int i = 0; i < 2 * Linger::TryEvery; ++i)
        QCOMPARE(clocked.wait(1000), 0ns);
}

void TestLinger::waitsForHalfOfWhatTheFlushWillTake_data()
{
    QTest::addColumn<std::chrono::nanoseconds>("cost");
    QTest::addColumn<std::size_t>("connections");
    QTest::addColumn<std::chrono::nanoseconds>("wait");
    QTest::newRow("as many connections as before")
        << std::chrono::nanoseconds(1500us) << Connections << std::chrono::nanoseconds(750us);
    QTest::newRow("half of them") << std::chrono::nanoseconds(1500us) << Connections / 2
                                  << std::chrono::nanoseconds(375us);
    QTest::newRow("never long") << std::chrono::nanoseconds(80ms) << Connections << Linger::Longest;
    QTest::newRow("not at all where it is cheap")
        << std::chrono::nanoseconds(90us) << Connections << std::chrono::nanoseconds(0);
    QTest::newRow("not at all for few")
        << std::chrono::nanoseconds(1500us) << std::size_t(20) << std::chrono::nanoseconds(0);
}

void TestLinger::waitsForHalfOfWhatTheFlushWillTake()
{
    QFETCH(std::chrono::nanoseconds, cost);
    QFETCH(std::size_t, connections);
    QFETCH(std::chrono::nanoseconds, wait);
    Clocked clocked;
    clocked.flush();
    clocked.flushUntilTried(1000, 1000);
    clocked.flush(cost);
    QCOMPARE(clocked.wait(connections, connections), wait);
}

void TestLinger::doesNotWaitWhenTheLastFlushWasLongAgo()
{
    Clocked clocked;
    clocked.flush();
    clocked.flushUntilTried(1000, 1000);
    clocked.now += 1500us * Linger::Idle;
    QCOMPARE(clocked.wait(1000), 0ns);
    clocked.now -= 1us;
    QVERIFY(clocked.wait(1000) > 0ns);
}

void TestLinger::doesNotWaitWithNothingToSend()
{
    Clocked clocked;
    clocked.flush();
    clocked.flushUntilTried(1000, 1000);
    QCOMPARE(clocked.wait(0), 0ns);
    QVERIFY(clocked.wait(1) > 0ns);
}

void TestLinger::isTriedNowAndThen()
{
    Clocked clocked;
    clocked.flush();
    int tried = 0;
    for (int i = 0; i < 10 * Linger::TryEvery; ++i)
        tried += clocked.flushAgain(1000, 0) ? 1 : 0;
    QCOMPARE(tried, 10);
}

void TestLinger::goesOnWhileItPays()
{
    Clocked clocked;
    clocked.flush();
    clocked.flushUntilTried(4000, 1000);
    for (int i = 0; i < 10 * Linger::TryEvery; ++i)
        QVERIFY(clocked.flushAgain(4000, 1000));
}

void TestLinger::isTrustedForAWhileAfterItPaid()
{
    Clocked clocked;
    clocked.flush();
    clocked.flushUntilTried(4000, 1000);
    for (int i = 0; i < Linger::Trust; ++i)
        QVERIFY2(clocked.flushAgain(4000, 999), qPrintable(QString::number(i)));
    QVERIFY(!clocked.flushAgain(4000, 999));
}

void TestLinger::goesOnWaitingUntilItsTimeHasCome()
{
    Clocked clocked;
    clocked.flush();
    clocked.flushUntilTried(1000, 1000);
    QCOMPARE(clocked.wait(1), 750us);
    clocked.now += 500us;
    QCOMPARE(clocked.wait(2000), 250us); // However much has come, and however long ago the last flush is.
    clocked.now += 250us;
    QCOMPARE(clocked.wait(2000), 0ns);
}

void TestLinger::beginsAnewWhenTheFlushDidNotWaitForIt()
{
    Clocked clocked;
    clocked.flush();
    clocked.flushUntilTried(1000, 1000);
    QCOMPARE(clocked.wait(1000), 750us);
    clocked.flush();
    QCOMPARE(clocked.wait(1), 750us);
}

void TestLinger::doesNotLearnFromFewConnections()
{
    Clocked clocked;
    clocked.flush();
    clocked.flushUntilTried(1000, 1000);
    clocked.flush(300us, Linger::FewConnections - 1);
    QCOMPARE(clocked.wait(1000), 750us);
}

DIALOGUE_TEST(TestLinger, NoApplication)
#include "tst_linger.moc"
