#include "dialoguetest.h"
#include "eventreader.h"
#include "testclasses.h"

#include <QSet>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace dialogue;
using namespace dialogue::test;

/** A server whose rooms are read by server-sent events. */
class TestSse : public QObject
{
    Q_OBJECT

    static ServerConfig with(int workers)
    {
        ServerConfig all = config(workers);
        all.channels.sse.enabled = true;
        all.rooms.append({.id = u"news"_s, .name = u"News"_s, .defaultSubscriptions = {u"*"_s}});
        return all;
    }
    static void say(Dialogue &server, const QString &text)
    {
        QVERIFY(server.room(u"chat"_s)->trigger(u"message"_s, QJsonObject{{u"text"_s, text}}).result());
    }
    static QString textOf(const EventReader::Event &event)
    {
        return event.name == "message" ? event.data[u"data"_s][u"text"_s].toString()
                                       : QString::fromLatin1(event.name);
    }
    static int readers(const Dialogue &server) { return server.room(u"chat"_s)->size(); }

private Q_SLOTS:
    void bringsWhatIsSaid_data() { workersTable(); }
    void bringsWhatIsSaid()
    {
        QFETCH(int, workers);
        Dialogue server(with(workers));
        QVERIFY(server.start());
        EventReader ann(server.port());
        EventReader bob(server.port(), "/events?rooms=chat,news&userId=bob");
        QCOMPARE(ann.status(), 200);
        QCOMPARE(bob.status(), 200);
        QVERIFY(ann.hasHeader("Content-Type: text/event-stream"));
        QVERIFY(ann.hasHeader("Cache-Control: no-store"));
        QVERIFY(ann.hasHeader("X-Accel-Buffering: no"));
        QVERIFY(ann.hasHeader("Connection: close"));
        QVERIFY(!ann.head.contains("Content-Length"));
        QTRY_COMPARE(readers(server), 2);
        TestClient cat(server.port(), as(u"cat"_s));
        QVERIFY(cat.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        QVERIFY(cat.ask(u"dialogue:trigger"_s, saying(u"hello"_s))[u"ok"_s].toBool());
        QVERIFY(server.room(u"news"_s)->trigger(u"any"_s, 1).result());
        const EventReader::Event heard = ann.next();
        QCOMPARE(textOf(heard), u"hello"_s);
        QCOMPARE(heard.data[u"from"_s].toString(), u"cat"_s);
        QCOMPARE(heard.data[u"offset"_s].toInt(), 1);
        QVERIFY(!heard.id.isEmpty());
        QCOMPARE(textOf(bob.next()), u"hello"_s);
        QCOMPARE(bob.next().name, "any");
        QVERIFY(ann.isEmpty());
        QCOMPARE(ann.retry, 3000);
    }

    void isThereOnQtsOwnSockets()
    {
        ServerConfig all = with(0);
        all.transport = ServerTransport::Qt;
        all.channels.sse.heartbeat = 50ms;
        all.rooms[0].slowReader = SlowReaderPolicy::DropOldest;
        Dialogue server(all);
        QVERIFY(server.start());
        EventReader reader(server.port());
        EventReader lazy(server.port());
        QCOMPARE(reader.status(), 200);
        QCOMPARE(lazy.status(), 200);
        QTRY_COMPARE(readers(server), 2);
        lazy.pause();
        const QString much(100'000, u'x');
        for (int i = 0; i < 200 && readers(server) > 1; ++i) {
            say(server, much);
            QCOMPARE(textOf(reader.next()), much);
        }
        QTRY_COMPARE_WITH_TIMEOUT(readers(server), 1, 20000);
        QTRY_VERIFY(reader.comments > 0);
        reader.abort();
        QTRY_COMPARE(readers(server), 0);
    }

    void endsWithItsReader_data() { workersTable(); }
    void endsWithItsReader()
    {
        QFETCH(int, workers);
        Dialogue server(with(workers));
        QVERIFY(server.start());
        EventReader reader(server.port());
        QCOMPARE(reader.status(), 200);
        QTRY_COMPARE(readers(server), 1);
        reader.abort();
        QTRY_COMPARE(readers(server), 0);
    }

    void goesOnWhereItsReaderWasCutOff_data() { workersTable(); }
    void goesOnWhereItsReaderWasCutOff()
    {
        QFETCH(int, workers);
        Dialogue server(with(workers));
        QVERIFY(server.start());
        QByteArray last;
        QStringList heard;
        int said = 0;
        for (int round = 0; round < 5; ++round) {
            EventReader reader(server.port(), "/events?rooms=chat,news",
                               last.isEmpty() ? "" : "Last-Event-ID: " + last + "\r\n");
            QCOMPARE(reader.status(), 200);
            for (int i = 0; i < 3; ++i) {
                say(server, QString::number(++said));
                QVERIFY(server.room(u"news"_s)->trigger(u"n%1"_s.arg(++said), 1).result());
            }
            // Some of it, before it is cut off; in the last round all.
            const qsizetype until = round < 4 ? heard.size() + 2 : said;
            while (heard.size() < until) {
                const EventReader::Event event = reader.next();
                QVERIFY(!event.name.isEmpty());
                heard.append(textOf(event));
                last = event.id;
            }
            reader.abort();
        }
        QStringList expected;
        for (int i = 1; i <= said; ++i)
            expected.append(i % 2 == 1 ? QString::number(i) : u"n%1"_s.arg(i));
        QCOMPARE(heard, expected);
    }

    void tellsOfWhatIsNotToBeHad_data() { workersTable(); }
    void tellsOfWhatIsNotToBeHad()
    {
        QFETCH(int, workers);
        Dialogue server(with(workers));
        QVERIFY(server.start());
        say(server, u"before"_s);
        EventReader reader(server.port(), "/events?rooms=chat&lastEventId=17");
        QCOMPARE(reader.status(), 200);
        const EventReader::Event gap = reader.next();
        QCOMPARE(gap.name, "dialogue:gap");
        QCOMPARE(gap.data,
                 QJsonObject(
                     {{u"roomId"_s, u"chat"_s}, {u"from"_s, 1}, {u"to"_s, 1}, {u"reason"_s, u"dropped"_s}}));
        say(server, u"after"_s);
        QCOMPARE(textOf(reader.next()), u"after"_s);
    }

    void refusesWithAProblem_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        QTest::newRow("no rooms") << "GET"_ba
                                  << "/events"_ba << 400 << u"INVALID_REQUEST"_s;
        QTest::newRow("a room that is not there")
            << "GET"_ba
            << "/events?rooms=chat,none"_ba << 404 << u"ROOM_NOT_FOUND"_s;
        QTest::newRow("an event that is not there")
            << "GET"_ba
            << "/events?rooms=chat&events=none"_ba << 403 << u"EVENT_NOT_ALLOWED"_s;
        QTest::newRow("a room for others") << "GET"_ba
                                           << "/events?rooms=sockets"_ba << 403 << u"PERMISSION_DENIED"_s;
        QTest::newRow("a full room") << "GET"_ba
                                     << "/events?rooms=full"_ba << 503 << u"ROOM_FULL"_s;
        QTest::newRow("another method") << "POST"_ba
                                        << "/events?rooms=chat"_ba << 405 << QString();
        QTest::newRow("below it") << "GET"_ba
                                  << "/events/x?rooms=chat"_ba << 404 << QString();
    }
    void refusesWithAProblem()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(QString, code);
        ServerConfig all = with(1);
        all.rooms.append({.id = u"sockets"_s, .name = u"S"_s, .channels = {u"websocket"_s}});
        all.rooms.append({.id = u"full"_s, .name = u"F"_s, .maxSize = 1});
        Dialogue server(all);
        QVERIFY(server.start());
        EventReader seated(server.port(), "/events?rooms=full");
        QCOMPARE(seated.status(), 200);
        EventReader reader(server.port(), target, "Content-Length: 0\r\n", method);
        QTEST(reader.status(), "status");
        if (code.isEmpty())
            return;
        QVERIFY(reader.hasHeader("Content-Type: application/problem+json"));
        QVERIFY(reader.waitForEnd());
        const QJsonObject problem = QJsonDocument::fromJson(reader.body).object();
        QTEST(problem[u"code"_s].toString(), "code");
        QTEST(problem[u"status"_s].toInt(), "status");
        QVERIFY(!problem[u"detail"_s].toString().isEmpty());
        QCOMPARE(reader.hasHeader("Retry-After: 3"), reader.status() == 503);
        QCOMPARE(readers(server), 0);
    }

