#include "roomsfixture.h"
#include "testclasses.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

class TestJoining : public QObject
{
    Q_OBJECT

    static QJsonObject room(const QString &id) { return {{u"roomId"_s, id}}; }
    static QString code(const QJsonObject &ack) { return ack[u"error"_s].toObject()[u"code"_s].toString(); }

private Q_SLOTS:
    void saysHelloBeforeAnythingElse()
    {
        RoomsFixture f;
        const SocketId socket = f.connectAs(u"ann"_s);
        const auto received = f.take(socket);
        QCOMPARE(received.size(), 1);
        QCOMPARE(received[0].name, u"dialogue:connected"_s);
        QCOMPARE(received[0].payload[u"userId"_s].toString(), u"ann"_s);
        QCOMPARE(received[0].payload[u"clientId"_s].toString().toLatin1(), f.gateway.accepted.value(socket));
    }

    void takesTheSocketsIdForWhoGivesNoName()
    {
        RoomsFixture f;
        ConnectRequest request;
        f.hub.socketConnecting(77, std::move(request));
        QCOMPARE(f.client(77)->userId(), f.client(77)->id());
        QVERIFY(!f.client(77)->isVerified());
    }

    void refusesNamesThatNobodyBears_data()
    {
        QTest::addColumn<bool>("vouchedFor");
        QTest::newRow("its own word") << false;
        QTest::newRow("vouched for") << true;
    }
    void refusesNamesThatNobodyBears()
    {
        QFETCH(bool, vouchedFor);
        Hooks hooks;
        if (vouchedFor) {
            hooks.authenticate = [](const ConnectRequest &request) -> Result<Identity> {
                return Identity{.userId = request.auth[u"userId"_s].toString()};
            };
        }
        RoomsFixture f({}, hooks);
        for (const QString &name : {u"system"_s, u" SYSTEM"_s, u"ann\u200b"_s, u"\u202eann"_s}) {
            const SocketId socket = f.connectAs(name);
            QVERIFY2(!f.client(socket), qPrintable(name));
            QCOMPARE(f.gateway.refused.value(socket).second[u"code"_s].toString(), u"UNAUTHORIZED"_s);
        }
        QVERIFY(f.client(f.connectAs(u"ann"_s)));
    }

    void givesNobodyTheIdOfWhoHasNoName()
    {
        RoomsFixture f;
        f.hub.socketConnecting(77, {});
        const QString nameless = f.client(77)->userId();
        const SocketId early = f.connectAs(nameless);
        QVERIFY(!f.client(early));
        QCOMPARE(f.gateway.refused.value(early).second[u"code"_s].toString(), u"UNAUTHORIZED"_s);
        f.hub.socketDisconnected(77, DisconnectReason::ClientDisconnect);
        QVERIFY(!f.client(f.connectAs(nameless))); // Rooms and events of it are still there.
        QVERIFY(f.client(f.connectAs(u"AAAAAAAAAAAAAAAAAAAA"_s))); // As long, and nobody's.
    }

