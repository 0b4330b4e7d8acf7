#include "roomsfixture.h"
#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace names = dialogue::protocol::names;

/** When rooms that clients created come to their end. */
class TestRoomLifetimes : public QObject
{
    Q_OBJECT

    static ServerConfig config(RoomLifetime lifetime)
    {
        ServerConfig config{.rooms = {chatRoom()}};
        config.roomCreation.create = {Permission::Anyone};
        config.roomCreation.lifetime = lifetime;
        config.roomCreation.grace = 100ms;
        return config;
    }
    static void create(RoomsFixture &f, SocketId socket, const QString &id)
    {
        QVERIFY(
            f.ask(socket, names::createRoom, QJsonObject{{u"id"_s, id}, {u"name"_s, id}})[u"ok"_s].toBool());
    }
    /** Until what is created and due now has had its time. */
    static void waitForAnotherToEnd(RoomsFixture &f, SocketId creator)
    {
        create(f, creator, u"another"_s);
        QTRY_VERIFY(!f.rooms.find(u"another"_s));
    }

private Q_SLOTS:
    void endWhenEmptyForAWhile()
    {
        RoomsFixture f(config(RoomLifetime::Empty));
        const SocketId ann = f.connectAs(u"ann"_s);
        create(f, ann, u"entered"_s);
        create(f, ann, u"left"_s);
        create(f, ann, u"never entered"_s);
        for (const QString &id : {u"entered"_s, u"left"_s})
            QVERIFY(f.client(ann)->join(id).result());
        QVERIFY(f.client(ann)->leave(u"left"_s));
        f.take(ann);
        QSignalSpy deleted(&f.rooms, &RoomManager::roomDeleted);
        QTRY_COMPARE(deleted.size(), 2);
        QVERIFY(!f.rooms.find(u"left"_s));
        QVERIFY(!f.rooms.find(u"never entered"_s));
        QCOMPARE(f.takeNames(ann), (QStringList{u"dialogue:roomDeleted"_s, u"dialogue:roomDeleted"_s}));
        waitForAnotherToEnd(f, ann);
        QVERIFY(f.rooms.find(u"entered"_s)); // Somebody is in it.
        QVERIFY(f.rooms.find(u"chat"_s)); // It was declared.

        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        QTRY_VERIFY(!f.rooms.find(u"entered"_s));
    }

    void whoComesBackBeginsTheWaitAnew()
    {
        RoomsFixture f(config(RoomLifetime::Empty));
        const SocketId ann = f.connectAs(u"ann"_s);
        create(f, ann, u"later"_s);
        create(f, ann, u"sooner"_s);
        QVERIFY(f.client(ann)->join(u"later"_s).result());
        QVERIFY(f.client(ann)->leave(u"later"_s));
        QSignalSpy deleted(&f.rooms, &RoomManager::roomDeleted);
        QTRY_COMPARE(deleted.size(), 2);
        QCOMPARE(deleted[0][0].toString(), u"sooner"_s);
    }

    void endWithTheirCreator()
    {
        RoomsFixture f(config(RoomLifetime::Creator));
        const SocketId ann = f.connectAs(u"ann"_s);
        const SocketId tab = f.connectAs(u"ann"_s);
        const SocketId bob = f.connectAs(u"bob"_s);
        create(f, ann, u"of ann"_s);
        QVERIFY(f.client(bob)->join(u"of ann"_s).result());
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        // One connection is left. (What ends after a grace of its own comes after that of ann's.)
        create(f, bob, u"of bob"_s);
        f.hub.socketDisconnected(bob, DisconnectReason::TransportClosed);
        QTRY_VERIFY(!f.rooms.find(u"of bob"_s));
        QVERIFY(f.rooms.find(u"of ann"_s));

        const SocketId carl = f.joined(u"carl"_s, u"of ann"_s);
        f.hub.socketDisconnected(tab, DisconnectReason::TransportClosed);
        QVERIFY(f.rooms.find(u"of ann"_s));
        QTRY_VERIFY(!f.rooms.find(u"of ann"_s));
        QCOMPARE(f.takeNames(carl), QStringList{u"dialogue:roomDeleted"_s});
        QVERIFY(f.client(carl)->rooms().isEmpty());
    }

    void staysWithACreatorWhoComesBackInTime()
    {
        RoomsFixture f(config(RoomLifetime::Creator));
        const SocketId ann = f.connectAs(u"ann"_s);
        const SocketId bob = f.connectAs(u"bob"_s);
        create(f, ann, u"of ann"_s);
        create(f, bob, u"of bob"_s);
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        const SocketId back = f.connectAs(u"ann"_s);
        f.hub.socketDisconnected(bob, DisconnectReason::TransportClosed);
        QTRY_VERIFY(!f.rooms.find(u"of bob"_s)); // Due after ann's.
        QVERIFY(f.rooms.find(u"of ann"_s));
        f.hub.socketDisconnected(back, DisconnectReason::TransportClosed);
        QTRY_VERIFY(!f.rooms.find(u"of ann"_s));
    }

    void stayForeverWhereTheyMay()
    {
        RoomsFixture f(config(RoomLifetime::Forever));
        const SocketId ann = f.connectAs(u"ann"_s);
        create(f, ann, u"room"_s);
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        QTest::qWait(250); // Nothing comes that could be waited for.
        QVERIFY(f.rooms.find(u"room"_s));
    }

    void manyEndInSeveralTurns()
    {
        ServerConfig many = config(RoomLifetime::Empty);
        many.roomCreation.maxPerUser = 100;
        many.rateLimit.requests.createRoom = {100, 1min};
        RoomsFixture f(many);
        const SocketId ann = f.connectAs(u"ann"_s);
        for (int i = 0; i < 50; ++i)
            create(f, ann, QString::number(i));
        QTRY_COMPARE(f.rooms.rooms().size(), 1);
    }

    void areKeptWithTheMemoryOfTheirCreator()
    {
        ServerConfig config = TestRoomLifetimes::config(RoomLifetime::Forever);
        config.roomCreation.maxPerUser = 1000;
        config.memory.perUser = 16'384;
        RoomsFixture f(config);
        SocketId ann = f.connectAs(u"ann"_s);
        const auto wish = [](const QString &id) {
            return QJsonObject{{u"id"_s, id}, {u"name"_s, id}, {u"description"_s, QString(1000, u'd')}};
        };
        int made = 0;
        while (f.ask(ann, names::createRoom, wish(QString::number(made)))[u"ok"_s].toBool())
            ++made;
        QCOMPARE(made, 6); // 2,500 bytes each.
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed); // They stay, and are counted.
        ann = f.connectAs(u"ann"_s);
        const QJsonObject refused = f.ask(ann, names::createRoom, wish(u"more"_s));
        QCOMPARE(refused[u"error"_s][u"code"_s].toString(), u"LIMIT_REACHED"_s);
        QVERIFY(refused[u"error"_s][u"message"_s].toString().contains(u"memory.perUser"));
        QVERIFY(f.ask(ann, names::deleteRoom, QJsonObject{{u"roomId"_s, u"0"_s}})[u"ok"_s].toBool());
        QVERIFY(f.ask(ann, names::createRoom, wish(u"more"_s))[u"ok"_s].toBool());
    }
};

DIALOGUE_TEST(TestRoomLifetimes, QCoreApplication)
#include "tst_roomlifetimes.moc"
