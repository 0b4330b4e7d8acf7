#include "server/rooms/roommeters.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

RoomConfig roomOf(const QString &id, const QStringList &events)
{
    RoomConfig room{.id = id, .name = id};
    for (const QString &event : events)
        room.events.append(defineEvent(event));
    return room;
}

} // namespace

class TestRoomMeters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roomsOfTheConfigurationHaveTheirOwn()
    {
        RoomMeters meters({roomOf(u"a"_s, {u"x"_s, u"y"_s}), roomOf(u"b"_s, {u"x"_s})}, 10000);
        meters.of(u"a"_s).count(u"x"_s, 1us);
        meters.of(u"a"_s).count(u"x"_s, 20us);
        meters.of(u"b"_s).count(u"x"_s, 1h);
        QCOMPARE(meters.of(u"a"_s).name(), u"a"_s);
        QCOMPARE(meters.of(u"a"_s).events()[0].latency.count(), 2u);
        QCOMPARE(meters.of(u"a"_s).events()[0].latency.sum, Durations::Nanoseconds(21us));
        QCOMPARE(meters.of(u"a"_s).events()[0].latency.counts[0], 1u);
        QCOMPARE(meters.of(u"a"_s).events()[0].latency.counts[1], 1u);
        QCOMPARE(meters.of(u"a"_s).events()[1].latency.count(), 0u);
        QCOMPARE(meters.of(u"b"_s).events()[0].latency.counts.back(), 1u);
    }

    void othersGoByOneName()
    {
        RoomMeters meters({roomOf(u"a"_s, {u"x"_s})}, 10000);
        meters.of(u"made by a client"_s).count(u"whatever it says"_s, 1us);
        meters.of(u"another"_s).count(u"x"_s, 1us);
        QCOMPARE(&meters.of(u"made by a client"_s), &meters.of(u"another"_s));
        QCOMPARE(meters.of(u"another"_s).name(), u"_runtime"_s);
        QVERIFY(meters.of(u"another"_s).events().empty());
        QCOMPARE(meters.of(u"another"_s).others().latency.count(), 2u);
    }

    void eventsThatAreNotDeclaredGoByOneName()
    {
        RoomMeters meters({roomOf(u"open"_s, {u"x"_s, u"*"_s})}, 10000);
        RoomMeter &room = meters.of(u"open"_s);
        room.count(u"x"_s, 1us);
        room.count(u"*"_s, 1us);
        room.count(u"anything"_s, 1us);
        QCOMPARE(room.events().size(), 1u);
        QCOMPARE(room.others().name, u"_other"_s);
        QCOMPARE(room.others().latency.count(), 2u);
    }

    void beyondTheLimitRoomsGoByOneName()
    {
        QList<RoomConfig> rooms;
        for (int i = 0; i < 1000; ++i)
            rooms.append(roomOf(u"room %1"_s.arg(i), {u"x"_s}));
        constexpr int OfOne = RoomMeters::SeriesOfARoom + 2 * RoomMeters::SeriesOfAnEvent;
        constexpr int OfOthers = 2 * (RoomMeters::SeriesOfARoom + RoomMeters::SeriesOfAnEvent);
        RoomMeters meters(rooms, 10 * OfOne + OfOthers);
        QCOMPARE(meters.of(u"room 9"_s).name(), u"room 9"_s);
        QCOMPARE(meters.of(u"room 10"_s).name(), u"_other"_s);
        QCOMPARE(&meters.of(u"room 10"_s), &meters.beyondLimit());
        QCOMPARE(meters.all().size(), 12u);
        meters.of(u"room 10"_s).count(u"x"_s, 1us);
        QCOMPARE(meters.beyondLimit().others().latency.count(), 1u);
    }

    void aRoomWithTooManyEventsLeavesPlaceForThoseBehindIt()
    {
        QStringList many;
        for (int i = 0; i < 10000; ++i)
            many.append(u"event %1"_s.arg(i));
        RoomMeters meters({roomOf(u"large"_s, many), roomOf(u"small"_s, {u"x"_s})}, 10000);
        QCOMPARE(meters.of(u"large"_s).name(), u"_other"_s);
        QCOMPARE(meters.of(u"small"_s).name(), u"small"_s);
    }
};

DIALOGUE_TEST(TestRoomMeters, QCoreApplication)
#include "tst_roommeters.moc"
