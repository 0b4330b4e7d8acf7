#include "roomsfixture.h"
#include "testclasses.h"

#include <QCoreApplication>
#include <QPointer>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** Rooms and clients that go while much depends on them: a bounded piece in each turn, and all of it in
 * order. */
class TestDepartures : public QObject
{
    Q_OBJECT

    static constexpr int Many = 2000;
    static constexpr int MostAtOnce = SlicedWork::StepsPerSlice + 1; ///< One piece of "*" alone is two steps.

    static ServerConfig oneRoom()
    {
        ServerConfig config{.rooms = {{.id = u"big"_s, .name = u"Big"_s, .defaultSubscriptions = {u"*"_s}}}};
        config.limits.roomsPerClient = Many;
        config.roomCreation.maxTotal = Many;
        return config;
    }
    static QList<SocketId> fill(RoomsFixture &f)
    {
        QList<SocketId> sockets;
        for (int i = 0; i < Many; ++i)
            sockets.append(f.joined(QString::number(i), u"big"_s));
        return sockets;
    }
    static void finish(RoomsFixture &f)
    {
        for (int i = 0; i < 1000 && f.rooms.slicedWork().pending > 0; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(f.rooms.slicedWork().pending, 0);
    }
    static QString code(const QJsonObject &ack) { return ack[u"error"_s].toObject()[u"code"_s].toString(); }

private Q_SLOTS:
    void aRoomIsGoneForEverybodyAtOnce()
    {
        RoomsFixture f(oneRoom());
        const QList<SocketId> sockets = fill(f);
        Room *const room = f.rooms.find(u"big"_s);
        QVERIFY(f.rooms.remove(u"big"_s));
        QVERIFY(f.rooms.slicedWork().pending > 0);
        QVERIFY(!f.rooms.find(u"big"_s));
        QVERIFY(!room->trigger(u"e"_s, 1).result());
        for (const SocketId socket : {sockets.first(), sockets.last()}) {
            QCOMPARE(f.takeNames(socket), QStringList{u"dialogue:roomDeleted"_s});
            QCOMPARE(code(f.ask(socket, names::trigger, trigger(u"e"_s, 1, u"big"_s))), u"ROOM_NOT_FOUND"_s);
            QCOMPARE(code(f.ask(socket, names::leave, QJsonObject{{u"roomId"_s, u"big"_s}})),
                     u"ROOM_NOT_FOUND"_s);
            QVERIFY(!room->contains(f.client(socket)));
            QCOMPARE(f.client(socket)->rooms(), QStringList());
            QCOMPARE(f.client(socket)->subscriptions(u"big"_s), QStringList());
        }
        finish(f);
        const SlicedWorkCounters work = f.rooms.slicedWork();
        QVERIFY(work.steps >= 2 * Many);
        QVERIFY(work.steps < 2 * Many + Many / 10); // Whether they wait for what they missed is looked at.
        QVERIFY2(work.longestSlice <= MostAtOnce, qPrintable(QString::number(work.longestSlice)));
    }

    void everybodyLeavesItInOrderAndThenItIsDeleted()
    {
        RoomsFixture f(oneRoom());
        fill(f);
        const QPointer<Room> room(f.rooms.find(u"big"_s));
        QStringList told;
        int size = room->size();
        bool sizesInOrder = true;
        connect(room, &Room::sizeChanged, this,
                [&](int now) { sizesInOrder = sizesInOrder && now == --size; });
        connect(room, &Room::participantLeft, this,
                [&](ConnectedClient *client) { told.append(u"room "_s + client->userId()); });
        connect(&f.rooms, &RoomManager::clientLeft, this, [&](ConnectedClient *client, Room *left) {
            told.append(left->id() + u' ' + client->userId());
        });
        connect(&f.rooms, &RoomManager::roomDeleted, this,
                [&](const QString &id) { told.append(u"deleted "_s + id); });
        QVERIFY(f.rooms.remove(u"big"_s));
        finish(f);
        QCOMPARE(told.size(), 2 * Many + 1);
        for (int i = 0; i < Many; ++i) {
            const QString user = QString::number(Many - 1 - i); // Who came last leaves first.
            QCOMPARE(told.at(2 * i), u"room "_s + user);
            QCOMPARE(told.at(2 * i + 1), u"big "_s + user);
        }
        QCOMPARE(told.constLast(), u"deleted big"_s);
        QVERIFY(sizesInOrder);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!room);
    }

