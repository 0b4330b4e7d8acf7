#include "roomsfixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

class TestRequests : public QObject
{
    Q_OBJECT

    static QString code(const QJsonObject &ack) { return ack[u"error"_s].toObject()[u"code"_s].toString(); }
    static QJsonObject newRoom(const QString &id) { return {{u"id"_s, id}, {u"name"_s, u"Room "_s + id}}; }
    static QJsonObject history(int start, int end, const QString &event = u"message"_s)
    {
        return {{u"roomId"_s, u"chat"_s}, {u"eventName"_s, event}, {u"start"_s, start}, {u"end"_s, end}};
    }
    static ServerConfig opened(Permission create = Permission::Anyone)
    {
        ServerConfig config{.rooms = {chatRoom()}};
        config.roomCreation.create = {create};
        return config;
    }
    static void say(RoomsFixture &f, int count)
    {
        for (int i = 1; i <= count; ++i)
            QVERIFY(f.rooms.find(u"chat"_s)->trigger(u"message"_s, textData(QString::number(i))).result());
    }

private Q_SLOTS:
    void listsRoomsWithTheirSizes()
    {
        RoomsFixture f(opened());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        f.ask(ann, names::listRooms);
        const auto received = f.take(ann);
        QCOMPARE(received[0].name, u"dialogue:rooms"_s);
        const QJsonObject room = received[0].payload.toArray()[0].toObject();
        QCOMPARE(room[u"id"_s].toString(), u"chat"_s);
        QCOMPARE(room[u"size"_s].toInt(), 1);
        QVERIFY(!room.contains(u"maxSize"_s));
    }

    void pagesHistoryNewestFirst()
    {
        RoomsFixture f(opened());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        say(f, 5); // three are kept
        f.take(ann);
        f.ask(ann, names::getHistory, history(0, 2));
        const auto received = f.take(ann);
        QCOMPARE(received[0].name, u"dialogue:historyResponse"_s);
        const QJsonArray events = received[0].payload[u"events"_s].toArray();
        QCOMPARE(events.size(), 2);
        QCOMPARE(events[0][u"data"_s][u"text"_s].toString(), u"5"_s);
        QCOMPARE(events[1][u"data"_s][u"text"_s].toString(), u"4"_s);
        QCOMPARE(received[0].payload[u"eventName"_s].toString(), u"message"_s);

        f.ask(ann, names::getHistory, history(2, 9));
        QCOMPARE(f.take(ann)[0].payload[u"events"_s].toArray().size(), 1);
    }

    void refusesHistoryToStrangersAndTheImpatient()
    {
        ServerConfig config = opened();
        config.history.requestsPerMinute = 2;
        RoomsFixture f(config);
        const SocketId stranger = f.connectAs(u"stranger"_s);
        QCOMPARE(code(f.ask(stranger, names::getHistory, history(0, 2))), u"NOT_IN_ROOM"_s);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QVERIFY(f.ask(ann, names::getHistory, history(0, 2))[u"ok"_s].toBool());
        QVERIFY(f.ask(ann, names::getHistory, history(0, 2))[u"ok"_s].toBool());
        const QJsonObject third = f.ask(ann, names::getHistory, history(0, 2));
        QCOMPARE(code(third), u"RATE_LIMITED"_s);
        QVERIFY(third[u"error"_s][u"retryAfter"_s].toInt() > 0);
    }

    void boundsAPageOfHistory()
    {
        ServerConfig config = opened();
        config.history.maxPage = 1;
        RoomsFixture f(config);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        say(f, 3);
        f.take(ann);
        f.ask(ann, names::getHistory, history(0, 2000000000));
        QCOMPARE(f.take(ann)[0].payload[u"events"_s].toArray().size(), 1);
    }

