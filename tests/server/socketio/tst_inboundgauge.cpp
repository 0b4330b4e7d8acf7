#include "server/socketio/inboundgauge.h"

#include "testclasses.h"

#include <QTest>

#include <atomic>
#include <thread>

using dialogue::socketio::InboundGauge;

class TestInboundGauge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pausesAtTheLimitAndResumesAtHalf()
    {
        InboundGauge gauge(4);
        QVERIFY(!gauge.countIn());
        QVERIFY(!gauge.countIn());
        QVERIFY(!gauge.countIn());
        QVERIFY(gauge.countIn());
        QVERIFY(!gauge.countIn()); // Already paused; what was read before may still come.
        QVERIFY(!gauge.countOut());
        QVERIFY(!gauge.countOut());
        QVERIFY(gauge.countOut());
        QVERIFY(!gauge.countOut());
        QVERIFY(!gauge.countOut());
        QCOMPARE(gauge.waiting(), 0);
        for (int i = 0; i < 3; ++i)
            QVERIFY(!gauge.countIn());
        QVERIFY(gauge.countIn());
    }

    void neverForgetsToResume()
    {
        // One side counts in and stops when told; the other counts out and lets it go on. A lost resume
        // hangs.
        constexpr int events = 200000;
        InboundGauge gauge(8);
        std::atomic<int> posted = 0;
        std::atomic<int> pauses = 0; // Pauses minus resumes; a resume may be seen before its pause.
        std::thread hub([&] {
            for (int done = 0; done < events; ++done) {
                while (posted.load() <= done)
                    std::this_thread::yield();
                if (gauge.countOut())
                    --pauses;
            }
        });
        int most = 0;
        for (int i = 0; i < events; ++i) {
            while (pauses.load() > 0)
                std::this_thread::yield();
            if (gauge.countIn())
                ++pauses;
            most = std::max(most, gauge.waiting());
            ++posted;
        }
        hub.join();
        QCOMPARE(pauses.load(), 0);
        QCOMPARE(gauge.waiting(), 0);
        QVERIFY2(most <= 9, qPrintable(QString::number(most)));
    }
};

DIALOGUE_TEST(TestInboundGauge, QCoreApplication)
#include "tst_inboundgauge.moc"
