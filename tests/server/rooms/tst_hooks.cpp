#include "roomsfixture.h"
#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

#include <stdexcept>
#include <utility>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

class TestHooks : public QObject
{
    Q_OBJECT

    static QString code(const QJsonObject &ack) { return ack[u"error"_s].toObject()[u"code"_s].toString(); }

private Q_SLOTS:
    void authenticateDecidesWhoAClientIs()
    {
        RoomsFixture f({}, {.authenticate = [](const ConnectRequest &request) -> Result<Identity> {
                           if (request.auth[u"userId"_s] != u"ann"_s)
                               return Error{ErrorCode::Unauthorized, u"I do not know you"_s};
                           return Identity{.userId = u"user-1"_s,
                                           .meta = {{u"role"_s, u"admin"_s}},
                                           .claims = {{u"sub"_s, u"user-1"_s}}};
                       }});
        const SocketId ann = f.connectAs(u"ann"_s);
        QCOMPARE(f.client(ann)->userId(), u"user-1"_s);
        QVERIFY(f.client(ann)->isVerified());
        // Nothing of what the client says itself.
        QCOMPARE(f.client(ann)->meta(), (QJsonObject{{u"role"_s, u"admin"_s}}));
        QCOMPARE(f.client(ann)->claims(), (QJsonObject{{u"sub"_s, u"user-1"_s}}));
        QCOMPARE(f.client(ann)->handshakeAuth(), (QJsonObject{{u"userId"_s, u"ann"_s}}));
        const SocketId bob = f.connectAs(u"bob"_s);
        QVERIFY(!f.client(bob));
        QCOMPARE(f.gateway.refused.value(bob).first, u"I do not know you"_s);
        QCOMPARE(f.gateway.refused.value(bob).second[u"code"_s].toString(), u"UNAUTHORIZED"_s);
        f.hub.socketDisconnected(bob, DisconnectReason::TransportClosed);
    }

    void claimsAreOnlyWhatWasVerified()
    {
        RoomsFixture f(
            {}, {.authenticate = [](const ConnectRequest &) -> Result<Identity> {
                return Identity{.userId = u"guest"_s, .claims = {{u"role"_s, u"admin"_s}}, .verified = false};
            }});
        const SocketId guest = f.connectAs(u"ann"_s);
        QVERIFY(!f.client(guest)->isVerified());
        QCOMPARE(f.client(guest)->claims(), QJsonObject());
    }

    void beforeJoinGuardsBothPathsIn()
    {
        RoomsFixture f({.rooms = {chatRoom()}},
                       {.beforeJoin = [](ConnectedClient &client, const Room &) -> Result<void> {
                           if (client.userId() == u"bob")
                               return Error{ErrorCode::JoinDenied, u"Not you, Bob"_s};
                           return {};
                       }});
        const SocketId bob = f.connectAs(u"bob"_s);
        QCOMPARE(code(f.ask(bob, names::join, QJsonObject{{u"roomId"_s, u"chat"_s}})), u"JOIN_DENIED"_s);
        QVERIFY(!f.client(bob)->join(u"chat"_s).result());
        const SocketId ann = f.connectAs(u"ann"_s);
        QVERIFY(f.client(ann)->join(u"chat"_s).result());
        f.take(ann);
    }

    void beforeEachChangesOrStopsAnEvent()
    {
        RoomsFixture f(
            {.rooms = {chatRoom()}},
            {.beforeEach = [](EventMessage &message, const Room &, ConnectedClient *sender) -> Result<void> {
                if (sender && message.data[u"text"_s] == u"spam"_s)
                    return Error{ErrorCode::EventBlocked, u"No spam"_s};
                message.meta[u"seen"_s] = true;
                return {};
            }});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const auto say = [&](const QString &text) {
            return f.ask(ann, names::trigger,
                         QJsonObject{{u"roomId"_s, u"chat"_s},
                                     {u"event"_s, u"message"_s},
                                     {u"data"_s, textData(text)}});
        };
        QCOMPARE(code(say(u"spam"_s)), u"EVENT_BLOCKED"_s);
        f.take(ann);
        QVERIFY(say(u"hello"_s)[u"ok"_s].toBool());
        QVERIFY(f.take(ann)[0].payload[u"meta"_s][u"seen"_s].toBool());
        QVERIFY(f.rooms.find(u"chat"_s)->trigger(u"message"_s, textData(u"spam"_s)).result());
    }

