#include "bench/load/layout.h"
#include "bench/load/pacer.h"
#include "bench/load/sequence.h"

#include "testclasses.h"

#include <QTest>

#include <set>

using namespace dialogue::bench;

class TestSequence : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void losesNothingWhenAllCome()
    {
        Sequence sequence;
        for (std::uint64_t i = 0; i < 10; ++i)
            QCOMPARE(sequence.take(i), 1U);
        QCOMPARE(sequence.lost(10), 0U);
        QCOMPARE(sequence.repeated(), 0U);
    }

    void countsWhatIsMissingInTheMiddleAtTheBeginningAndAtTheEnd()
    {
        Sequence sequence;
        QCOMPARE(sequence.take(2), 1U);
        QCOMPARE(sequence.take(5), 3U); // itself and two before it
        QCOMPARE(sequence.lost(8), 2U + 2U + 2U);
    }

    void countsTheMeasuredPartAlone()
    {
        Sequence sequence;
        sequence.take(0);
        sequence.take(4);
        sequence.countFrom(5);
        sequence.take(5);
        QCOMPARE(sequence.lost(6), 0U);
        QCOMPARE(sequence.lost(9), 3U);
        sequence.countFrom(9);
        QCOMPARE(sequence.lost(9), 0U);
        sequence.countFrom(20);
        QCOMPARE(sequence.lost(25), 5U);
    }

    void leavesOutWhatTheWarmUpLostAndThatIsSeenLater()
    {
        Sequence sequence;
        sequence.take(0);
        sequence.countFrom(5); // 1 to 4 are still on their way, and get lost
        QCOMPARE(sequence.take(8), 8U);
        QCOMPARE(sequence.lost(9), 3U);
    }

    void losesAllWhenNothingCame()
    {
        Sequence sequence;
        sequence.countFrom(3);
        QCOMPARE(sequence.lost(10), 7U);
    }

    void losesAllWhenOnlyLaterOnesCame()
    {
        Sequence sequence;
        sequence.countFrom(3);
        sequence.take(20);
        QCOMPARE(sequence.lost(10), 7U);
    }

    void tellsRepeatedOnesApart()
    {
        Sequence sequence;
        sequence.take(0);
        sequence.take(1);
        QCOMPARE(sequence.take(1), 0U);
        QCOMPARE(sequence.take(0), 0U);
        QCOMPARE(sequence.repeated(), 2U);
        QCOMPARE(sequence.lost(2), 0U);
    }

    void pacesByTheClockHoweverLateItIsAsked()
    {
        Pacer pacer(1000, 5'000'000'000);
        QCOMPARE(pacer.next(), 5'000'000'000);
        QVERIFY(!pacer.isDue(4'999'999'999));
        for (int i = 0; i < 100'000; ++i) {
            QVERIFY(pacer.isDue(500'000'000'000));
            QCOMPARE(pacer.take(), 5'000'000'000 + i * 1'000'000LL);
        }
    }

    void paceDoesNotDrift()
    {
        Pacer pacer(3, 0);
        for (int i = 0; i < 3'000'000; ++i)
            pacer.take();
        QCOMPARE(pacer.next(), 1'000'000LL * 1'000'000'000LL);
    }

    void layoutGivesEveryRoomAndEveryPublisherItsShare_data()
    {
        QTest::addColumn<int>("rooms");
        QTest::addColumn<int>("publishers");
        QTest::addColumn<int>("streams");
        QTest::newRow("one each") << 1 << 1 << 1;
        QTest::newRow("more rooms") << 10 << 3 << 10;
        QTest::newRow("more publishers") << 3 << 10 << 10;
        QTest::newRow("nobody publishes") << 4 << 0 << 0;
    }

    void layoutGivesEveryRoomAndEveryPublisherItsShare()
    {
        QFETCH(int, rooms);
        QFETCH(int, publishers);
        QFETCH(int, streams);
        const Layout layout{.rooms = rooms, .publishers = publishers};
        QCOMPARE(layout.streams(), streams);
        std::set<int> usedRooms;
        std::set<int> usedPublishers;
        std::set<std::pair<int, int>> places;
        for (int stream = 0; stream < streams; ++stream) {
            usedRooms.insert(layout.roomOfStream(stream));
            usedPublishers.insert(layout.publisherOfStream(stream));
            QVERIFY(layout.indexInRoom(stream) < layout.streamsOfRoom(layout.roomOfStream(stream)));
            places.emplace(layout.roomOfStream(stream), layout.indexInRoom(stream));
        }
        QCOMPARE(int(usedPublishers.size()), publishers);
        QCOMPARE(int(usedRooms.size()), publishers > 0 ? rooms : 0);
        QCOMPARE(int(places.size()), streams);
    }
};

DIALOGUE_TEST(TestSequence, NoApplication)
#include "tst_loadsequence.moc"
