#include "heap.h"
#include "roomsfixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** What a room takes in which nothing happens, in bytes: most rooms are idle. */
class TestIdleRoom : public QObject
{
    Q_OBJECT

    static constexpr int Rooms = 10'000;
    static constexpr int Creators = 100;
    static constexpr qint64 Most = 500;
    static constexpr qint64 Left = 60; // Qt keeps the list of its deferred deletions, which sanitizers count.

    static ServerConfig config()
    {
        ServerConfig config;
        config.roomCreation.create = {Permission::Anyone};
        config.roomCreation.maxPerUser = Rooms;
        config.roomCreation.maxTotal = 2 * Rooms;
        config.roomCreation.grace = std::chrono::hours(1);
        config.rateLimit.requests.createRoom.maxEvents = 2 * Rooms;
        config.rateLimit.requests.deleteRoom.maxEvents = Rooms;
        return config;
    }
    static QString idOf(int number) { return u"room-%1"_s.arg(number, 5, 10, '0'_L1); }
    static RoomConfig declared(int number)
    {
        return {.id = idOf(number), .name = u"Room %1"_s.arg(number, 5, 10, '0'_L1)};
    }
    static void settle()
    {
        for (int turns = 0; turns < 100; ++turns) { // Of which a room that is removed may take some.
            QCoreApplication::processEvents();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
    }
    static void removeAll(RoomsFixture &f)
    {
        for (Room *const room : f.rooms.rooms()) {
            QVERIFY(f.rooms.remove(room->id()));
            f.gateway.sent.clear();
        }
        settle();
    }

private Q_SLOTS:
    void takesLittleWhereTheServerCreatedIt()
    {
        RoomsFixture f(config());
        const auto create = [&f] {
            for (int i = 0; i < Rooms; ++i)
                QVERIFY(f.rooms.create(declared(i)));
        };
        create(); // What is allocated once.
        removeAll(f);
        const qint64 before = heapBytes();
        create();
        const qint64 each = (heapBytes() - before) / Rooms;
        qInfo("%lld bytes for a room that the server created", each);
        QVERIFY2(each <= Most, qPrintable(QString::number(each)));
        removeAll(f);
        QVERIFY2((heapBytes() - before) / Rooms < Left, qPrintable(QString::number(heapBytes() - before)));
    }

    void takesLittleWhereClientsCreatedIt()
    {
        RoomsFixture f(config());
        QList<SocketId> creators;
        for (int i = 0; i < Creators; ++i)
            creators.append(f.connectAs(u"user-%1"_s.arg(i)));
        const auto create = [&](int from, int to) {
            for (int i = from; i < to; ++i) {
                const SocketId creator = creators[i % Creators];
                const RoomConfig room = declared(i);
                QVERIFY(f.ask(creator, names::createRoom,
                              QJsonObject{{u"id"_s, room.id}, {u"name"_s, room.name}})[u"ok"_s]
                            .toBool());
                f.gateway.sent.clear();
            }
        };
        create(0, Creators); // And what is known of the creators.
        removeAll(f);
        const qint64 before = heapBytes();
        create(0, Rooms);
        const qint64 each = (heapBytes() - before) / Rooms;
        qInfo("%lld bytes for a room that a client created", each);
        QVERIFY2(each <= Most, qPrintable(QString::number(each)));
        // And no more than its creator is charged.
        QVERIFY(f.memory.counters().used >= each * Rooms);
        // It comes back, but for what is known of how often was asked.
        removeAll(f);
        const qint64 left = (heapBytes() - before) / Rooms;
        QVERIFY2(left < Most / 10, qPrintable(QString::number(left)));
        QVERIFY(f.memory.counters().used < Rooms);
    }

    void takesLittleAgainWhenAllHaveLeftAndNothingWasSaid()
    {
        RoomsFixture f(config());
        ConnectedClient &visitor = *f.client(f.connectAs(u"visitor"_s));
        const auto visit = [&](int number) {
            QVERIFY(f.rooms.create(declared(number)));
            QVERIFY(visitor.join(idOf(number)).result());
            QVERIFY(visitor.subscribe(idOf(number), u"message"_s));
            QVERIFY(visitor.leave(idOf(number)));
            f.gateway.sent.clear();
        };
        visit(Rooms);
        const qint64 before = heapBytes();
        for (int i = 0; i < Rooms; ++i)
            visit(i);
        const qint64 each = (heapBytes() - before) / Rooms;
        qInfo("%lld bytes for a room that was visited", each);
        QVERIFY2(each <= Most, qPrintable(QString::number(each)));
    }

    void hasAnEpochOfItsOwnWhichItKeeps()
    {
        RoomsFixture f(config());
        QVERIFY(f.rooms.create(declared(1)));
        QVERIFY(f.rooms.create(declared(2)));
        const QByteArray epoch = f.rooms.find(idOf(1))->epoch();
        QCOMPARE(epoch.size(), 16);
        QVERIFY(epoch != f.rooms.find(idOf(2))->epoch());
        RoomsFixture other(config());
        QVERIFY(other.rooms.create(declared(1)));
        QVERIFY(epoch != other.rooms.find(idOf(1))->epoch());

        ConnectedClient &visitor = *f.client(f.connectAs(u"visitor"_s));
        QVERIFY(visitor.join(idOf(1)).result());
        QVERIFY(visitor.leave(idOf(1)));
        QCOMPARE(f.rooms.find(idOf(1))->epoch(), epoch);
        QVERIFY(f.rooms.remove(idOf(1)));
        QVERIFY(f.rooms.create(declared(1)));
        QVERIFY(epoch != f.rooms.find(idOf(1))->epoch());
    }

    void saysWhatItWasDeclaredWith()
    {
        RoomsFixture f(config());
        RoomConfig room = chatRoom();
        room.description = u"A room"_s;
        room.maxSize = 7;
        room.createdById = u"ann"_s;
        QVERIFY(f.rooms.create(declared(1)));
        QVERIFY(f.rooms.create(room));
        QVERIFY(f.rooms.create(declared(2)));
        const RoomConfig config = f.rooms.find(room.id)->config();
        QCOMPARE(config.id, room.id);
        QCOMPARE(config.name, room.name);
        QCOMPARE(config.description, room.description);
        QCOMPARE(config.maxSize, room.maxSize);
        QCOMPARE(config.createdById, room.createdById);
        QCOMPARE(config.events.size(), room.events.size());
        QCOMPARE(config.defaultSubscriptions, room.defaultSubscriptions);
        for (const int number : {1, 2}) {
            QVERIFY(!f.rooms.find(idOf(number))->config().maxSize);
            QVERIFY(f.rooms.find(idOf(number))->config().events.isEmpty());
        }
    }
};

DIALOGUE_TEST(TestIdleRoom, QCoreApplication)
#include "tst_idleroom.moc"