    void evictedEventsAreHandedOutOldestFirst()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        Room *const room = f.rooms.find(u"chat"_s);
        QStringList evicted;
        connect(room, &Room::eventsEvicted, room,
                [&](const QString &event, const QList<EventMessage> &events) {
                    QCOMPARE(event, u"message"_s);
                    for (const EventMessage &message : events)
                        evicted.append(message.data[u"text"_s].toString());
                });
        for (const auto &text : {u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s})
            QVERIFY(room->trigger(u"message"_s, textData(text)).result());
        QCOMPARE(evicted, (QStringList{u"1"_s, u"2"_s}));
    }

    void onLoadIsAskedForWhatMemoryDoesNotHoldAndItsAnswerStandsBehind_data()
    {
        QTest::addColumn<int>("start");
        QTest::addColumn<int>("end");
        QTest::addColumn<QList<int>>("asked"); // start, end, before
        QTest::addColumn<QList<int>>("got");
        // Five events, of which the newest three, 5, 4, 3, are in memory.
        QTest::newRow("what memory holds") << 0 << 3 << QList<int>{} << QList<int>{5, 4, 3};
        QTest::newRow("part of it") << 1 << 2 << QList<int>{} << QList<int>{4};
        QTest::newRow("nothing") << 4 << 4 << QList<int>{} << QList<int>{};
        QTest::newRow("both") << 0 << 5 << QList<int>{3, 5, 3} << QList<int>{5, 4, 3, 2, 1};
        QTest::newRow("both, and no more than is there")
            << 2 << 50 << QList<int>{3, 50, 3} << QList<int>{3, 2, 1};
        QTest::newRow("both, and no more than is asked for")
            << 1 << 4 << QList<int>{3, 4, 3} << QList<int>{4, 3, 2};
        QTest::newRow("older alone") << 4 << 5 << QList<int>{4, 5, 3} << QList<int>{1};
    }
    void onLoadIsAskedForWhatMemoryDoesNotHoldAndItsAnswerStandsBehind()
    {
        QFETCH(int, start);
        QFETCH(int, end);
        QList<int> asked;
        QList<EventMessage> archive;
        RoomsFixture f({.rooms = {chatRoom()}},
                       {.onLoad = [&](const Room &, const QString &event,
                                      HistoryRange range) -> Result<QList<EventMessage>> {
                           if (event != u"message")
                               return Error{ErrorCode::InvalidRequest, u"not asked for"_s};
                           asked = {range.start, range.end, int(range.before)};
                           return archive.mid(range.start); // As many as there are.
                       }});
        Room *const room = f.rooms.find(u"chat"_s);
        connect(room, &Room::eventTriggered, this,
                [&](const EventMessage &message) { archive.prepend(message); });
        for (int i = 1; i <= 5; ++i)
            QVERIFY(room->trigger(u"message"_s, textData(QString::number(i))).result());
        const auto page = room->history(u"message"_s, {start, end}).result();
        QVERIFY(page);
        QList<int> got;
        for (const EventMessage &message : *page)
            got.append(int(message.offset));
        QTEST(got, "got");
        QTEST(asked, "asked");
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        f.ask(ann, names::getHistory,
              QJsonObject{{u"roomId"_s, u"chat"_s},
                          {u"eventName"_s, u"message"_s},
                          {u"start"_s, start},
                          {u"end"_s, end}});
        const QJsonArray events = f.take(ann).first().payload[u"events"_s].toArray();
        QList<int> sent;
        for (const auto &message : events)
            sent.append(message[u"offset"_s].toInt());
        QTEST(sent, "got");
    }

    void whatOnLoadKnowsOfMemorysPartIsNotThereTwice()
    {
        RoomsFixture f(
            {.rooms = {chatRoom()}},
            {.onLoad = [](const Room &, const QString &event, HistoryRange) -> Result<QList<EventMessage>> {
                QList<EventMessage> all; // It does not look at the range.
                for (const quint64 offset : {4, 3, 2, 1})
                    all.append(
                        {.event = event, .roomId = u"chat"_s, .data = {}, .from = {}, .offset = offset});
                return all;
            }});
        Room *const room = f.rooms.find(u"chat"_s);
        for (int i = 1; i <= 4; ++i)
            QVERIFY(room->trigger(u"message"_s, textData(QString::number(i))).result());
        const auto page = room->history(u"message"_s, {0, 9}).result();
        QVERIFY(page);
        QList<int> got;
        for (const EventMessage &message : *page)
            got.append(int(message.offset));
        QCOMPARE(got, (QList<int>{4, 3, 2, 1}));
    }

    void anErrorOfOnLoadIsTheAnswer()
    {
        RoomsFixture f(
            {.rooms = {chatRoom()}},
            {.onLoad = [](const Room &, const QString &, HistoryRange) -> Result<QList<EventMessage>> {
                return Error{ErrorCode::IoError, u"the archive is away"_s};
            }});
        Room *const room = f.rooms.find(u"chat"_s);
        QVERIFY(room->trigger(u"message"_s, textData(u"1"_s)).result());
        QCOMPARE(room->history(u"message"_s, {0, 9}).result().error().message, u"the archive is away"_s);
        QVERIFY(room->history(u"message"_s, {0, 1}).result());
    }

    void beforeEachSeesWhenItWasAndCannotChangeIt()
    {
        QList<qint64> seen;
        RoomsFixture f(
            {.rooms = {chatRoom()}},
            {.beforeEach = [&](EventMessage &message, const Room &, ConnectedClient *) -> Result<void> {
                seen.append(std::exchange(message.timestamp, 1));
                return {};
            }});
        const auto triggered = f.rooms.find(u"chat"_s)->trigger(u"message"_s, textData(u"hi"_s)).result();
        QVERIFY(triggered);
        QVERIFY(triggered->timestamp > 1);
        QCOMPARE(seen, QList<qint64>{triggered->timestamp});
    }

    void aRoomThatIsDeletedHandsOutWhatItKept()
    {
        RoomConfig config = chatRoom();
        config.events[0].history.limit = 200;
        config.events.append(defineEvent("note", {}, {.enabled = true, .limit = 2}));
        config.events.append(defineEvent("passing"));
        RoomsFixture f({.rooms = {config}});
        f.joined(u"ann"_s, u"chat"_s);
        Room *const room = f.rooms.find(u"chat"_s);
        for (int i = 1; i <= 150; ++i)
            QVERIFY(room->trigger(u"message"_s, textData(QString::number(i))).result());
        for (const int i : {1, 2, 3})
            QVERIFY(room->trigger(u"note"_s, i).result());
        QVERIFY(room->trigger(u"passing"_s, 1).result());
        QStringList messages;
        QList<int> notes;
        bool deleted = false;
        connect(room, &Room::eventsEvicted, room,
                [&](const QString &event, const QList<EventMessage> &events) {
                    QVERIFY(!deleted);
                    for (const EventMessage &message : events) {
                        QCOMPARE(message.event, event);
                        QCOMPARE(message.roomId, u"chat"_s);
                        if (event == u"message")
                            messages.append(message.data[u"text"_s].toString());
                        else
                            notes.append(message.data.toInt());
                    }
                });
        connect(&f.rooms, &RoomManager::roomDeleted, this, [&] { deleted = true; });
        QVERIFY(f.rooms.remove(u"chat"_s));
        QVERIFY(f.rooms.create(chatRoom())); // At the latest before there is another of that id.
        QVERIFY(deleted);
        QCOMPARE(messages.size(), 150);
        QCOMPARE(messages.first(), u"1"_s);
        QCOMPARE(messages.last(), u"150"_s);
        QCOMPARE(notes, (QList<int>{2, 3}));
    }

    void aRoomThatBeforeJoinDeletesIsNotJoined()
    {
        RoomManager *rooms = nullptr;
        RoomsFixture f({.rooms = {chatRoom()}},
                       {.beforeJoin = [&](ConnectedClient &, const Room &) -> Result<void> {
                           return rooms->remove(u"chat"_s);
                       }});
        rooms = &f.rooms;
        const SocketId ann = f.connectAs(u"ann"_s);
        QCOMPARE(code(f.ask(ann, names::join, QJsonObject{{u"roomId"_s, u"chat"_s}})), u"ROOM_NOT_FOUND"_s);
        QVERIFY(f.client(ann)->rooms().isEmpty());
    }

    void whoHearsOfADisconnectMayAskWhereTheClientWas()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QStringList told;
        connect(&f.hub, &Hub::clientDisconnected, this, [&](ConnectedClient *client, const QString &) {
            QCOMPARE(client->rooms(), QStringList{u"chat"_s});
            QCOMPARE(client->subscriptions(u"chat"_s), QStringList{u"message"_s});
            QCOMPARE(f.clients.ofUser(u"ann"_s), QList<ConnectedClient *>{client});
            QVERIFY(f.rooms.find(u"chat"_s)->contains(client));
            client->send(u"nobody hears this"_s);
            QCOMPARE(client->join(u"chat"_s).result().error().code, ErrorCode::JoinDenied);
            f.hub.socketDisconnected(ann, DisconnectReason::PingTimeout); // Tells nobody twice.
            told.append(u"disconnected"_s);
        });
        connect(&f.rooms, &RoomManager::clientLeft, this, [&] { told.append(u"left"_s); });
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        QCOMPARE(told, (QStringList{u"disconnected"_s, u"left"_s}));
        QCOMPARE(f.clients.count(), 0);
        QVERIFY(f.take(ann).isEmpty());
    }

    void whatAHookThrowsEndsItsRequestAlone()
    {
        bool throws = true;
        const auto deny = [&] {
            if (throws)
                throw std::runtime_error("secret");
        };
        RoomsFixture f(
            {.rooms = {chatRoom()}},
            {.authenticate = [&](const ConnectRequest &request) -> Result<Identity> {
                 deny();
                 return Identity{.userId = request.auth[u"userId"_s].toString()};
             },
             .beforeJoin = [&](ConnectedClient &, const Room &) -> Result<void> {
                 deny();
                 return {};
             },
             .beforeEach = [&](EventMessage &, const Room &, ConnectedClient *) -> Result<void> {
                 deny();
                 return {};
             },
             .onLoad = [&](const Room &, const QString &, HistoryRange) -> Result<QList<EventMessage>> {
                 deny();
                 return QList<EventMessage>();
             }});
        const auto logged = [](const char *hook) {
            QTest::ignoreMessage(
                QtCriticalMsg,
                qPrintable(u"Exceptions that left hooks: 1 - the last in Hooks::%1 - \"secret\""_s.arg(
                    QLatin1String(hook))));
        };
        logged("authenticate");
        const SocketId nobody = f.connectAs(u"nobody"_s);
        QVERIFY(!f.client(nobody));
        QCOMPARE(f.gateway.refused.value(nobody).second[u"code"_s].toString(), u"UNAUTHORIZED"_s);
        QVERIFY(!f.gateway.refused.value(nobody).first.contains(u"secret"_s));
        throws = false;
        const SocketId ann = f.connectAs(u"ann"_s);
        const QJsonObject chat{{u"roomId"_s, u"chat"_s}};
        throws = true;
        logged("beforeJoin");
        const QJsonObject denied = f.ask(ann, names::join, chat);
        QCOMPARE(code(denied), u"JOIN_DENIED"_s);
        QVERIFY(!denied[u"error"_s][u"message"_s].toString().contains(u"secret"_s));
        throws = false;
        QVERIFY(f.ask(ann, names::join, chat)[u"ok"_s].toBool());
        throws = true;
        logged("beforeEach");
        QCOMPARE(code(f.ask(ann, names::trigger, trigger(u"message"_s, textData(u"hi"_s)))),
                 u"EVENT_BLOCKED"_s);
        logged("onLoad");
        QCOMPARE(code(f.ask(ann, names::getHistory,
                            QJsonObject{{u"roomId"_s, u"chat"_s}, {u"eventName"_s, u"message"_s}})),
                 u"IO_ERROR"_s);
        throws = false;
        QVERIFY(f.ask(ann, names::trigger, trigger(u"message"_s, textData(u"hi"_s)))[u"ok"_s].toBool());
        QCOMPARE(f.rooms.find(u"chat"_s)->offset(), 1U);
        QVERIFY(!f.calls.isInside());
    }

    void whatASlotThrowsEndsItsRequestAlone()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        Room *const room = f.rooms.find(u"chat"_s);
        const auto slot = connect(room, &Room::eventTriggered, this, [] { throw std::runtime_error("no"); });
        QTest::ignoreMessage(QtCriticalMsg,
                             "Exceptions that left slots: 1 - the last in dialogue:trigger - \"no\"");
        QCOMPARE(code(f.ask(ann, names::trigger, trigger(u"message"_s, textData(u"hi"_s)))), u"IO_ERROR"_s);
        disconnect(slot);
        QVERIFY(f.ask(ann, names::trigger, trigger(u"message"_s, textData(u"hi"_s)))[u"ok"_s].toBool());
        QVERIFY(!f.calls.isInside());
    }

    void whatASlotThrowsKeepsNobodyInItsRoom()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        connect(&f.hub, &Hub::clientDisconnected, this, [] { throw std::runtime_error("no"); });
        connect(&f.rooms, &RoomManager::clientLeft, this, [] { throw std::runtime_error("no"); });
        QTest::ignoreMessage(QtCriticalMsg,
                             "Exceptions that left slots: 1 - the last in clientDisconnected - \"no\"");
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        QVERIFY(!f.client(ann));
        QCOMPARE(f.rooms.find(u"chat"_s)->size(), 0);
        QCOMPARE(f.rooms.slicedWork().pending, 0);
    }

    void aHookMayDisconnectWhoeverItIsAskedAbout()
    {
        RoomsFixture *fixture = nullptr;
        SocketId socket = 0;
        RoomsFixture f({.rooms = {chatRoom()}},
                       {.beforeJoin = [&](ConnectedClient &, const Room &) -> Result<void> {
                           fixture->hub.socketDisconnected(socket, DisconnectReason::ServerDisconnect);
                           return {};
                       }});
        fixture = &f;
        socket = f.connectAs(u"ann"_s);
        f.ask(socket, names::join, QJsonObject{{u"roomId"_s, u"chat"_s}});
        QCOMPARE(f.rooms.find(u"chat"_s)->size(), 0);
        QCOMPARE(f.clients.count(), 0);
    }

    void drainingRefusesNewClientsAndTellsTheOthers()
    {
        RoomsFixture f;
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        f.hub.drain();
        QCOMPARE(f.take(ann)[0].payload[u"code"_s].toString(), u"SERVER_DRAINING"_s);
        const SocketId bob = f.connectAs(u"bob"_s);
        QVERIFY(!f.client(bob));
    }
};

DIALOGUE_TEST(TestHooks, QCoreApplication)
#include "tst_hooks.moc"
