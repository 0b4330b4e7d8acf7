#include "roomsfixture.h"
#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

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
                           return Identity{.userId = u"user-1"_s, .meta = {{u"role"_s, u"admin"_s}}};
                       }});
        const SocketId ann = f.connectAs(u"ann"_s);
        QCOMPARE(f.client(ann)->userId(), u"user-1"_s);
        QVERIFY(f.client(ann)->isVerified());
        QCOMPARE(f.client(ann)->meta()[u"role"_s].toString(), u"admin"_s);
        const SocketId bob = f.connectAs(u"bob"_s);
        QVERIFY(!f.client(bob));
        QCOMPARE(f.gateway.refused.value(bob).first, u"I do not know you"_s);
        QCOMPARE(f.gateway.refused.value(bob).second[u"code"_s].toString(), u"UNAUTHORIZED"_s);
        f.hub.socketDisconnected(bob, DisconnectReason::TransportClosed);
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
        QVERIFY(!f.client(bob)->join(u"chat"_s));
        const SocketId ann = f.connectAs(u"ann"_s);
        QVERIFY(f.client(ann)->join(u"chat"_s));
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
        QVERIFY(f.rooms.find(u"chat"_s)->trigger(u"message"_s, textData(u"spam"_s)));
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
            QVERIFY(room->trigger(u"message"_s, textData(text)));
        QCOMPARE(evicted, (QStringList{u"1"_s, u"2"_s}));
    }

    void onLoadAnswersWhatMemoryNoLongerHolds()
    {
        int asked = 0;
        RoomsFixture f(
            {.rooms = {chatRoom()}},
            {.onLoad
             = [&](const Room &, const QString &event, HistoryRange range) -> Result<QList<EventMessage>> {
                ++asked;
                return QList<EventMessage>{
                    {.event = event, .roomId = u"chat"_s, .data = range.end, .from = u"archive"_s}};
            }});
        Room *const room = f.rooms.find(u"chat"_s);
        for (const auto &text : {u"1"_s, u"2"_s, u"3"_s})
            QVERIFY(room->trigger(u"message"_s, textData(text)));
        QCOMPARE(room->history(u"message"_s, {0, 3})->size(), 3);
        QCOMPARE(asked, 0);
        const auto older = room->history(u"message"_s, {0, 9});
        QCOMPARE(asked, 1);
        QCOMPARE(older->at(0).from, u"archive"_s);
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
