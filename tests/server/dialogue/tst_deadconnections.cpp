#include "dialoguetest.h"
#include "websocketreader.h"

#include "testclasses.h"

#include <QPointer>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** Connections that are dead without the server having noticed, and what they keep from their users. */
class TestDeadConnections : public QObject
{
    Q_OBJECT

    static ServerConfig full(int workers)
    {
        ServerConfig settings = config(workers);
        settings.rooms[0].maxSize = 1;
        settings.rooms.append({.id = u"hall"_s, .name = u"Hall"_s});
        settings.limits.seatTimeout = std::chrono::milliseconds(300);
        return settings;
    }
    static QJsonObject back(const Dialogue &server)
    {
        const Room *const room = server.room(u"chat"_s);
        QJsonObject request = in(u"chat"_s);
        request.insert(u"since"_s,
                       QJsonObject{{u"epoch"_s, QString::fromLatin1(room->epoch())},
                                   {u"offset"_s, qint64(room->offset())}});
        return request;
    }

private Q_SLOTS:
    void giveUpTheirSeats_data() { workersTable(); }
    void giveUpTheirSeats()
    {
        QFETCH(int, workers);
        Dialogue server(full(workers));
        QVERIFY(server.start());
        Room *const room = server.room(u"chat"_s);
        WebSocketReader dead(server.port()); // Nothing more is heard of it, and it is not closed.
        dead.say(R"(40{"userId":"ann"})");
        QTRY_COMPARE(server.clients(u"ann"_s).size(), 1);
        dead.say(R"(42["dialogue:join",{"roomId":"chat"}])");
        QTRY_COMPARE(room->size(), 1);
        const QPointer<ConnectedClient> first = room->participants().first();

        TestClient ann(server.port(), as(u"ann"_s));
        TestClient bob(server.port(), as(u"bob"_s));
        ann.waitFor(u"dialogue:connected"_s);
        bob.waitFor(u"dialogue:connected"_s);
        ann.emitEvent(u"dialogue:join"_s, back(server));
        QTRY_COMPARE(server.counters().seats.waiting, 1);
        // While it waits everybody else is answered, and nobody takes the seat.
        QCOMPARE(bob.ask(u"dialogue:join"_s, in(u"chat"_s))[u"error"_s][u"code"_s].toString(),
                 u"ROOM_FULL"_s);
        QVERIFY(bob.ask(u"dialogue:join"_s, in(u"hall"_s))[u"ok"_s].toBool());
        QCOMPARE(room->participants(), QList<ConnectedClient *>{first});

        QCOMPARE(ann.waitFor(u"dialogue:joined"_s).payload[u"roomId"_s].toString(), u"chat"_s);
        QCOMPARE(room->size(), 1);
        QVERIFY(first); // It is connected for all that.
        QCOMPARE(first->rooms(), QStringList());
        QCOMPARE(server.counters().seats.givenUp, 1);
        bool told = false; // As it hears, should it live after all.
        QVERIFY(QTest::qWaitFor([&] {
            for (const QByteArray &packet : dead.read())
                told = told || packet.startsWith(R"(42["dialogue:left",{"roomId":"chat"})");
            return told;
        }));
    }

    void keepThemWhereTheyAnswer_data() { workersTable(); }
    void keepThemWhereTheyAnswer()
    {
        QFETCH(int, workers);
        ServerConfig patient = full(workers);
        patient.limits.seatTimeout = std::chrono::minutes(1);
        Dialogue server(patient);
        QVERIFY(server.start());
        TestClient tab(server.port(), as(u"ann"_s));
        QVERIFY(tab.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        TestClient other(server.port(), as(u"ann"_s));
        // Well before the minute is over.
        QCOMPARE(other.ask(u"dialogue:join"_s, back(server))[u"error"_s][u"code"_s].toString(),
                 u"ROOM_FULL"_s);
        QCOMPARE(server.counters().seats.asked, 1);
        QCOMPARE(server.counters().seats.givenUp, 0);
        QVERIFY(server.isInRoom(u"ann"_s, u"chat"_s));
        // Who never was there is no word for who claims to be ann.
        QCOMPARE(other.ask(u"dialogue:join"_s, in(u"chat"_s))[u"error"_s][u"code"_s].toString(),
                 u"ROOM_FULL"_s);
        QCOMPARE(server.counters().seats.asked, 1);
    }
};

DIALOGUE_TEST(TestDeadConnections, QCoreApplication)
#include "tst_deadconnections.moc"
