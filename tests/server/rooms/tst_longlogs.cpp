#include "roomsfixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** Rooms that keep very much, and what becomes of it in one turn of the event loop. */
class TestLongLogs : public QObject
{
    Q_OBJECT

    static constexpr int Many = 3000;
    static constexpr int InATurn = SlicedWork::StepsPerSlice + 64; // What ends a slice may go beyond it.

    static RoomConfig room()
    {
        return {.id = u"log"_s,
                .name = u"Log"_s,
                .events = {defineEvent(u"note"_s, {}, {.enabled = true, .limit = 100'000})}};
    }
    static void fill(Room &room)
    {
        for (int i = 0; i < Many; ++i)
            QVERIFY(room.trigger(u"note"_s, i).result());
    }
    /** Counts what is told to be evicted, of any room. */
    static void count(Room &room, int &evicted)
    {
        QObject::connect(&room, &Room::eventsEvicted, &room,
                         [&evicted](const QString &, const QList<EventMessage> &events) {
                             evicted += static_cast<int>(events.size());
                         });
    }

private Q_SLOTS:
    void areForgottenPieceByPieceWhenTheRoomIsDeleted_data()
    {
        QTest::addColumn<bool>("isHeard");
        QTest::newRow("where somebody wants to know") << true;
        QTest::newRow("where nobody does") << false;
    }
    void areForgottenPieceByPieceWhenTheRoomIsDeleted()
    {
        QFETCH(bool, isHeard);
        RoomsFixture f({.rooms = {room()}});
        Room &log = *f.rooms.find(u"log"_s);
        fill(log);
        int evicted = 0;
        if (isHeard)
            count(log, evicted);
        const qint64 kept = f.memory.counters().rooms;
        QVERIFY(f.rooms.remove(u"log"_s));
        QVERIFY(f.memory.counters().rooms > kept / Many * (Many - 2 * InATurn));
        QVERIFY(f.rooms.slicedWork().pending > 0);
        QTRY_COMPARE(f.rooms.slicedWork().pending, 0);
        QCOMPARE(f.memory.counters().rooms, 0);
        QCOMPARE(evicted, isHeard ? Many : 0);
        QVERIFY(f.rooms.slicedWork().longestSlice <= InATurn);
    }

    void areNotForgottenAtOnceForARoomOfTheSameName()
    {
        RoomsFixture f({.rooms = {room()}});
        Room &log = *f.rooms.find(u"log"_s);
        fill(log);
        int evicted = 0;
        count(log, evicted);
        QStringList told;
        connect(&f.rooms, &RoomManager::roomDeleted, this, [&] { told.append(u"deleted"_s); });
        connect(&f.rooms, &RoomManager::roomCreated, this, [&] { told.append(u"created"_s); });
        QVERIFY(f.rooms.remove(u"log"_s));
        QVERIFY(told.isEmpty());
        QVERIFY(f.rooms.create(room()));
        QCOMPARE(told, (QStringList{u"deleted"_s, u"created"_s}));
        QVERIFY2(evicted <= InATurn, qPrintable(QString::number(evicted)));
        QTRY_COMPARE(evicted, Many);
        QCOMPARE(told.size(), 2);
        QCOMPARE(f.rooms.find(u"log"_s)->offset(), 0U);
    }

    void giveWayPieceByPieceToWhatAUserNeeds()
    {
        ServerConfig config{.rooms = {room()}};
        RoomsFixture full(config);
        fill(*full.rooms.find(u"log"_s));
        config.memory.total = full.memory.counters().used + 1000;
        config.memory.perUser = config.memory.total;
        RoomsFixture f(config);
        Room &log = *f.rooms.find(u"log"_s);
        fill(log);
        int evicted = 0;
        count(log, evicted);
        const auto share = f.memory.shareOf({QString(), u"ann"_s});
        QVERIFY(share->take(config.memory.total / 10));
        QCOMPARE(evicted, 0); // Not in it.
        int most = 0;
        int turns = 0;
        for (; f.memory.isOverdrawn() && turns < 100; ++turns) {
            const int before = evicted;
            QCoreApplication::processEvents();
            most = std::max(most, evicted - before);
        }
        QVERIFY(!f.memory.isOverdrawn());
        QVERIFY(most > 0);
        QVERIFY(turns > 0);
        QVERIFY2(most <= MemoryBudget::MostAsked, qPrintable(QString::number(most)));
        share->giveBack(config.memory.total / 10);
    }

    void giveWayInTheRoomToWhatIsLarge()
    {
        ServerConfig config{.rooms = {room()}};
        config.memory.perRoom = 1'000'000;
        RoomsFixture f(config);
        Room &log = *f.rooms.find(u"log"_s);
        fill(log);
        for (int i = 0; i < 10; ++i) {
            QVERIFY(log.trigger(u"note"_s, QString(200'000, u'x')).result());
            QVERIFY(f.memory.counters().rooms <= config.memory.perRoom);
        }
    }
};

DIALOGUE_TEST(TestLongLogs, QCoreApplication)
#include "tst_longlogs.moc"
