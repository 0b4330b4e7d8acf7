#include "server/budgets/slidingwindow.h"

#include "testclasses.h"

#include <QTest>

#include <deque>
#include <random>

using namespace dialogue;
using namespace std::chrono_literals;

class TestSlidingWindow : public QObject
{
    Q_OBJECT

    using Clock = SlidingWindow::Clock;
    static constexpr Clock::time_point start{Clock::duration(1h)};

    static std::optional<std::chrono::milliseconds> take(SlidingWindow &window, const RateLimit &limit,
                                                         Clock::time_point now)
    {
        const auto wait = window.wait(limit, now);
        if (!wait)
            window.take(limit, now);
        return wait;
    }

private Q_SLOTS:
    void allowsSoManyInAnyWindow()
    {
        const RateLimit limit{2, 1000ms};
        SlidingWindow window;
        QVERIFY(!take(window, limit, start));
        QVERIFY(!take(window, limit, start + 900ms));
        QVERIFY(take(window, limit, start + 950ms).value() == 50ms);
        // The first is a window old now; the second is not, whatever the minute on the clock.
        QVERIFY(!take(window, limit, start + 1000ms));
        QVERIFY(take(window, limit, start + 1001ms).value() == 899ms);
        QVERIFY(!take(window, limit, start + 5s));
    }

    void aRefusalTakesNothing()
    {
        const RateLimit limit{1, 1000ms};
        SlidingWindow window;
        QVERIFY(!take(window, limit, start));
        for (auto after = 1ms; after < 1000ms; after += 100ms)
            QVERIFY(take(window, limit, start + after));
        QVERIFY(!take(window, limit, start + 1000ms));
    }

    void isRatherLateThanEarly()
    {
        const RateLimit limit{1, 1000ms};
        SlidingWindow window;
        QVERIFY(!take(window, limit, start + 100us));
        QVERIFY(take(window, limit, start + 1000ms).value() == 1ms);
        QVERIFY(take(window, limit, start + 1000ms + 900us));
        QVERIFY(!take(window, limit, start + 1001ms));
    }

    /** Against one that remembers all, at any times. */
    void isATrueSlidingWindow_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("windowMs");
        QTest::addColumn<int>("stepMs"); ///< At most, from one to the next.
        QTest::newRow("one") << 1 << 10 << 20;
        QTest::newRow("a few") << 5 << 100 << 30;
        QTest::newRow("a burst at a time") << 100 << 1000 << 15;
        QTest::newRow("more room when some are out") << 10 << 1000 << 400;
        QTest::newRow("no power of two") << 1000 << 10'000 << 12;
        QTest::newRow("a long window") << 20 << 86'400'000 << 9'000'000;
    }
    void isATrueSlidingWindow()
    {
        QFETCH(int, count);
        QFETCH(int, windowMs);
        QFETCH(int, stepMs);
        const RateLimit limit{count, std::chrono::milliseconds(windowMs)};
        std::mt19937 random(7); // NOLINT(cert-msc51-cpp): the same each time.
        SlidingWindow window;
        std::deque<Clock::time_point> taken;
        Clock::time_point now = start;
        int refused = 0;
        for (int i = 0; i < 20'000; ++i) {
            // Often nothing passes, and sometimes a lot.
            if (random() % 3 != 0)
                now += std::chrono::milliseconds(random() % static_cast<unsigned>(stepMs));
            if (random() % 1000 == 0)
                now += limit.window * static_cast<int>(random() % 3);
            while (!taken.empty() && now - taken.front() >= limit.window)
                taken.pop_front();
            const auto wait = take(window, limit, now);
            QCOMPARE(wait.has_value(), int(taken.size()) >= count);
            if (wait) {
                ++refused;
                QVERIFY(now + *wait == taken.front() + limit.window);
            } else {
                taken.push_back(now);
            }
            QCOMPARE(window.taken(), int(taken.size()));
        }
        QVERIFY(refused > 100);
    }

    void aLoweredLimitWaitsUntilEnoughIsOut()
    {
        SlidingWindow window;
        for (int i = 0; i < 3; ++i)
            QVERIFY(!take(window, {3, 1000ms}, start + i * 100ms));
        QVERIFY(take(window, {1, 1000ms}, start + 300ms).value() == 900ms); // All three.
        QVERIFY(take(window, {2, 1000ms}, start + 300ms).value() == 800ms);
        QVERIFY(!take(window, {2, 1000ms}, start + 1100ms));
    }

    void costsWhatIsInTheWindow()
    {
        const RateLimit limit{1000, 10s};
        SlidingWindow window;
        QCOMPARE(window.bytes(), 0);
        // One each second for an hour: no more than ten are ever in it.
        for (int i = 0; i < 3600; ++i)
            QVERIFY(!take(window, limit, start + std::chrono::seconds(i)));
        QCOMPARE(window.bytes(), qsizetype(16 * sizeof(quint32)));
        for (int i = 0; i < 5000; ++i)
            (void)take(window, limit, start + 3600s);
        QCOMPARE(window.bytes(), qsizetype(1024 * sizeof(quint32)));
        QVERIFY(!window.hasRunOut(limit, start + 3609s));
        QVERIFY(window.hasRunOut(limit, start + 3610s));
        window.clear();
        QCOMPARE(window.bytes(), 0);
        QVERIFY(window.hasRunOut(limit, start));
    }

    void growsInOrderWhereverItBegins()
    {
        const RateLimit limit{100, 1s};
        SlidingWindow window;
        for (int i = 0; i < 8; ++i)
            QVERIFY(!take(window, limit, start + i * 100ms));
        // The first goes, and its place is the last one's; then there is no room for one more.
        for (int i = 0; i < 2; ++i)
            QVERIFY(!take(window, limit, start + 1050ms));
        QCOMPARE(window.taken(), 9);
        QVERIFY(!window.wait(limit, start + 1250ms));
        QCOMPARE(window.taken(), 7);
    }

    void isAsGoodAsNewAfterALongTime()
    {
        const RateLimit limit{3, 1s};
        SlidingWindow window;
        for (int i = 0; i < 3; ++i)
            QVERIFY(!take(window, limit, start));
        // Beyond what its times can tell apart.
        for (const auto later : {24h * 25, 24h * 50, 24h * 1000}) {
            for (int i = 0; i < 3; ++i)
                QVERIFY(!take(window, limit, start + later));
            QVERIFY(take(window, limit, start + later));
        }
    }
};

DIALOGUE_TEST(TestSlidingWindow, QCoreApplication)
#include "tst_slidingwindow.moc"
