#include "server/app/loglimit.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace std::chrono_literals;

class TestLogLimit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsWhatAFloodLeavesOut()
    {
        LogLimit limit;
        const auto start = LogLimit::Clock::time_point{} + 1h;
        int written = 0;
        for (int i = 0; i < 1000; ++i)
            written += limit.take("dialogue.rooms", QtDebugMsg, start).mayWrite ? 1 : 0;
        QCOMPARE(written, LogLimit::LinesPerSecond);
        // Others are heard.
        QVERIFY(limit.take("dialogue.net", QtDebugMsg, start).mayWrite);
        QVERIFY(limit.take("dialogue.rooms", QtWarningMsg, start).mayWrite);
        const auto later = limit.take("dialogue.rooms", QtDebugMsg, start + 1s);
        QVERIFY(later.mayWrite);
        QCOMPARE(later.leftOut, 1000 - LogLimit::LinesPerSecond);
        QCOMPARE(limit.take("dialogue.rooms", QtDebugMsg, start + 1s).leftOut, 0);
    }
};

DIALOGUE_TEST(TestLogLimit, NoApplication)
#include "tst_loglimit.moc"
