#include "dialoguetest.h"
#include "pollingreader.h"
#include "websocketreader.h"

#include "testclasses.h"

#include <QJsonArray>
#include <QPointer>

#include <algorithm>
#include <memory>
#include <vector>

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
        settings.limits.seatTimeout = std::chrono::milliseconds(100);
        return settings;
    }
    /** One that never gives up for silence, as far as a test goes. */
    static ServerConfig patient(int workers)
    {
        ServerConfig settings = full(workers);
        settings.limits.seatTimeout = std::chrono::minutes(1);
        return settings;
    }
    static QString code(const QJsonObject &ack) { return ack[u"error"_s][u"code"_s].toString(); }
    static QJsonObject text() { return {{u"text"_s, u"Hello"_s}}; }
    static void transportsTable()
    {
        QTest::addColumn<int>("workers");
        QTest::addColumn<bool>("polling");
        for (const int workers : {0, 1, 3}) {
            for (const bool polling : {false, true})
                QTest::addRow("%s, %d io threads", polling ? "polling" : "WebSocket", workers)
                    << workers << polling;
        }
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
    void giveUpTheirSeats_data() { transportsTable(); }
    void giveUpTheirSeats()
    {
        QFETCH(int, workers);
        QFETCH(bool, polling);
        if (polling)
            seatsAreGivenUpBy<PollingReader>(workers);
        else
            seatsAreGivenUpBy<WebSocketReader>(workers);
    }

    void keepNobodyElseWaiting_data() { workersTable(); }
    void keepNobodyElseWaiting()
    {
        QFETCH(int, workers);
        Dialogue server(patient(workers));
        QVERIFY(server.start());
        auto dead = std::make_unique<WebSocketReader>(server.port());
        dead->say(R"(40{"userId":"ann"})");
        dead->say(R"(42["dialogue:join",{"roomId":"chat"}])");
        QTRY_VERIFY(server.isInRoom(u"ann"_s, u"chat"_s));
        TestClient ann(server.port(), as(u"ann"_s));
        TestClient bob(server.port(), as(u"bob"_s));
        ann.emitEvent(u"dialogue:join"_s, back(server));
        QTRY_COMPARE(server.counters().seats.waiting, 1);
        QCOMPARE(code(bob.ask(u"dialogue:join"_s, in(u"chat"_s))), u"ROOM_FULL"_s);
        QVERIFY(bob.ask(u"dialogue:join"_s, in(u"hall"_s))[u"ok"_s].toBool());
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"hall"_s))[u"ok"_s].toBool());
        QCOMPARE(server.counters().seats.waiting, 1);
        dead.reset(); // Noticed after all: there is a seat.
        QCOMPARE(ann.waitFor(u"dialogue:joined"_s).payload[u"roomId"_s].toString(), u"hall"_s);
        QCOMPARE(ann.waitFor(u"dialogue:joined"_s).payload[u"roomId"_s].toString(), u"chat"_s);
    }

    void keepThemWhereTheyAnswer_data() { workersTable(); }
    void keepThemWhereTheyAnswer()
    {
        QFETCH(int, workers);
        Dialogue server(patient(workers));
        QVERIFY(server.start());
        TestClient tab(server.port(), as(u"ann"_s));
        QVERIFY(tab.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        TestClient other(server.port(), as(u"ann"_s));
        // Well before the minute is over.
        QCOMPARE(code(other.ask(u"dialogue:join"_s, back(server))), u"ROOM_FULL"_s);
        QCOMPARE(server.counters().seats.asked, 1);
        QCOMPARE(server.counters().seats.givenUp, 0);
        QVERIFY(server.isInRoom(u"ann"_s, u"chat"_s));
        // Who never was there is no word for who claims to be ann.
        QCOMPARE(code(other.ask(u"dialogue:join"_s, in(u"chat"_s))), u"ROOM_FULL"_s);
        QCOMPARE(server.counters().seats.asked, 1);
    }

    void keepThemWhereTheyPoll_data() { workersTable(); }
    void keepThemWhereTheyPoll()
    {
        QFETCH(int, workers);
        Dialogue server(patient(workers));
        QVERIFY(server.start());
        PollingReader tab(server.port());
        tab.say(R"(40{"userId":"ann"})");
        tab.say(R"(42["dialogue:join",{"roomId":"chat"}])");
        QTRY_VERIFY(server.isInRoom(u"ann"_s, u"chat"_s));
        QVERIFY(!tab.read().isEmpty());
        TestClient other(server.port(), as(u"ann"_s));
        other.waitFor(u"dialogue:connected"_s);
        other.emitEvent(u"dialogue:join"_s, back(server));
        QTRY_COMPARE(server.counters().seats.waiting, 1);
        bool isPinged = false; // Long before the heartbeat is due.
        QVERIFY(QTest::qWaitFor([&] { return isPinged = isPinged || tab.read().contains("2"); }));
        tab.say("3");
        QCOMPARE(other.waitFor(u"dialogue:error"_s).payload[u"code"_s].toString(), u"ROOM_FULL"_s);
        QCOMPARE(server.counters().seats.givenUp, 0);
        QVERIFY(server.isInRoom(u"ann"_s, u"chat"_s));
    }

    void areNoWayToPushOutWhoLives_data() { workersTable(); }
    void areNoWayToPushOutWhoLives()
    {
        QFETCH(int, workers);
        Dialogue server(patient(workers));
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        // They say that they are she, and know the room's log; again and again.
        std::vector<std::unique_ptr<TestClient>> impostors;
        for (int i = 0; i < 3; ++i)
            impostors.push_back(std::make_unique<TestClient>(server.port(), as(u"ann"_s)));
        for (int i = 0; i < 9; ++i)
            QCOMPARE(code(impostors.at(std::size_t(i) % 3)->ask(u"dialogue:join"_s, back(server))),
                     u"ROOM_FULL"_s);
        QCOMPARE(server.counters().seats.givenUp, 0);
        const QJsonObject hello{{u"roomId"_s, u"chat"_s}, {u"event"_s, u"message"_s}, {u"data"_s, text()}};
        QVERIFY(ann.ask(u"dialogue:trigger"_s, hello)[u"ok"_s].toBool());
        QVERIFY(std::none_of(ann.received().cbegin(), ann.received().cend(),
                             [](const TestClient::Event &event) { return event.name == u"dialogue:left"; }));
    }

private:
    template <class Reader>
    static void seatsAreGivenUpBy(int workers)
    {
        Dialogue server(full(workers));
        QVERIFY(server.start());
        Room *const room = server.room(u"chat"_s);
        Reader dead(server.port()); // Nothing more is heard of it, and it is not closed.
        dead.say(R"(40{"userId":"ann"})");
        QTRY_COMPARE(server.clients(u"ann"_s).size(), 1);
        dead.say(R"(42["dialogue:join",{"roomId":"chat"}])");
        QTRY_COMPARE(room->size(), 1);
        const QPointer<ConnectedClient> first = room->participants().first();

        TestClient ann(server.port(), as(u"ann"_s));
        ann.emitEvent(u"dialogue:join"_s, back(server));
        QCOMPARE(ann.waitFor(u"dialogue:joined"_s).payload[u"roomId"_s].toString(), u"chat"_s);
        QCOMPARE(room->size(), 1);
        QVERIFY(first); // It is connected for all that.
        QCOMPARE(first->rooms(), QStringList());
        QCOMPARE(server.counters().seats.asked, 1);
        QCOMPARE(server.counters().seats.givenUp, 1);
        bool told = false; // As it hears, should it live after all.
        QVERIFY(QTest::qWaitFor([&] {
            for (const QByteArray &packet : dead.read())
                told = told || packet.startsWith(R"(42["dialogue:left",{"roomId":"chat"})");
            return told;
        }));
    }
};

DIALOGUE_TEST(TestDeadConnections, QCoreApplication)
#include "tst_deadconnections.moc"