    void sendsNoMoreHistoryThanASendQueueTakes()
    {
        ServerConfig config = opened();
        config.rooms[0].syncHistoryOnJoin = -1;
        config.rooms[0].events = {defineEvent(u"message"_s, {}, {.enabled = true, .limit = 50})};
        config.limits.sendQueue = 40000; // a page may take a quarter of it
        RoomsFixture f(config);
        for (int i = 0; i < 30; ++i)
            QVERIFY(f.rooms.find(u"chat"_s)->trigger(u"message"_s, textData(QString(1000, u'x'))).result());
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        f.ask(ann, names::join, QJsonObject{{u"roomId"_s, u"chat"_s}});
        QCOMPARE(f.take(ann)[1].payload[u"events"_s].toArray().size(), 9);
        f.ask(ann, names::getHistory, history(10, 30));
        const Received page = f.take(ann)[0];
        QCOMPARE(page.payload[u"events"_s].toArray().size(), 9);
        QCOMPARE(page.payload[u"end"_s].toInt(), 19); // where the next page begins
    }

    void boundsTheAttachmentsOfAPage()
    {
        ServerConfig config = opened();
        config.rooms = {{.id = u"chat"_s,
                         .name = u"Chat"_s,
                         .events = {defineEvent(u"image"_s, {}, {.enabled = true, .limit = 50})},
                         .syncHistoryOnJoin = -1}};
        config.engine.maxAttachments = 4;
        RoomsFixture f(config);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        for (int i = 0; i < 6; ++i) {
            f.ask(ann, names::trigger,
                  QJsonObject{{u"roomId"_s, u"chat"_s},
                              {u"event"_s, u"image"_s},
                              {u"data"_s, socketio::placeholder(0)}},
                  {"x"});
        }
        const SocketId bob = f.connectAs(u"bob"_s);
        f.take(bob);
        f.ask(bob, names::join, QJsonObject{{u"roomId"_s, u"chat"_s}});
        QCOMPARE(f.take(bob)[1].attachments.size(), 4);
    }

    void replaysTheLogToWhoIsInTheRoomOnlySoOften()
    {
        ServerConfig config = opened();
        config.history.requestsPerMinute = 2;
        RoomsFixture f(config);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const QJsonObject again{{u"roomId"_s, u"chat"_s},
                                {u"since"_s, QJsonObject{{u"epoch"_s, u"x"_s}, {u"offset"_s, 0}}}};
        QVERIFY(f.ask(ann, names::join, again)[u"ok"_s].toBool());
        QVERIFY(f.ask(ann, names::join, again)[u"ok"_s].toBool());
        QCOMPARE(code(f.ask(ann, names::join, again)), u"RATE_LIMITED"_s);
        QVERIFY(f.ask(ann, names::join, QJsonObject{{u"roomId"_s, u"chat"_s}})[u"ok"_s].toBool());
    }

    void sendsHistoryAtJoinWhereTheRoomSyncs()
    {
        ServerConfig config = opened();
        config.rooms[0].syncHistoryOnJoin = 2;
        RoomsFixture f(config);
        say(f, 3);
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        f.ask(ann, names::join, QJsonObject{{u"roomId"_s, u"chat"_s}});
        const auto received = f.take(ann);
        QCOMPARE(received[1].name, u"dialogue:history"_s);
        const QJsonArray events = received[1].payload[u"events"_s].toArray();
        QCOMPARE(events.size(), 2);
        QCOMPARE(events[0][u"data"_s][u"text"_s].toString(), u"3"_s);
    }

    void createsARoomAndTellsEveryone()
    {
        RoomsFixture f(opened());
        const SocketId ann = f.connectAs(u"ann"_s);
        const SocketId bob = f.connectAs(u"bob"_s);
        f.take(bob);
        QVERIFY(f.ask(ann, names::createRoom, newRoom(u"mine"_s))[u"ok"_s].toBool());
        const auto received = f.take(bob);
        QCOMPARE(received[0].name, u"dialogue:roomCreated"_s);
        QCOMPARE(received[0].payload[u"createdById"_s].toString(), u"ann"_s);
        QVERIFY(f.rooms.find(u"mine"_s)->config().isOpen());
        QCOMPARE(code(f.ask(bob, names::createRoom, newRoom(u"mine"_s))), u"ROOM_EXISTS"_s);
    }