    void aRoomOfFewIsDoneWithAtOnce()
    {
        RoomsFixture f(oneRoom());
        f.joined(u"ann"_s, u"big"_s);
        bool deleted = false;
        connect(&f.rooms, &RoomManager::roomDeleted, this, [&] { deleted = true; });
        QVERIFY(f.rooms.remove(u"big"_s));
        QVERIFY(deleted);
    }

    void itsIdIsFreeAtOnce()
    {
        RoomsFixture f(oneRoom());
        const QList<SocketId> sockets = fill(f);
        QStringList told;
        connect(&f.rooms, &RoomManager::roomDeleted, this,
                [&](const QString &) { told.append(u"deleted"_s); });
        connect(&f.rooms, &RoomManager::roomCreated, this, [&](Room *) { told.append(u"created"_s); });
        QVERIFY(f.rooms.remove(u"big"_s));
        QVERIFY(f.rooms.create({.id = u"big"_s, .name = u"Another"_s}));
        QCOMPARE(told, (QStringList{u"deleted"_s, u"created"_s}));
        // Who is still to leave the old one may be in the new one.
        QVERIFY(f.client(sockets.first())->join(u"big"_s).result());
        finish(f);
        QCOMPARE(told.size(), 2);
        Room *const another = f.rooms.find(u"big"_s);
        QCOMPARE(another->participants(), QList<ConnectedClient *>{f.client(sockets.first())});
        QCOMPARE(f.client(sockets.first())->rooms(), QStringList{u"big"_s});
        // And it is deleted in its turn.
        QVERIFY(f.rooms.remove(u"big"_s));
        finish(f);
        QCOMPARE(told.size(), 3);
    }

    void aPlaceInARoomThatIsGoneIsNoneOfThoseAClientMayHave()
    {
        ServerConfig config = oneRoom();
        config.limits.roomsPerClient = 1;
        config.rooms.append({.id = u"other"_s, .name = u"Other"_s});
        RoomsFixture f(config);
        const QList<SocketId> sockets = fill(f);
        QVERIFY(!f.client(sockets.first())->join(u"other"_s).result());
        QVERIFY(f.rooms.remove(u"big"_s));
        QVERIFY(f.rooms.slicedWork().pending > 0);
        QVERIFY(f.client(sockets.first())->join(u"other"_s).result());
    }

    void aClientOfManyRoomsLeavesThemPieceByPiece()
    {
        ServerConfig config;
        config.limits.roomsPerClient = Many;
        config.limits.subscriptionsPerRoom = 3;
        for (int i = 0; i < Many; ++i)
            config.rooms.append(
                {.id = QString::number(i), .name = u"R"_s, .defaultSubscriptions = {u"a"_s, u"b"_s, u"c"_s}});
        RoomsFixture f(config);
        const SocketId ann = f.connectAs(u"ann"_s);
        for (int i = 0; i < Many; ++i)
            QVERIFY(f.client(ann)->join(QString::number(i)).result());
        QStringList left;
        connect(&f.rooms, &RoomManager::clientLeft, this,
                [&](ConnectedClient *, Room *room) { left.append(room->id()); });
        QString user;
        int rooms = -1;
        connect(&f.hub, &Hub::clientDisconnected, this, [&](ConnectedClient *client, const QString &) {
            user = client->userId();
            rooms = int(client->rooms().size());
        });
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        QVERIFY(!f.client(ann)); // As far as anybody can ask.
        QVERIFY(f.rooms.slicedWork().pending > 0);
        QCOMPARE(user, u"ann"_s);
        QCOMPARE(rooms, Many);
        finish(f);
        QCOMPARE(left.size(), Many);
        QCOMPARE(left.first(), QString::number(Many - 1));
        const SlicedWorkCounters work = f.rooms.slicedWork();
        QCOMPARE(work.steps, 4 * Many);
        QVERIFY2(work.longestSlice <= SlicedWork::StepsPerSlice + 3,
                 qPrintable(QString::number(work.longestSlice)));
        for (const Room *room : f.rooms.rooms())
            QCOMPARE(room->size(), 0);
    }

