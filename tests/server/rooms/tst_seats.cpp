#include "roomsfixture.h"
#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** Seats in full rooms that dead connections of their own users keep. */
class TestSeats : public QObject
{
    Q_OBJECT

    static ServerConfig config(int seats = 1)
    {
        RoomConfig room = chatRoom();
        room.maxSize = seats;
        ServerConfig config{.rooms = {room, {.id = u"other"_s, .name = u"Other"_s, .maxSize = 1}}};
        config.limits.seatTimeout = std::chrono::milliseconds(20);
        return config;
    }
    /** Everybody is who he says he is. */
    static Hooks vouched(bool verified = true)
    {
        return {.authenticate = [verified](const ConnectRequest &request) -> Result<Identity> {
            return Identity{.userId = request.auth[u"userId"_s].toString(), .verified = verified};
        }};
    }
    static QJsonObject room(const QString &id = u"chat"_s) { return {{u"roomId"_s, id}}; }
    static QJsonObject back(RoomsFixture &f)
    {
        QJsonObject request = room();
        const QByteArray epoch = f.rooms.find(u"chat"_s)->epoch();
        request.insert(u"since"_s, QJsonObject{{u"epoch"_s, QString::fromLatin1(epoch)}, {u"offset"_s, 0}});
        return request;
    }
    static SeatCounters counters(RoomsFixture &f) { return f.hub.seatCounters(); }
    static QString code(const QJsonObject &ack) { return ack[u"error"_s][u"code"_s].toString(); }
    /** The ack that came, if one did. */
    static QJsonObject acked(RoomsFixture &f, SocketId socket)
    {
        for (const Received &received : f.peek(socket)) {
            if (received.name == u"ack"_s)
                return received.payload.toObject();
        }
        return {};
    }

private Q_SLOTS:
    void aSilentConnectionOfTheSameUserGivesUpItsSeat()
    {
        RoomsFixture f(config(), vouched());
        const SocketId dead = f.joined(u"ann"_s, u"chat"_s);
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        QVERIFY(f.ask(ann, names::join, room()).isEmpty()); // It waits.
        QCOMPARE(f.gateway.asked, QList<SocketId>{dead});
        QCOMPARE(counters(f).waiting, 1);
        QCOMPARE(counters(f).asked, 1);

        // Nobody else does.
        const SocketId bob = f.connectAs(u"bob"_s);
        f.take(bob);
        QCOMPARE(code(f.ask(bob, names::join, room())), u"ROOM_FULL"_s);
        QVERIFY(f.ask(bob, names::join, room(u"other"_s))[u"ok"_s].toBool());

        QTRY_VERIFY(!acked(f, ann).isEmpty());
        QVERIFY(acked(f, ann)[u"ok"_s].toBool());
        QCOMPARE(f.rooms.find(u"chat"_s)->participants(), QList<ConnectedClient *>{f.client(ann)});
        QCOMPARE(f.takeNames(dead), QStringList{u"dialogue:left"_s}); // Should it live after all.
        QVERIFY(f.client(dead));
        QVERIFY(!f.gateway.disconnected.contains(dead));
        QCOMPARE(counters(f).givenUp, 1);
        QCOMPARE(counters(f).waiting, 0);
    }

    void oneThatLivesKeepsIt()
    {
        RoomsFixture f(config(), vouched());
        const SocketId tab = f.joined(u"ann"_s, u"chat"_s);
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        QVERIFY(f.ask(ann, names::join, room()).isEmpty());
        f.hub.socketHeard(tab);
        QTRY_COMPARE(code(acked(f, ann)), u"ROOM_FULL"_s);
        QVERIFY(f.rooms.find(u"chat"_s)->contains(f.client(tab)));
        QCOMPARE(counters(f).givenUp, 0);
        f.hub.socketHeard(tab); // Of what nobody asked.
        f.hub.socketHeard(4711);
        // And it may ask again.
        f.take(ann);
        QVERIFY(f.ask(ann, names::join, room()).isEmpty());
        QCOMPARE(counters(f).asked, 2);
    }