    void tellsPlaceInTheLogAtJoin()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId socket = f.connectAs(u"ann"_s);
        f.take(socket);
        const QJsonObject ack = f.ask(socket, names::join, room(u"chat"_s));
        const auto received = f.take(socket);
        QCOMPARE(received.size(), 2);
        QCOMPARE(received[0].name, u"dialogue:joined"_s);
        QCOMPARE(received[0].payload[u"roomName"_s].toString(), u"Chat"_s);
        QVERIFY(!received[0].payload[u"epoch"_s].toString().isEmpty());
        QCOMPARE(received[0].payload[u"offset"_s].toInt(-1), 0);
        QVERIFY(!received[0].payload.toObject().contains(u"recovered"_s));
        QVERIFY(ack[u"ok"_s].toBool());
        QCOMPARE(ack[u"epoch"_s], received[0].payload[u"epoch"_s]);
    }

    void joiningTwiceAnswersAgainAndCountsOnce()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId socket = f.joined(u"ann"_s, u"chat"_s);
        QVERIFY(f.ask(socket, names::join, room(u"chat"_s))[u"ok"_s].toBool());
        QCOMPARE(f.rooms.find(u"chat"_s)->size(), 1);
    }

    void refusesARoomThatIsNot()
    {
        RoomsFixture f;
        const SocketId socket = f.connectAs(u"ann"_s);
        f.take(socket);
        QCOMPARE(code(f.ask(socket, names::join, room(u"nowhere"_s))), u"ROOM_NOT_FOUND"_s);
        const auto received = f.take(socket);
        QCOMPARE(received[0].name, u"dialogue:error"_s);
        QCOMPARE(received[0].payload[u"roomId"_s].toString(), u"nowhere"_s);
    }

    void isBoundedExactly()
    {
        RoomConfig config = chatRoom();
        config.maxSize = 2;
        RoomsFixture f({.rooms = {config}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        f.joined(u"bob"_s, u"chat"_s);
        QVERIFY(f.rooms.find(u"chat"_s)->isFull());
        const SocketId cleo = f.connectAs(u"cleo"_s);
        QCOMPARE(code(f.ask(cleo, names::join, room(u"chat"_s))), u"ROOM_FULL"_s);
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        QVERIFY(f.ask(cleo, names::join, room(u"chat"_s))[u"ok"_s].toBool());
        QCOMPARE(f.rooms.find(u"chat"_s)->size(), 2);
    }

    void givesTheLastPlaceOnceThoughTheHookLetsOthersIn()
    {
        RoomConfig config = chatRoom();
        config.maxSize = 1;
        RoomsFixture *fixture = nullptr;
        SocketId intruder = 0;
        bool inside = false;
        RoomsFixture f({.rooms = {config}},
                       {.beforeJoin = [&](ConnectedClient &, const Room &) -> Result<void> {
                           if (!std::exchange(inside, true))
                               (void)fixture->client(intruder)->join(u"chat"_s);
                           return {};
                       }});
        fixture = &f;
        intruder = f.connectAs(u"intruder"_s);
        const SocketId ann = f.connectAs(u"ann"_s);
        QCOMPARE(code(f.ask(ann, names::join, room(u"chat"_s))), u"ROOM_FULL"_s);
        QCOMPARE(f.rooms.find(u"chat"_s)->size(), 1);
    }

    void boundsTheRoomsOfOneClient()
    {
        ServerConfig config{.rooms = {chatRoom()}};
        RoomConfig other = chatRoom();
        other.id = u"other"_s;
        config.rooms.append(other);
        config.limits.roomsPerClient = 1;
        RoomsFixture f(config);
        const SocketId socket = f.joined(u"ann"_s, u"chat"_s);
        QCOMPARE(code(f.ask(socket, names::join, room(u"other"_s))), u"LIMIT_REACHED"_s);
        QVERIFY(f.ask(socket, names::leave, room(u"chat"_s))[u"ok"_s].toBool());
        QVERIFY(f.ask(socket, names::join, room(u"other"_s))[u"ok"_s].toBool());
    }

    void leavesWithAnAnswerAndWithoutASubscription()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId socket = f.joined(u"ann"_s, u"chat"_s);
        f.ask(socket, names::leave, room(u"chat"_s));
        QCOMPARE(f.takeNames(socket), (QStringList{u"dialogue:left"_s, u"ack"_s}));
        QVERIFY(f.rooms.find(u"chat"_s)->trigger(u"message"_s, textData(u"hi"_s)).result());
        QVERIFY(f.take(socket).isEmpty());
        QCOMPARE(code(f.ask(socket, names::leave, room(u"chat"_s))), u"NOT_IN_ROOM"_s);
    }

    void forgetsALeaverEverywhere()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId socket = f.joined(u"ann"_s, u"chat"_s);
        QSignalSpy left(&f.rooms, &RoomManager::clientLeft);
        QSignalSpy gone(&f.hub, &Hub::clientDisconnected);
        f.hub.socketDisconnected(socket, DisconnectReason::PingTimeout);
        QCOMPARE(left.size(), 1);
        QCOMPARE(gone.size(), 1);
        QCOMPARE(gone[0][1].toString(), u"ping timeout"_s);
        QCOMPARE(f.rooms.find(u"chat"_s)->size(), 0);
        QCOMPARE(f.clients.count(), 0);
        QVERIFY(f.clients.ofUser(u"ann"_s).isEmpty());
        QCOMPARE(f.gateway.topics.size(), 1); // only the one for everyone
    }

    void deletingARoomEmptiesItAndTellsEveryone()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.connectAs(u"bob"_s);
        f.take(bob);
        QPointer<Room> room = f.rooms.find(u"chat"_s);
        QVERIFY(f.rooms.remove(u"chat"_s));
        QCOMPARE(f.takeNames(ann), QStringList{u"dialogue:roomDeleted"_s});
        QCOMPARE(f.takeNames(bob), QStringList{u"dialogue:roomDeleted"_s});
        QVERIFY(f.client(ann)->rooms().isEmpty());
        QVERIFY(!room->trigger(u"message"_s, textData(u"late"_s)).result());
        QTRY_VERIFY(!room);
    }

    void aHandlerMayDeleteTheRoomItIsTold()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        Room *const room = f.rooms.find(u"chat"_s);
        int later = 0;
        room->on(u"message"_s, &f.hub, [&](const EventMessage &) { QVERIFY(f.rooms.remove(u"chat"_s)); });
        room->on(u"message"_s, &f.hub, [&](const EventMessage &) { ++later; });
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QVERIFY(f.rooms.find(u"chat"_s)->trigger(u"message"_s, textData(u"hi"_s)).result());
        QCOMPARE(f.takeNames(ann), (QStringList{u"dialogue:event"_s, u"dialogue:roomDeleted"_s}));
        QCOMPARE(later, 0);
    }
};

DIALOGUE_TEST(TestJoining, QCoreApplication)
#include "tst_joining.moc"
