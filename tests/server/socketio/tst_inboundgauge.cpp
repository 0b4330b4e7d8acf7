#include "server/socketio/inboundgauge.h"

#include "testclasses.h"

#include <QTest>

#include <atomic>
#include <thread>

using dialogue::socketio::InboundGauge;
using dialogue::socketio::InboundTotal;

class TestInboundGauge : public QObject
{
    Q_OBJECT

    static constexpr qint64 Plenty = 1'000'000;

private Q_SLOTS:
    void pausesAtTheLimitAndResumesAtHalf()
    {
        InboundTotal total(Plenty);
        InboundGauge gauge({.messages = 4, .bytes = Plenty}, &total);
        QVERIFY(!gauge.countIn(1));
        QVERIFY(!gauge.countIn(1));
        QVERIFY(!gauge.countIn(1));
        QVERIFY(gauge.countIn(1));
        QVERIFY(!gauge.countIn(1)); // Already paused; what was read before may still come.
        QVERIFY(!gauge.countOut(1));
        QVERIFY(!gauge.countOut(1));
        QVERIFY(gauge.countOut(1));
        QVERIFY(!gauge.countOut(1));
        QVERIFY(!gauge.countOut(1));
        QCOMPARE(gauge.waiting(), 0);
        for (int i = 0; i < 3; ++i)
            QVERIFY(!gauge.countIn(1));
        QVERIFY(gauge.countIn(1));
    }

    void pausesAtTheBytesAndResumesAtHalf()
    {
        InboundTotal total(Plenty);
        InboundGauge gauge({.messages = 100, .bytes = 1000}, &total);
        QVERIFY(!gauge.countIn(600));
        QVERIFY(gauge.countIn(400));
        QVERIFY(!gauge.countIn(300));
        QCOMPARE(gauge.bytes(), 1300);
        QCOMPARE(total.bytes(), 1300);
        QVERIFY(!gauge.countOut(600));
        QVERIFY(gauge.countOut(400));
        QVERIFY(!gauge.countOut(300));
        QCOMPARE(total.bytes(), 0);
    }

    void takesASingleMessageWhateverItsSize()
    {
        InboundTotal total(100);
        InboundGauge gauge({.messages = 100, .bytes = 1000}, &total);
        QVERIFY(gauge.countIn(5000)); // Taken, and the last for now.
        QCOMPARE(gauge.waiting(), 1);
        QVERIFY(gauge.countOut(5000));
    }

    void leavesEachOneMessageWhereTooMuchWaitsOfAll()
    {
        InboundTotal total(1000);
        InboundGauge greedy({.messages = 100, .bytes = Plenty}, &total);
        InboundGauge modest({.messages = 100, .bytes = Plenty}, &total);
        QVERIFY(!greedy.countIn(500));
        QVERIFY(!greedy.countIn(400));
        QVERIFY(greedy.countIn(300));
        for (int i = 0; i < 3; ++i) { // One at a time
            QVERIFY(modest.countIn(1));
            QVERIFY(modest.countOut(1));
        }
        QVERIFY(greedy.countOut(500)); // Less than the limit waits now.
        QVERIFY(!modest.countIn(1));
        QVERIFY(!modest.countIn(1));
    }

    void neverForgetsToResume_data()
    {
        QTest::addColumn<int>("messages");
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<qint64>("ofAll");
        QTest::newRow("messages") << 8 << Plenty << Plenty;
        QTest::newRow("bytes") << 1000 << qint64(80) << Plenty;
        QTest::newRow("bytes of all") << 1000 << Plenty << qint64(79);
    }
    void neverForgetsToResume()
    {
        // One side counts in and stops when told; the other counts out and lets it go on. A lost resume
        // hangs. (They take turns, and on a busy machine each turn waits for others.)
        QFETCH(int, messages);
        QFETCH(qint64, bytes);
        QFETCH(qint64, ofAll);
        constexpr int events = 20000;
        InboundTotal total(ofAll);
        InboundGauge gauge({.messages = messages, .bytes = bytes}, &total);
        std::atomic<int> posted = 0;
        std::atomic<int> pauses = 0; // Pauses minus resumes; a resume may be seen before its pause.
        std::thread hub([&] {
            for (int done = 0; done < events; ++done) {
                while (posted.load() <= done)
                    std::this_thread::yield();
                if (gauge.countOut(10))
                    --pauses;
            }
        });
        int most = 0;
        for (int i = 0; i < events; ++i) {
            while (pauses.load() > 0)
                std::this_thread::yield();
            if (gauge.countIn(10))
                ++pauses;
            most = std::max(most, gauge.waiting());
            ++posted;
        }
        hub.join();
        QCOMPARE(pauses.load(), 0);
        QCOMPARE(gauge.waiting(), 0);
        QCOMPARE(total.bytes(), 0);
        QVERIFY2(most <= 9, qPrintable(QString::number(most)));
    }
};

DIALOGUE_TEST(TestInboundGauge, QCoreApplication)
#include "tst_inboundgauge.moc"
