#include "client/connection/roomtracker.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::client;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::optional<bool>)
Q_DECLARE_METATYPE(std::optional<Gap>)

class TestRoomTracker : public QObject
{
    Q_OBJECT

    static protocol::Joined joined(const QByteArray &epoch, quint64 offset,
                                   std::optional<bool> recovered = {})
    {
        return {.roomId = u"chat"_s, .roomName = {}, .position = {epoch, offset}, .recovered = recovered};
    }

private Q_SLOTS:
    void theFirstJoinBeginsWhereTheLogIs()
    {
        RoomTracker tracker;
        QVERIFY(!tracker.since());
        QVERIFY(!tracker.joined(joined("e", 7)));
        QCOMPARE(tracker.position(), (RoomPosition{"e", 7}));
        QVERIFY(!tracker.accept(7));
        QVERIFY(tracker.accept(8));
    }

    void aJumpIsNoGapAsOthersEventsCountToo()
    {
        RoomTracker tracker;
        (void)tracker.joined(joined("e", 0));
        QVERIFY(tracker.accept(3));
        QVERIFY(tracker.accept(90));
        QVERIFY(!tracker.accept(90));
        QVERIFY(!tracker.accept(12));
        QCOMPARE(tracker.since(), (RoomPosition{"e", 90}));
    }

    void eventsWithoutOffsetsAreAllNew()
    {
        RoomTracker tracker;
        (void)tracker.joined(joined({}, 0));
        QVERIFY(tracker.accept(0));
        QVERIFY(tracker.accept(0));
        QVERIFY(!tracker.since());
    }

    void comingBack_data()
    {
        QTest::addColumn<QByteArray>("epoch");
        QTest::addColumn<quint64>("offset");
        QTest::addColumn<std::optional<bool>>("recovered");
        QTest::addColumn<std::optional<Gap>>("gap");
        QTest::addColumn<quint64>("next"); // the lowest offset that is new

        using B = std::optional<bool>;
        using G = std::optional<Gap>;
        QTest::newRow("recovered") << QByteArray("e") << quint64(30) << B(true) << G() << quint64(11);
        QTest::newRow("nothing missed") << QByteArray("e") << quint64(10) << B(true) << G() << quint64(11);
        QTest::newRow("too long ago")
            << QByteArray("e") << quint64(30) << B(false) << G(Gap{.from = 11, .to = 30}) << quint64(31);
        QTest::newRow("not recovered, yet nothing missed")
            << QByteArray("e") << quint64(10) << B(false) << G() << quint64(11);
        QTest::newRow("another log") << QByteArray("f") << quint64(4) << B(false)
                                     << G(Gap{.from = 1, .to = 4, .newLog = true}) << quint64(5);
        for (const auto &recovered : {B(), B(false), B(true)}) {
            QTest::newRow("another log, which is longer")
                << QByteArray("f") << quint64(40) << recovered << G(Gap{.from = 1, .to = 40, .newLog = true})
                << quint64(41);
        }
        QTest::newRow("another log, as long") << QByteArray("f") << quint64(10) << B(true)
                                              << G(Gap{.from = 1, .to = 10, .newLog = true}) << quint64(11);
        QTest::newRow("another log that claims to go on")
            << QByteArray("f") << quint64(4) << B(true) << G(Gap{.from = 1, .to = 4, .newLog = true})
            << quint64(5);
        QTest::newRow("a log that went backwards")
            << QByteArray("e") << quint64(3) << B(true) << G(Gap{.from = 1, .to = 3, .newLog = true})
            << quint64(4);
        QTest::newRow("a server that ignores since")
            << QByteArray("e") << quint64(12) << B() << G(Gap{.from = 11, .to = 12}) << quint64(13);
        QTest::newRow("a server without logs") << QByteArray() << quint64(0) << B() << G(Gap{}) << quint64(1);
    }
    void comingBack()
    {
        QFETCH(QByteArray, epoch);
        QFETCH(quint64, offset);
        QFETCH(std::optional<bool>, recovered);
        QFETCH(std::optional<Gap>, gap);
        QFETCH(quint64, next);
        RoomTracker tracker;
        (void)tracker.joined(joined("e", 8));
        QVERIFY(tracker.accept(10));
        QVERIFY(tracker.joined(joined(epoch, offset, recovered)) == gap);
        QVERIFY(!tracker.accept(next - 1) || next == 1); // no offset 0
        QVERIFY(tracker.accept(next));
    }

    void aConnectionLostAmidTheRecoveredEventsGoesOnFromTheLastSeen()
    {
        RoomTracker tracker;
        (void)tracker.joined(joined("e", 10));
        (void)tracker.joined(joined("e", 30, true));
        QVERIFY(tracker.accept(12));
        QCOMPARE(tracker.since(), (RoomPosition{"e", 12}));
    }

    void theAnswerAloneMovesNothingThatIsRecovered()
    {
        RoomTracker tracker;
        (void)tracker.joined(joined("e", 10));
        (void)tracker.joined(joined("e", 30, true));
        QCOMPARE(tracker.since(), (RoomPosition{"e", 10}));
    }

    void whatIsToldToBeMissingIsNotAskedForAgainAndMayYetCome()
    {
        using protocol::GapReason;
        RoomTracker tracker;
        (void)tracker.joined(joined("e", 10));
        QVERIFY(tracker.accept(12));
        const auto gap = tracker.dropped(
            {.roomId = u"chat"_s, .offsets = {.from = 13, .to = 20}, .reason = GapReason::Replaced});
        QVERIFY(gap == std::optional(Gap{.from = 13, .to = 20, .reason = Gap::Reason::Replaced}));
        QCOMPARE(tracker.since(), (RoomPosition{"e", 20}));
        QVERIFY(!tracker.accept(12));
        QVERIFY(tracker.accept(15));
        QVERIFY(!tracker.accept(15));
        QCOMPARE(tracker.since(), (RoomPosition{"e", 20}));
        QVERIFY(tracker.accept(21));
        QCOMPARE(tracker.since(), (RoomPosition{"e", 21}));
    }

    void aGapBehindUsMovesNothingBack()
    {
        RoomTracker tracker;
        (void)tracker.joined(joined("e", 10));
        QVERIFY(tracker.accept(12));
        QVERIFY(tracker.dropped({.roomId = u"chat"_s, .offsets = {.from = 11, .to = 11}}));
        QCOMPARE(tracker.since(), (RoomPosition{"e", 12}));
        QVERIFY(!tracker.accept(12));
    }

    void onlyWhatTheLastJoinLostIsTold()
    {
        RoomTracker tracker;
        (void)tracker.joined(joined("e", 10));
        QVERIFY(tracker.joined(joined("e", 20, false)));
        QVERIFY(!tracker.dropped({.roomId = u"chat"_s, .offsets = {.from = 11, .to = 20}}));
        QVERIFY(tracker.dropped({.roomId = u"chat"_s, .offsets = {.from = 11, .to = 21}}));
        (void)tracker.joined(joined("e", 30, true));
        QVERIFY(tracker.dropped({.roomId = u"chat"_s, .offsets = {.from = 11, .to = 20}}));
    }

    void anApplicationMayBeginSomewhere()
    {
        RoomTracker tracker(RoomPosition{"e", 5});
        QCOMPARE(tracker.since(), (RoomPosition{"e", 5}));
        const auto gap = tracker.joined(joined("e", 9, false));
        QVERIFY(gap == std::optional(Gap{.from = 6, .to = 9}));
    }
};

DIALOGUE_TEST(TestRoomTracker, NoApplication)
#include "tst_roomtracker.moc"