    void refusesToCreateRooms_data()
    {
        QTest::addColumn<Permission>("permission");
        QTest::addColumn<QJsonObject>("payload");
        QTest::addColumn<QString>("code");
        QTest::newRow("closed by default") << Permission::Nobody << newRoom(u"a"_s) << u"PERMISSION_DENIED"_s;
        QTest::newRow("not verified")
            << Permission::Authenticated << newRoom(u"a"_s) << u"PERMISSION_DENIED"_s;
        QTest::newRow("without a name")
            << Permission::Anyone << QJsonObject{{u"id"_s, u"a"_s}} << u"INVALID_REQUEST"_s;
        QJsonObject huge = newRoom(u"a"_s);
        huge[u"maxSize"_s] = 1000000;
        QTest::newRow("too large") << Permission::Anyone << huge << u"LIMIT_REACHED"_s;
        QTest::newRow("long id") << Permission::Anyone << newRoom(QString(500, u'x')) << u"INVALID_REQUEST"_s;
        QJsonObject talkative = newRoom(u"a"_s);
        talkative[u"name"_s] = QString(500, u'x');
        QTest::newRow("long name") << Permission::Anyone << talkative << u"INVALID_REQUEST"_s;
    }
    void refusesToCreateRooms()
    {
        QFETCH(Permission, permission);
        QFETCH(QJsonObject, payload);
        RoomsFixture f(opened(permission));
        const SocketId ann = f.connectAs(u"ann"_s);
        QTEST(code(f.ask(ann, names::createRoom, payload)), "code");
        QCOMPARE(f.rooms.rooms().size(), 1);
    }

    void boundsRoomsPerUserAndInAll()
    {
        ServerConfig config = opened();
        config.roomCreation.maxPerUser = 1;
        config.roomCreation.maxTotal = 3;
        RoomsFixture f(config);
        const SocketId ann = f.connectAs(u"ann"_s);
        const SocketId bob = f.connectAs(u"bob"_s);
        const SocketId cleo = f.connectAs(u"cleo"_s);
        QVERIFY(f.ask(ann, names::createRoom, newRoom(u"a"_s))[u"ok"_s].toBool());
        QCOMPARE(code(f.ask(ann, names::createRoom, newRoom(u"b"_s))), u"LIMIT_REACHED"_s);
        QVERIFY(f.ask(bob, names::createRoom, newRoom(u"b"_s))[u"ok"_s].toBool());
        QCOMPARE(code(f.ask(cleo, names::createRoom, newRoom(u"c"_s))), u"LIMIT_REACHED"_s);
    }

    void deletesARoomForItsOwnerAlone()
    {
        RoomsFixture f(opened());
        const SocketId ann = f.connectAs(u"ann"_s);
        const SocketId bob = f.connectAs(u"bob"_s);
        f.ask(ann, names::createRoom, newRoom(u"mine"_s));
        const auto room = [](const QString &id) { return QJsonObject{{u"roomId"_s, id}}; };
        QCOMPARE(code(f.ask(bob, names::deleteRoom, room(u"mine"_s))), u"PERMISSION_DENIED"_s);
        QCOMPARE(code(f.ask(ann, names::deleteRoom, room(u"chat"_s))), u"PERMISSION_DENIED"_s);
        QVERIFY(f.rooms.update({.id = u"mine"_s, .name = u"Renamed"_s})); // It is hers still.
        QVERIFY(f.ask(ann, names::deleteRoom, room(u"mine"_s))[u"ok"_s].toBool());
        QCOMPARE(code(f.ask(ann, names::deleteRoom, room(u"mine"_s))), u"ROOM_NOT_FOUND"_s);
    }

