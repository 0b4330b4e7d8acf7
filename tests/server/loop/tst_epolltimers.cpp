#include "epolltest.h"
#include "testclasses.h"

#include <QThread>
#include <QTimer>

using namespace dialogue;
using namespace std::chrono_literals;

class TestEpollTimers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timersAreNeverEarly();
    void timersFireInOrder();
    void aZeroTimerFiresOncePerTurn();
    void missedTicksAreNotMadeUpFor();
    void aTimerMayDeleteItsObject();
    void aTimerMayKillAnotherThatIsDue();
    void aTimerIsNotSentAgainInItsOwnNestedLoop();
    void tellsOfRegisteredTimers();
};

void TestEpollTimers::timersAreNeverEarly()
{
    for (const int interval : {1, 3, 20}) {
        QElapsedTimer elapsed;
        elapsed.start();
        bool fired = false;
        QTimer::singleShot(interval, Qt::PreciseTimer, this, [&] { fired = true; });
        while (!fired)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QVERIFY(elapsed.nsecsElapsed() >= interval * 1000000LL);
    }
}

void TestEpollTimers::timersFireInOrder()
{
    QList<int> fired;
    for (const int interval : {9, 3, 6, 0})
        QTimer::singleShot(interval, Qt::PreciseTimer, this, [&fired, interval] { fired.append(interval); });
    QTRY_COMPARE(fired.size(), 4);
    QCOMPARE(fired, QList<int>({0, 3, 6, 9}));
}

void TestEpollTimers::aZeroTimerFiresOncePerTurn()
{
    QTimer timer;
    int fired = 0;
    connect(&timer, &QTimer::timeout, this, [&] { ++fired; });
    timer.start(0);
    for (int i = 1; i <= 3; ++i) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents); // Would hang if it waited.
        QCOMPARE(fired, i);
    }
}

void TestEpollTimers::missedTicksAreNotMadeUpFor()
{
    QTimer timer;
    int fired = 0;
    connect(&timer, &QTimer::timeout, this, [&] { ++fired; });
    timer.setTimerType(Qt::PreciseTimer);
    timer.start(100);
    QThread::msleep(1000);
    QElapsedTimer since;
    since.start();
    for (int i = 0; i < 5; ++i)
        QCoreApplication::processEvents();
    QVERIFY(fired >= 1);
    QVERIFY(fired <= 1 + since.elapsed() / 100); // However slow the machine is.
}

void TestEpollTimers::aTimerMayDeleteItsObject()
{
    auto *timer = new QTimer;
    bool fired = false;
    connect(timer, &QTimer::timeout, this, [&] {
        fired = true;
        delete timer;
    });
    timer->start(0);
    turn();
    QVERIFY(fired);
}

void TestEpollTimers::aTimerMayKillAnotherThatIsDue()
{
    QTimer first;
    QTimer second;
    int fired = 0;
    const auto killBoth = [&] {
        ++fired;
        first.stop();
        second.stop();
    };
    connect(&first, &QTimer::timeout, this, killBoth);
    connect(&second, &QTimer::timeout, this, killBoth);
    first.start(0);
    second.start(0);
    turn();
    turn();
    QCOMPARE(fired, 1);
}

void TestEpollTimers::aTimerIsNotSentAgainInItsOwnNestedLoop()
{
    QTimer timer;
    int depth = 0;
    int deepest = 0;
    int others = 0;
    QTimer other;
    connect(&other, &QTimer::timeout, this, [&] { ++others; });
    connect(&timer, &QTimer::timeout, this, [&] {
        deepest = std::max(deepest, ++depth);
        for (int i = 0; i < 3; ++i)
            turn();
        --depth;
        timer.stop();
    });
    timer.start(0);
    other.start(0);
    turn();
    QCOMPARE(deepest, 1);
    QVERIFY(others >= 3);
}

void TestEpollTimers::tellsOfRegisteredTimers()
{
    QObject object;
    const int id = object.startTimer(100s, Qt::CoarseTimer);
    const auto timers = dispatcher()->registeredTimers(&object);
    QCOMPARE(timers.size(), 1);
    QCOMPARE(timers.first().timerId, id);
    QCOMPARE(qint64(timers.first().interval), 100000);
    QCOMPARE(timers.first().timerType, Qt::CoarseTimer);
    const int left = dispatcher()->remainingTime(id);
    QVERIFY(left > 90000 && left <= 100000);
    object.killTimer(id);
    QCOMPARE(dispatcher()->remainingTime(id), -1);
    QVERIFY(dispatcher()->registeredTimers(&object).isEmpty());
}

DIALOGUE_TEST(TestEpollTimers, EpollApplication)

#include "tst_epolltimers.moc"