    void onlyAsManyAsAreNeededAndOfThoseTheSilent()
    {
        RoomsFixture f(config(3), vouched());
        const SocketId alive = f.joined(u"ann"_s, u"chat"_s);
        const SocketId dead = f.joined(u"ann"_s, u"chat"_s);
        const SocketId alsoDead = f.joined(u"ann"_s, u"chat"_s);
        const SocketId ann = f.connectAs(u"ann"_s);
        QVERIFY(f.ask(ann, names::join, room()).value(u"ok"_s).isUndefined());
        QCOMPARE(f.gateway.asked, (QList<SocketId>{alive, dead, alsoDead}));
        f.hub.socketHeard(alive);
        QTRY_VERIFY(acked(f, ann)[u"ok"_s].toBool());
        QCOMPARE(f.rooms.find(u"chat"_s)->participants(),
                 (QList<ConnectedClient *>{f.client(alive), f.client(alsoDead), f.client(ann)}));
    }

    void whoHasNoOtherConnectionInItDoesNotWait_data()
    {
        QTest::addColumn<bool>("verified");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("since"); // "no", "here", "elsewhere"
        QTest::addColumn<bool>("waits");
        QTest::newRow("the user") << true << u"ann"_s << u"no"_s << true;
        QTest::newRow("another user") << true << u"bob"_s << u"here"_s << false;
        QTest::newRow("who claims to be the user") << false << u"ann"_s << u"no"_s << false;
        QTest::newRow("who claims it, and comes back") << false << u"ann"_s << u"here"_s << true;
        QTest::newRow("who claims it, and was never here") << false << u"ann"_s << u"elsewhere"_s << false;
        QTest::newRow("who claims to be another") << false << u"bob"_s << u"here"_s << false;
    }
    void whoHasNoOtherConnectionInItDoesNotWait()
    {
        QFETCH(bool, verified);
        QFETCH(QString, user);
        QFETCH(QString, since);
        QFETCH(bool, waits);
        RoomsFixture f(config(), vouched(verified));
        f.joined(u"ann"_s, u"chat"_s);
        const SocketId joiner = f.connectAs(user);
        f.take(joiner);
        QJsonObject request = since == u"no" ? room() : back(f);
        if (since == u"elsewhere")
            request.insert(u"since"_s, QJsonObject{{u"epoch"_s, u"guessed"_s}, {u"offset"_s, 0}});
        const QJsonObject ack = f.ask(joiner, names::join, request);
        QCOMPARE(counters(f).waiting, waits ? 1 : 0);
        QCOMPARE(code(ack), waits ? QString() : u"ROOM_FULL"_s);
        QCOMPARE(f.gateway.asked.size(), waits ? 1 : 0);
    }

    void aGuestByTheNameOfAVerifiedUserIsAnotherUser()
    {
        RoomsFixture f(config(), {.authenticate = [](const ConnectRequest &request) -> Result<Identity> {
                           return Identity{.userId = u"ann"_s,
                                           .verified = !request.auth[u"userId"_s].toString().isEmpty()};
                       }});
        f.joined(u"ann"_s, u"chat"_s);
        const SocketId guest = f.connectAs({});
        QVERIFY(!f.client(guest)->isVerified());
        f.take(guest);
        QCOMPARE(code(f.ask(guest, names::join, back(f))), u"ROOM_FULL"_s);
    }

    void aSeatThatIsFreedMeanwhileIsTakenAtOnce()
    {
        ServerConfig slow = config();
        slow.limits.seatTimeout = std::chrono::hours(1);
        RoomsFixture f(slow, vouched());
        const SocketId dead = f.joined(u"ann"_s, u"chat"_s);
        const SocketId ann = f.connectAs(u"ann"_s);
        QVERIFY(f.ask(ann, names::join, room()).value(u"ok"_s).isUndefined());
        f.hub.socketDisconnected(dead, DisconnectReason::PingTimeout);
        QTRY_VERIFY(acked(f, ann)[u"ok"_s].toBool());
        QCOMPARE(counters(f).givenUp, 0);
    }

    void whoGoesWhileItWaitsTakesNobodysSeat()
    {
        RoomsFixture f(config(), vouched());
        const SocketId dead = f.joined(u"ann"_s, u"chat"_s);
        const SocketId ann = f.connectAs(u"ann"_s);
        f.ask(ann, names::join, room());
        QVERIFY(!f.hub.order().isIdle());
        QSignalSpy idle(&f.hub.order(), &RequestOrder::idle);
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        QCOMPARE(idle.size(), 1);
        QTRY_COMPARE(counters(f).waiting, 0);
        QVERIFY(f.rooms.find(u"chat"_s)->contains(f.client(dead)));
        QCOMPARE(counters(f).givenUp, 0);
    }

