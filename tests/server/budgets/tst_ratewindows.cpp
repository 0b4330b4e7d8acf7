#include "server/budgets/ratewindows.h"
#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace dialogue;

class TestRateWindows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countForEach()
    {
        RateWindows windows({2, 1s}, 100);
        const RateWindows::Clock::time_point now{1h};
        QVERIFY(!windows.take(u"ann"_s, now));
        QVERIFY(!windows.take(u"ann"_s, now + 400ms));
        QCOMPARE(windows.take(u"ann"_s, now + 500ms), 500ms);
        QVERIFY(!windows.take(u"bob"_s, now + 500ms));
        QVERIFY(!windows.take(u"ann"_s, now + 1s));
        QCOMPARE(windows.take(u"ann"_s, now + 1s), 400ms);
    }

    void sayHowLongToWaitWithoutTaking()
    {
        RateWindows windows({1, 1s}, 100);
        const RateWindows::Clock::time_point now{1h};
        QVERIFY(!windows.wait(u"ann"_s, now));
        QCOMPARE(windows.size(), 0u);
        QVERIFY(!windows.take(u"ann"_s, now));
        QCOMPARE(windows.wait(u"ann"_s, now + 400ms), 600ms);
        QVERIFY(!windows.wait(u"ann"_s, now + 1s));
        QVERIFY(!windows.wait(u"bob"_s, now));
    }

    void forgetWhoHasBeenQuiet()
    {
        RateWindows windows({1, 1s}, 100);
        const RateWindows::Clock::time_point now{1h};
        for (int i = 0; i < 50; ++i)
            QVERIFY(!windows.take(QString::number(i), now));
        QCOMPARE(windows.size(), 50u);
        for (int i = 0; i < 30; ++i)
            QVERIFY(!windows.take(u"ann"_s, now + 2s * (i + 1)));
        QCOMPARE(windows.size(), 1u);
    }

    void rememberSoManyAtMost()
    {
        RateWindows windows({1, 1h}, 3);
        const RateWindows::Clock::time_point now{1h};
        for (int i = 0; i < 10; ++i)
            QVERIFY(!windows.take(QString::number(i), now));
        QCOMPARE(windows.size(), 3u);
        QVERIFY(windows.take(u"9"_s, now));
        QVERIFY(windows.take(u"7"_s, now));
        QVERIFY(!windows.take(u"0"_s, now)); // Forgotten.
        QVERIFY(windows.take(u"7"_s, now)); // Not so who goes on.
    }
};

DIALOGUE_TEST(TestRateWindows, NoApplication)
#include "tst_ratewindows.moc"
