#include "roomsfixture.h"
#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** What rooms keep, within their budget of bytes. */
class TestRoomMemory : public QObject
{
    Q_OBJECT

    static constexpr qint64 KiB = 1024;

    static RoomConfig room(const QString &id)
    {
        return {.id = id,
                .name = id,
                .events = {defineEvent(u"message"_s, {}, {.enabled = true, .limit = 100'000}),
                           defineEvent(u"news"_s, {}, {.enabled = true, .limit = 100'000})},
                .defaultSubscriptions = {u"*"_s}};
    }
    static ServerConfig config(qint64 total, qint64 perRoom)
    {
        ServerConfig config{.rooms = {room(u"a"_s), room(u"b"_s)}};
        config.memory.total = total;
        config.memory.perRoom = perRoom;
        return config;
    }
    static void say(Room &room, int count, const QString &event = u"message"_s)
    {
        for (int i = 0; i < count; ++i)
            QVERIFY(room.trigger(event, QString(KiB, u'x')).result());
    }
    static bool recovers(RoomsFixture &f, const Room &room, quint64 offset)
    {
        const SocketId back = f.connectAs(u"ann"_s);
        f.take(back);
        f.ask(back, names::join,
              QJsonObject{{u"roomId"_s, room.id()},
                          {u"since"_s,
                           QJsonObject{{u"epoch"_s, QString::fromLatin1(room.epoch())},
                                       {u"offset"_s, static_cast<qint64>(offset)}}}});
        const bool recovered = f.take(back)[0].payload[u"recovered"_s].toBool();
        f.hub.socketDisconnected(back, DisconnectReason::TransportClosed);
        return recovered;
    }

private Q_SLOTS:
    void aRoomsShareIsItsBound()
    {
        RoomsFixture f(config(1000 * KiB, 100 * KiB));
        Room &room = *f.rooms.find(u"a"_s);
        QHash<QString, QList<quint64>> evicted;
        QObject::connect(&room, &Room::eventsEvicted, &f.hub,
                         [&evicted](const QString &event, const QList<EventMessage> &events) {
                             for (const EventMessage &message : events)
                                 evicted[event].append(message.offset);
                         });
        say(room, 3, u"news"_s);
        say(room, 200);
        const qsizetype kept = room.history({}, {0, 1000}).result()->size();
        QVERIFY(kept > 50);
        QVERIFY(kept < 100);
        QVERIFY(f.memory.counters().rooms <= 100 * KiB);
        QVERIFY(f.memory.counters().rooms > 90 * KiB);
        QCOMPARE(f.memory.counters().eventsGivenUp, static_cast<quint64>(203 - kept));
        // The oldest went, whatever they were, and each was told.
        QCOMPARE(evicted[u"news"_s], (QList<quint64>{1, 2, 3}));
        QCOMPARE(evicted[u"message"_s].size(), 200 - kept);
        QCOMPARE(evicted[u"message"_s].constFirst(), 4U);
        QCOMPARE(room.history({}, {0, 1000}).result()->constLast().offset, static_cast<quint64>(204 - kept));
        // And who comes back hears that they did.
        QVERIFY(recovers(f, room, static_cast<quint64>(203 - kept)));
        QVERIFY(!recovers(f, room, static_cast<quint64>(202 - kept)));
    }

    void theLargestRoomGivesWayWhereTheServersShareIsUsedUp()
    {
        RoomsFixture f(config(200 * KiB, 1000 * KiB));
        Room &large = *f.rooms.find(u"a"_s);
        Room &small = *f.rooms.find(u"b"_s);
        QSignalSpy evicted(&large, &Room::eventsEvicted);
        QSignalSpy evictedOfSmall(&small, &Room::eventsEvicted);
        say(small, 5);
        say(large, 100);
        QCOMPARE(evicted.size(), 0);
        const qint64 before = large.history({}, {0, 1000}).result()->size();
        say(small, 40);
        QCOMPARE(small.history({}, {0, 1000}).result()->size(), 45);
        QVERIFY(evicted.size() > 0);
        QCOMPARE(evictedOfSmall.size(), 0);
        QVERIFY(large.history({}, {0, 1000}).result()->size() < before);
        QVERIFY(f.memory.counters().used <= 200 * KiB);
        QVERIFY(recovers(f, small, 0));
        QVERIFY(!recovers(f, large, 0));
    }

    void aDeletedRoomGivesAllBack()
    {
        RoomsFixture f(config(1000 * KiB, 1000 * KiB));
        say(*f.rooms.find(u"a"_s), 10);
        QVERIFY(f.memory.counters().rooms > 10 * KiB);
        QVERIFY(f.rooms.remove(u"a"_s));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(f.memory.counters().rooms, 0);
    }

    void whoIsToldMayDeleteTheRoomThatGaveWay()
    {
        RoomsFixture f(config(100 * KiB, 1000 * KiB));
        QObject::connect(f.rooms.find(u"a"_s), &Room::eventsEvicted, &f.hub, [&f] {
            if (f.rooms.find(u"a"_s))
                QVERIFY(f.rooms.remove(u"a"_s));
        });
        say(*f.rooms.find(u"a"_s), 60);
        say(*f.rooms.find(u"b"_s), 40);
        QVERIFY(!f.rooms.find(u"a"_s));
        QCOMPARE(f.rooms.find(u"b"_s)->history({}, {0, 1000}).result()->size(), 40);
    }
};

DIALOGUE_TEST(TestRoomMemory, QCoreApplication)
#include "tst_roommemory.moc"