    void aRoomThatIsDeletedMeanwhileIsSaidToBeGone()
    {
        RoomsFixture f(config(), vouched());
        f.joined(u"ann"_s, u"chat"_s);
        const SocketId ann = f.connectAs(u"ann"_s);
        f.ask(ann, names::join, room());
        QVERIFY(f.rooms.remove(u"chat"_s));
        QTRY_COMPARE(code(acked(f, ann)), u"ROOM_NOT_FOUND"_s);
    }

    void aServerThatStopsMeanwhileSaysSo()
    {
        ServerConfig patient = config();
        patient.limits.seatTimeout = std::chrono::minutes(10);
        RoomsFixture f(patient, vouched());
        const SocketId dead = f.joined(u"ann"_s, u"chat"_s);
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        QVERIFY(f.ask(ann, names::join, room()).isEmpty());
        f.hub.drain();
        QVERIFY(acked(f, ann).isEmpty()); // What was asked before is waited for.
        f.hub.close();
        QCOMPARE(code(acked(f, ann)), u"SERVER_DRAINING"_s);
        QVERIFY(f.rooms.find(u"chat"_s)->contains(f.client(dead)));
        QCOMPARE(counters(f).waiting, 0);
        QVERIFY(f.hub.order().isIdle());
    }

    void whatItAsksOfThatRoomMeanwhileWaitsBehindIt()
    {
        RoomsFixture f(config(), vouched());
        f.joined(u"ann"_s, u"chat"_s);
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        QVERIFY(f.ask(ann, names::join, room()).isEmpty());
        QVERIFY(f.ask(ann, names::join, room()).isEmpty());
        QCOMPARE(f.hub.orderCounters().waiting, 1);
        QCOMPARE(f.gateway.kept, 2);
        QCOMPARE(f.gateway.asked.size(), 1);
        QVERIFY(f.ask(ann, names::join, room(u"other"_s))[u"ok"_s].toBool()); // Another room passes.
        f.take(ann);
        QTRY_COMPARE(f.gateway.kept, 0);
        QCOMPARE(f.takeNames(ann),
                 (QStringList{u"dialogue:joined"_s, u"ack"_s, u"dialogue:joined"_s, u"ack"_s}));
        QVERIFY(f.rooms.find(u"chat"_s)->contains(f.client(ann)));
    }

    void whatWaitsCountsAsItsUsersMemory()
    {
        RoomsFixture f(config(), vouched());
        f.joined(u"ann"_s, u"chat"_s);
        const SocketId ann = f.connectAs(u"ann"_s);
        const qint64 before = f.memory.counters().used;
        f.ask(ann, names::join, room());
        QVERIFY(f.memory.counters().used > before);
        QTRY_COMPARE(counters(f).waiting, 0);
        QTRY_VERIFY(acked(f, ann)[u"ok"_s].toBool());

        ServerConfig little = config();
        little.memory.perUser = 1000;
        RoomsFixture poor(little, vouched());
        poor.joined(u"ann"_s, u"chat"_s);
        const SocketId again = poor.connectAs(u"ann"_s);
        poor.take(again);
        QJsonObject request = room();
        request.insert(u"subscriptions"_s, QJsonArray{QString(200, u'x')});
        QVERIFY(code(poor.ask(again, names::join, request)) != QString());
        QCOMPARE(counters(poor).waiting, 0);
    }

    void nobodyAsksMoreThanABoundedNumber()
    {
        RoomsFixture f(config(100), vouched());
        QList<SocketId> tabs;
        for (int i = 0; i < 100; ++i)
            tabs.append(f.joined(u"ann"_s, u"chat"_s));
        const SocketId ann = f.connectAs(u"ann"_s);
        f.ask(ann, names::join, room());
        QCOMPARE(f.gateway.asked, tabs.first(32));
    }
};

DIALOGUE_TEST(TestSeats, QCoreApplication)
#include "tst_seats.moc"
