#include "client/engineio/watchdog.h"

#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue::client;
using namespace std::chrono_literals;

class TestWatchdog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noticesSilence()
    {
        Watchdog dog([] { return 0ms; });
        QSignalSpy silent(&dog, &Watchdog::silent);
        QSignalSpy slept(&dog, &Watchdog::slept);
        dog.start(20ms);
        QTRY_COMPARE(silent.count(), 1);
        QCOMPARE(slept.count(), 0);
    }

    void aSleepBeforeItsTimeIsNone()
    {
        Watchdog dog([] { return 5h; });
        QSignalSpy silent(&dog, &Watchdog::silent);
        QSignalSpy slept(&dog, &Watchdog::slept);
        dog.start(20ms);
        QTRY_COMPARE(silent.count() + slept.count(), 1);
        QCOMPARE(slept.count(), 0);
    }

    void aNapIsNoSleep_data()
    {
        QTest::addColumn<int>("nap"); // in ms
        QTest::addColumn<bool>("isSleep");
        QTest::newRow("none") << 0 << false;
        QTest::newRow("a second") << 1000 << false;
        QTest::newRow("nearly two") << 1999 << false;
        QTest::newRow("two") << 2000 << true;
    }
    void aNapIsNoSleep()
    {
        QFETCH(int, nap);
        std::chrono::milliseconds asleep = 1h;
        Watchdog dog([&] { return asleep; });
        QSignalSpy silent(&dog, &Watchdog::silent);
        QSignalSpy slept(&dog, &Watchdog::slept);
        dog.start(500ms);
        asleep += std::chrono::milliseconds(nap);
        QTRY_COMPARE(silent.count() + slept.count(), 1);
        QTEST(slept.count() == 1, "isSleep");
    }

    void noticesASleepBeforeTheSilence()
    {
        std::chrono::milliseconds asleep = 5h;
        Watchdog dog([&] { return asleep; });
        QSignalSpy silent(&dog, &Watchdog::silent);
        QSignalSpy slept(&dog, &Watchdog::slept);
        dog.start(1h);
        QCOMPARE(dog.interval(), 5s); // however long the patience, a wake-up is noticed soon
        dog.start(400ms);
        asleep += 30min;
        dog.heard();
        QTRY_COMPARE(slept.count() + silent.count(), 1);
        QCOMPARE(slept.count(), 1);
    }
};

DIALOGUE_TEST(TestWatchdog, QCoreApplication)
#include "tst_watchdog.moc"
