#include "server/rooms/joinedrooms.h"

#include "testclasses.h"

#include <QTest>

#include <random>

using namespace dialogue;

/** Rooms and clients are only names here, and never looked into. */
class TestJoinedRooms : public QObject
{
    Q_OBJECT

    static Room *room(int number) { return reinterpret_cast<Room *>(quintptr(16 * (number + 1))); }

private Q_SLOTS:
    void keepsTheOrderOfJoining_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("one") << 1;
        QTest::newRow("a few") << 8;
        QTest::newRow("just more than a few") << 9;
        QTest::newRow("a hundred") << 100;
    }
    void keepsTheOrderOfJoining()
    {
        QFETCH(int, count);
        Participants participants;
        JoinedRooms rooms;
        QVERIFY(rooms.isEmpty());
        for (int i = 0; i < count; ++i)
            rooms.add(room(i), participants.insert(participants.end(), nullptr));
        QCOMPARE(rooms.size(), count);
        int number = 0;
        for (const JoinedRooms::Place &joined : rooms)
            QCOMPARE(joined.room, room(number++));
        QCOMPARE(rooms.last(), room(count - 1));
        QVERIFY(!rooms.contains(room(count)));
        while (!rooms.isEmpty())
            participants.erase(rooms.take(rooms.last()));
        QVERIFY(participants.empty());
        QVERIFY(!rooms.contains(room(0)));
    }

    /** Against a list that is searched. */
    void behavesLikeASimpleOne()
    {
        std::mt19937 random(4); // NOLINT(cert-msc51-cpp): the same each time.
        Participants participants;
        JoinedRooms rooms;
        QList<Room *> expected;
        for (int step = 0; step < 5000; ++step) {
            Room *const each = room(static_cast<int>(random() % 24));
            QCOMPARE(rooms.contains(each), expected.contains(each));
            if (expected.removeOne(each)) {
                participants.erase(rooms.take(each));
            } else {
                rooms.add(each, participants.insert(participants.end(), nullptr));
                expected.append(each);
            }
            QCOMPARE(rooms.size(), expected.size());
            QVERIFY(std::ranges::equal(rooms, expected, {}, &JoinedRooms::Place::room));
            QCOMPARE(qsizetype(participants.size()), expected.size());
        }
    }
};

DIALOGUE_TEST(TestJoinedRooms, QCoreApplication)
#include "tst_joinedrooms.moc"