    void boundsSubscriptionsInAnOpenRoom()
    {
        ServerConfig config = opened();
        config.rooms = {{.id = u"open"_s, .name = u"Open"_s}};
        config.limits.subscriptionsPerRoom = 2;
        RoomsFixture f(config);
        const SocketId ann = f.joined(u"ann"_s, u"open"_s);
        const auto subscribe = [&](const QString &name) {
            return f.ask(ann, names::subscribe,
                         QJsonObject{{u"roomId"_s, u"open"_s}, {u"eventName"_s, name}});
        };
        QVERIFY(subscribe(u"a"_s)[u"ok"_s].toBool());
        QVERIFY(subscribe(u"b"_s)[u"ok"_s].toBool());
        QCOMPARE(code(subscribe(u"c"_s)), u"LIMIT_REACHED"_s);
        QVERIFY(subscribe(u"b"_s)[u"ok"_s].toBool()); // It has that one.
        QVERIFY(subscribe(u"*"_s)[u"ok"_s].toBool()); // As the error says to do.
        QCOMPARE(code(subscribe(QString(1000, u'x'))), u"INVALID_REQUEST"_s);
    }

    void refusesToSubscribeToWhatTheRoomDoesNotCarry()
    {
        RoomsFixture f(opened());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QCOMPARE(code(f.ask(ann, names::subscribe,
                            QJsonObject{{u"roomId"_s, u"chat"_s}, {u"eventName"_s, u"dance"_s}})),
                 u"EVENT_NOT_ALLOWED"_s);
    }

    void anErrorNamesTheRoomUnlessItIsTheNameOfNone()
    {
        RoomsFixture f(opened());
        const SocketId ann = f.connectAs(u"ann"_s);
        const auto told = [&](const QString &roomId) {
            f.take(ann);
            f.ask(ann, names::join, QJsonObject{{u"roomId"_s, roomId}});
            return f.take(ann).constFirst().payload.toObject();
        };
        const QString longest(1024, u'r');
        QCOMPARE(told(longest)[u"roomId"_s].toString(), longest);
        const QJsonObject tooLong = told(longest + u'r');
        QCOMPARE(tooLong[u"code"_s].toString(), u"INVALID_REQUEST"_s);
        QVERIFY(!tooLong.contains(u"roomId"_s));
        QVERIFY(!tooLong[u"message"_s].toString().contains(longest));
    }

    void anErrorNamesTheRoomAsItWasWritten_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("roomId");
        QTest::newRow("behind data") << QByteArray(R"({"data":{"roomId":"x"},"roomId":"nowhere"})")
                                     << u"nowhere"_s;
        QTest::newRow("twice") << QByteArray(R"({"roomId":"x","roomId":"nowhere"})") << u"nowhere"_s;
        QTest::newRow("escaped") << QByteArray(R"({"room\u0049d":"nowh\u0065re"})") << u"nowhere"_s;
        QTest::newRow("no string") << QByteArray(R"({"roomId":["nowhere"]})") << QString();
        QTest::newRow("no object") << QByteArray(R"("nowhere")") << QString();
        QTest::newRow("before data of which no tree could be made")
            << R"({"roomId":"nowhere","event":"e","data":)" + QByteArray(3000, '[') + QByteArray(3000, ']')
                + '}'
            << u"nowhere"_s;
    }
    void anErrorNamesTheRoomAsItWasWritten()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QString, roomId);
        RoomsFixture f(opened());
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        f.hub.socketEvent(ann,
                          {.name = names::trigger,
                           .args = JsonData::fromText('[' + payload + ']'),
                           .attachments = {},
                           .ackId = {}});
        const QJsonObject told = f.take(ann).constFirst().payload.toObject();
        QVERIFY(!told[u"code"_s].toString().isEmpty());
        QCOMPARE(told[u"roomId"_s].toString(), roomId);
    }

    void answersWithoutAnAckOnlyWhatTheSdkWaitsFor()
    {
        RoomsFixture f(opened());
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        f.hub.socketEvent(ann,
                          {.name = names::join,
                           .args = QJsonArray{QJsonObject{{u"roomId"_s, u"chat"_s}}},
                           .attachments = {},
                           .ackId = {}});
        QCOMPARE(f.takeNames(ann), QStringList{u"dialogue:joined"_s});
    }
};

DIALOGUE_TEST(TestRequests, QCoreApplication)
#include "tst_requests.moc"
