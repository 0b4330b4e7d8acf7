#include "server/rooms/slidingwindow.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace std::chrono_literals;

class TestSlidingWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allowsSoManyInAnyWindow()
    {
        SlidingWindow window(2, 1000ms);
        const auto start = SlidingWindow::Clock::time_point{} + 1h;
        QVERIFY(!window.take(start));
        QVERIFY(!window.take(start + 900ms));
        QVERIFY(window.take(start + 950ms).value() == 50ms);
        // The first is a window old now; the second is not, whatever the minute on the clock.
        QVERIFY(!window.take(start + 1000ms));
        QVERIFY(window.take(start + 1001ms).value() == 899ms);
        QVERIFY(!window.take(start + 5s));
    }

    void aRefusalTakesNothing()
    {
        SlidingWindow window(1, 1000ms);
        const auto start = SlidingWindow::Clock::time_point{} + 1h;
        QVERIFY(!window.take(start));
        for (auto after = 1ms; after < 1000ms; after += 100ms)
            QVERIFY(window.take(start + after));
        QVERIFY(!window.take(start + 1000ms));
    }
};

DIALOGUE_TEST(TestSlidingWindow, QCoreApplication)
#include "tst_slidingwindow.moc"
