#include "server/bridge/slice.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue::bridge;
using namespace std::chrono_literals;

class TestSlice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isOverAfterItsTime_data()
    {
        QTest::addColumn<int>("each"); // Microseconds of one that is served.
        QTest::addColumn<int>("served"); // Until it is over, of a slice of 500 us and four at least.
        QTest::newRow("cheap ones: looked at every few") << 10 << 52;
        QTest::newRow("at the end of a few exactly") << 125 << 4;
        QTest::newRow("four dear ones take longer than the slice") << 300 << 4;
        QTest::newRow("just not expensive") << 999 << 4;
        QTest::newRow("an expensive one is enough") << 1000 << 1;
    }
    void isOverAfterItsTime()
    {
        QFETCH(int, each);
        QFETCH(int, served);
        auto now = Slice::Clock::time_point{} + 1h;
        Slice slice({.time = 500us, .few = 4}, now);
        int count = 0;
        do {
            now += std::chrono::microseconds(each);
            ++count;
        } while (!slice.isOver(now));
        QCOMPARE(count, served);
    }

    void staysOver()
    {
        auto now = Slice::Clock::time_point{} + 1h;
        Slice slice({.time = 500us, .few = 4}, now);
        QVERIFY(slice.isOver(now += 2ms));
        QVERIFY(slice.isOver(now += 1us));
    }
};

DIALOGUE_TEST(TestSlice, QCoreApplication)
#include "tst_slice.moc"