    // An EventSource never comes back after a status that is not 200.
    void letsBrowsersComeBackWhereItIsAMatterOfTime()
    {
        ServerConfig all = with(1);
        all.rooms.append({.id = u"full"_s, .name = u"F"_s, .maxSize = 1});
        Dialogue server(all);
        QVERIFY(server.start());
        EventReader seated(server.port(), "/events?rooms=full");
        QCOMPARE(seated.status(), 200);
        EventReader reader(server.port(), "/events?rooms=full");
        QCOMPARE(reader.status(), 200);
        const EventReader::Event error = reader.next();
        QCOMPARE(error.name, "dialogue:error");
        QCOMPARE(error.data[u"code"_s].toString(), u"ROOM_FULL"_s);
        QCOMPARE(reader.retry, 3000);
        QVERIFY(reader.waitForEnd());
    }

    void asksWhoItIs()
    {
        Hooks hooks;
        hooks.authenticate = [](const ConnectRequest &request) -> Result<Identity> {
            if (request.handshake.headers.value("Authorization") != "Bearer right")
                return Error{ErrorCode::Unauthorized, u"Who are you?"_s};
            return Identity{.userId = u"ann"_s};
        };
        Dialogue server(with(1), hooks);
        QVERIFY(server.start());
        EventReader stranger(server.port(), "/events?rooms=chat&userId=ann");
        QCOMPARE(stranger.status(), 401);
        QVERIFY(stranger.hasHeader("WWW-Authenticate: Bearer"));
        EventReader ann(server.port(), "/events?rooms=chat", "Authorization: Bearer right\r\n");
        QCOMPARE(ann.status(), 200);
        QTRY_COMPARE(readers(server), 1);
        QCOMPARE(server.room(u"chat"_s)->participants().constFirst()->userId(), u"ann"_s);
    }