    void userCodeMayDeleteRoomsAndClientsMeanwhile()
    {
        ServerConfig config = oneRoom();
        for (int i = 0; i < 20; ++i)
            config.rooms.append({.id = QString::number(i), .name = u"R"_s});
        RoomsFixture f(config);
        const QList<SocketId> sockets = fill(f);
        for (int i = 0; i < Many; ++i)
            QVERIFY(f.client(sockets[i])->join(QString::number(i % 20)).result());
        int departures = 0;
        qsizetype next = 0;
        QStringList deleted;
        connect(&f.rooms, &RoomManager::clientLeft, this, [&](ConnectedClient *, Room *) {
            // Both kinds, some in the midst of a slice, some of those that are just leaving.
            const int number = ++departures;
            if (number % 50 == 0 && next < sockets.size()) {
                f.hub.socketDisconnected(sockets[sockets.size() - 1 - next], DisconnectReason::PingTimeout);
                f.hub.socketDisconnected(sockets[next++], DisconnectReason::PingTimeout);
            }
            if (number % 200 == 0)
                (void)f.rooms.remove(QString::number(number / 200));
        });
        connect(&f.rooms, &RoomManager::roomDeleted, this, [&](const QString &id) { deleted.append(id); });
        int disconnected = 0;
        connect(&f.hub, &Hub::clientDisconnected, this, [&](ConnectedClient *client, const QString &) {
            QVERIFY(f.clients.ofUser(client->userId()).contains(client));
            ++disconnected;
        });
        QVERIFY(f.rooms.remove(u"big"_s));
        finish(f);
        QVERIFY(deleted.contains(u"big"_s));
        QVERIFY(deleted.size() > 5);
        QVERIFY(disconnected > 20);
        for (const Room *room : f.rooms.rooms()) {
            for (const ConnectedClient *client : room->participants())
                QVERIFY(room->contains(client));
        }
    }

    void aServerMayEndInTheMidstOfIt()
    {
        RoomsFixture f(oneRoom());
        const QList<SocketId> sockets = fill(f);
        QVERIFY(f.rooms.remove(u"big"_s));
        f.hub.socketDisconnected(sockets.first(), DisconnectReason::TransportClosed);
        QVERIFY(f.rooms.slicedWork().pending > 0);
        // The address sanitizer sees what is left.
    }

    void oneOfManyConnectionsOfAUserGoesInItsPlace()
    {
        RoomsFixture f(oneRoom());
        QList<SocketId> sockets;
        for (int i = 0; i < 5; ++i)
            sockets.append(f.joined(u"ann"_s, u"big"_s));
        f.hub.socketDisconnected(sockets[1], DisconnectReason::TransportClosed);
        f.hub.socketDisconnected(sockets[4], DisconnectReason::TransportClosed);
        QCOMPARE(
            f.clients.ofUser(u"ann"_s),
            (QList<ConnectedClient *>{f.client(sockets[0]), f.client(sockets[2]), f.client(sockets[3])}));
        QCOMPARE(f.rooms.find(u"big"_s)->participants(), f.clients.ofUser(u"ann"_s));
        for (const int i : {0, 2, 3})
            f.hub.socketDisconnected(sockets[i], DisconnectReason::TransportClosed);
        QVERIFY(f.clients.ofUser(u"ann"_s).isEmpty());
        QCOMPARE(f.clients.count(), 0);
    }
};

DIALOGUE_TEST(TestDepartures, QCoreApplication)
#include "tst_departures.moc"
