#include "server/socketio/packetframes.h"

#include "roomsfixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** What all in a room are told under a name of its own, beside the room's events. */
class TestBroadcast : public QObject
{
    Q_OBJECT

    static ServerConfig twoRooms()
    {
        ServerConfig config;
        config.rooms = {chatRoom(), {.id = u"other"_s, .name = u"Other"_s}};
        return config;
    }
    static Room &chat(RoomsFixture &f) { return *f.rooms.find(u"chat"_s); }
    static QStringList notices(RoomsFixture &f, SocketId socket)
    {
        QStringList all;
        for (const Received &each : f.take(socket)) {
            if (each.name == u"notice"_s)
                all.append(each.payload.toString());
        }
        return all;
    }

private Q_SLOTS:
    void reachesAllInTheRoomWhateverTheyAreSubscribedTo()
    {
        RoomsFixture f(twoRooms());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        const SocketId eve = f.joined(u"eve"_s, u"other"_s);
        QVERIFY(f.client(bob)->unsubscribe(u"chat"_s, u"*"_s));
        QVERIFY(f.client(bob)->unsubscribe(u"chat"_s, u"message"_s));
        chat(f).broadcast(u"notice"_s, u"to all"_s);
        QCOMPARE(f.gateway.sent.value(ann), f.gateway.sent.value(bob)); // Encoded once.
        QCOMPARE(notices(f, ann), QStringList{u"to all"_s});
        QCOMPARE(notices(f, bob), QStringList{u"to all"_s});
        QVERIFY(f.take(eve).isEmpty());
        QCOMPARE(chat(f).offset(), quint64(0));
        QVERIFY(chat(f).history().result()->isEmpty());
    }

    void whoComesLaterHearsOfWhatIsSaidThen()
    {
        RoomsFixture f(twoRooms());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        chat(f).broadcast(u"notice"_s, u"first"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        chat(f).broadcast(u"notice"_s, u"second"_s);
        QVERIFY(f.client(ann)->leave(u"chat"_s));
        chat(f).broadcast(u"notice"_s, u"third"_s);
        QCOMPARE(notices(f, ann), (QStringList{u"first"_s, u"second"_s}));
        QCOMPARE(notices(f, bob), (QStringList{u"second"_s, u"third"_s}));
    }

    void sparesClientsAndAllConnectionsOfUsers()
    {
        RoomsFixture f(twoRooms());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId annAgain = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        chat(f).broadcast(u"notice"_s, u"but ann"_s, {.except = {f.client(ann), nullptr}});
        chat(f).broadcast(u"notice"_s, u"but anns"_s, {.exceptUsers = {u"ann"_s}});
        QVERIFY(notices(f, ann).isEmpty());
        QCOMPARE(notices(f, annAgain), QStringList{u"but ann"_s});
        QCOMPARE(notices(f, bob), (QStringList{u"but ann"_s, u"but anns"_s}));
    }

    void aVolatileOneSaysSo()
    {
        RoomsFixture f(twoRooms());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        chat(f).broadcast(u"notice"_s, u"now or never"_s, {.isVolatile = true});
        chat(f).broadcast(u"notice"_s, {}, {});
        const QList<FramePtr> sent = f.gateway.sent.value(ann);
        QCOMPARE(sent.size(), 2);
        QVERIFY(sent[0]->isVolatile);
        QVERIFY(!sent[1]->isVolatile);
    }

    void anEmptyRoomForgetsItsAudience()
    {
        RoomsFixture f(twoRooms());
        const auto before = f.gateway.topics.size();
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        chat(f).broadcast(u"notice"_s, u"to all"_s);
        QVERIFY(f.client(ann)->leave(u"chat"_s));
        chat(f).broadcast(u"notice"_s, u"to nobody"_s);
        QCOMPARE(f.gateway.topics.size(), before);
    }

    void aDeletedRoomTellsNobody()
    {
        RoomsFixture f(twoRooms());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        Room &room = chat(f);
        QObject::connect(&f.rooms, &RoomManager::roomDeleted, &f.rooms,
                         [&] { room.broadcast(u"notice"_s, u"too late"_s); });
        QVERIFY(f.rooms.remove(u"chat"_s));
        QVERIFY(notices(f, ann).isEmpty());
    }

    void everybodyMayBeToldButSome()
    {
        RoomsFixture f(twoRooms());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        const SocketId eve = f.joined(u"eve"_s, u"other"_s);
        const FramePtr frame = eventFrame("/", u"notice"_s, u"hi"_s, false);
        f.clients.broadcast(frame, {.except = {f.client(ann)}, .exceptUsers = {u"eve"_s}});
        QVERIFY(notices(f, ann).isEmpty());
        QCOMPARE(notices(f, bob), QStringList{u"hi"_s});
        QVERIFY(notices(f, eve).isEmpty());
    }
};

DIALOGUE_TEST(TestBroadcast, QCoreApplication)
#include "tst_broadcast.moc"