    void isForPagesThatMayUseTheServer()
    {
        ServerConfig all = with(1);
        all.cors.origins = {u"https://good.example"_s};
        Dialogue server(all);
        QVERIFY(server.start());
        EventReader good(server.port(), "/events?rooms=chat", "Origin: https://good.example\r\n");
        QCOMPARE(good.status(), 200);
        QVERIFY(good.hasHeader("Access-Control-Allow-Origin: https://good.example"));
        EventReader bad(server.port(), "/events?rooms=chat", "Origin: https://bad.example\r\n");
        QCOMPARE(bad.status(), 403);
    }

    void isNotThereUnlessItIsConfigured()
    {
        ServerConfig all = with(1);
        all.channels.sse.enabled = false;
        Dialogue server(all);
        QVERIFY(server.start());
        EventReader reader(server.port());
        QCOMPARE(reader.status(), 404);
    }

    void saysSomethingNowAndThen()
    {
        ServerConfig all = with(1);
        all.channels.sse.heartbeat = 20ms;
        Dialogue server(all);
        QVERIFY(server.start());
        EventReader reader(server.port());
        QTRY_VERIFY(reader.comments >= 3);
    }

    void disconnectsWhoTakesNothing_data() { workersTable(); }
    void disconnectsWhoTakesNothing()
    {
        QFETCH(int, workers);
        ServerConfig all = with(workers);
        all.channels.sse.heartbeat = 50ms;
        all.rooms[0].slowReader = SlowReaderPolicy::DropOldest;
        Dialogue server(all);
        QVERIFY(server.start());
        EventReader reader(server.port());
        QCOMPARE(reader.status(), 200);
        QTRY_COMPARE(readers(server), 1);
        reader.pause();
        const QString much(100'000, u'x');
        for (int i = 0; i < 200 && readers(server) > 0; ++i) {
            say(server, much);
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE_WITH_TIMEOUT(readers(server), 0, 20000);
    }

    void treatsSlowReadersAsTheRoomSays_data()
    {
        QTest::addColumn<SlowReaderPolicy>("policy");
        QTest::newRow("they are disconnected") << SlowReaderPolicy::Disconnect;
        QTest::newRow("they are told of the gap") << SlowReaderPolicy::DropOldest;
    }
    void treatsSlowReadersAsTheRoomSays()
    {
        QFETCH(SlowReaderPolicy, policy);
        ServerConfig all = with(1);
        all.rooms[0].slowReader = policy;
        all.limits.sendQueue = 1'000'000;
        Dialogue server(all);
        QVERIFY(server.start());
        EventReader reader(server.port());
        QCOMPARE(reader.status(), 200);
        QTRY_COMPARE(readers(server), 1);
        reader.pause();
        const QString much(100'000, u'x');
        constexpr int count = 150;
        for (int i = 0; i < count; ++i)
            say(server, much);
        if (policy == SlowReaderPolicy::Disconnect) {
            QTRY_COMPARE(readers(server), 0);
            return;
        }
        say(server, u"last"_s);
        reader.resume();
        QSet<int> known;
        for (;;) {
            const EventReader::Event event = reader.next();
            QVERIFY(!event.name.isEmpty());
            if (event.name == "dialogue:gap") {
                for (int i = event.data[u"from"_s].toInt(); i <= event.data[u"to"_s].toInt(); ++i)
                    known.insert(i);
                QCOMPARE(event.data[u"reason"_s].toString(), u"dropped"_s);
                continue;
            }
            known.insert(event.data[u"offset"_s].toInt());
            if (textOf(event) == u"last"_s)
                break;
        }
        QCOMPARE(known.size(), count + 1);
        QCOMPARE(readers(server), 1);
    }

    void endsWhereItsRoomDoes_data() { workersTable(); }
    void endsWhereItsRoomDoes()
    {
        QFETCH(int, workers);
        Dialogue server(with(workers));
        QVERIFY(server.start());
        EventReader reader(server.port(), "/events?rooms=news,chat");
        QCOMPARE(reader.status(), 200);
        QTRY_COMPARE(readers(server), 1);
        QVERIFY(server.deleteRoom(u"news"_s));
        QVERIFY(reader.waitForEnd());
        QTRY_COMPARE(readers(server), 0);
        EventReader again(server.port(), "/events?rooms=news,chat");
        QCOMPARE(again.status(), 404);
    }

    void endsWithTheServer_data() { workersTable(); }
    void endsWithTheServer()
    {
        QFETCH(int, workers);
        Dialogue server(with(workers));
        QVERIFY(server.start());
        EventReader reader(server.port());
        QCOMPARE(reader.status(), 200);
        QTRY_COMPARE(readers(server), 1);
        say(server, u"last"_s);
        server.stop();
        QVERIFY(reader.waitForEnd());
        QCOMPARE(textOf(reader.next()), u"last"_s);
        QVERIFY(reader.retry >= 3000 && reader.retry <= 6000);
    }

    void noticesThatAPeerGoesThatSaidMuchAhead()
    {
        Dialogue server(with(1));
        QVERIFY(server.start());
        EventReader reader(server.port(), "/events?rooms=chat", "\r\n" + QByteArray(200'000, 'x'));
        QCOMPARE(reader.status(), 200);
        QTRY_COMPARE(readers(server), 1);
        reader.socket().disconnectFromHost();
        QTRY_COMPARE(readers(server), 0);
    }

    void survivesOddPeers_data() { workersTable(); }
    void survivesOddPeers()
    {
        QFETCH(int, workers);
        Dialogue server(with(workers));
        QVERIFY(server.start());
        EventReader reader(server.port());
        QCOMPARE(reader.status(), 200);
        // One that talks on, one that goes before it is let in, one that asks for twenty at once.
        reader.socket().write(QByteArray(100'000, 'x') + "GET /events?rooms=chat HTTP/1.1\r\n\r\n");
        {
            EventReader hasty(server.port());
            QVERIFY(hasty.socket().waitForConnected());
            QVERIFY(hasty.socket().waitForBytesWritten());
            hasty.abort();
        }
        EventReader many(server.port(), "/events?rooms=chat",
                         QByteArray("\r\n")
                             + QByteArray("GET /events?rooms=chat HTTP/1.1\r\nHost: a\r\n\r\n").repeated(20));
        QCOMPARE(many.status(), 200);
        QTRY_COMPARE(readers(server), 2);
        say(server, u"still here"_s);
        QCOMPARE(textOf(reader.next()), u"still here"_s);
        QCOMPARE(textOf(many.next()), u"still here"_s);
        QVERIFY(many.isEmpty());
    }
};

DIALOGUE_TEST(TestSse, QCoreApplication)
#include "tst_sse.moc"
