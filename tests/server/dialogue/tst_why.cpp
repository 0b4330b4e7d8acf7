#include "adminconsole.h"
#include "dialoguetest.h"
#include "pollingreader.h"

#include "server/admin/passwordtool.h"
#include "testclasses.h"

#include <QJsonArray>
#include <QSignalSpy>

using namespace dialogue;
using namespace dialogue::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/** Why somebody did not get an event: each answer is brought about, and asked for over the wire. */
class TestWhy : public QObject
{
    Q_OBJECT

    QString m_hash;

    ServerConfig guarded(int workers = 0) const
    {
        ServerConfig with = config(workers);
        with.rooms[0].events.append(defineEvent(u"typing"_s, Schema()));
        with.admin.accounts
            = {{.name = u"ina"_s, .password = m_hash, .role = AdminRole::Inspector, .rooms = {u"*"_s}},
               {.name = u"vera"_s, .password = m_hash, .role = AdminRole::Viewer, .rooms = {u"*"_s}},
               {.name = u"gil"_s, .password = m_hash, .role = AdminRole::Inspector, .rooms = {u"game-*"_s}}};
        return with;
    }
    static QJsonObject by(const QString &name)
    {
        return {{u"account"_s, name}, {u"password"_s, u"long enough"_s}};
    }
    /** All verdicts on a user. */
    static QJsonArray ask(AdminConsole &console, const QString &user, int offset, QJsonObject more = {})
    {
        more.insert(u"user"_s, user);
        more.insert(u"room"_s, u"chat"_s);
        if (offset > 0)
            more.insert(u"offset"_s, offset);
        return console.ask("admin:why", more)[u"verdicts"_s].toArray();
    }
    static QString verdict(AdminConsole &console, const QString &user, int offset,
                           const QJsonObject &more = {})
    {
        return ask(console, user, offset, more)[0][u"verdict"].toString();
    }
    static int say(Dialogue &server, const QString &text = u"x"_s, const TriggerOptions &options = {},
                   const QString &event = u"message"_s)
    {
        const auto said
            = server.room(u"chat"_s)->trigger(event, QJsonObject{{u"text"_s, text}}, options).result();
        return said ? int(said->offset) : -1;
    }
    static QString joined(TestClient &client)
    {
        return client.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool() ? u"ok"_s : u"not"_s;
    }
    /** In the chat, by polling, and not asking for anything from here on. */
    static void sleeps(PollingReader &reader, Dialogue &server)
    {
        QSignalSpy connected(&server, &Dialogue::clientConnected);
        reader.say("40");
        QTRY_COMPARE(connected.size(), 1);
        reader.say(R"(42["dialogue:join",{"roomId":"chat"}])");
        QTRY_COMPARE(server.room(u"chat"_s)->size(), 1);
    }
    static QString idOfTheOneThere(Dialogue &server)
    {
        return server.room(u"chat"_s)->participants()[0]->id();
    }

private Q_SLOTS:
    void initTestCase()
    {
        const auto hash = admin::hashOfPassword("long enough");
        QVERIFY(hash);
        m_hash = QString::fromLatin1(*hash);
    }

    void itTellsWhoWasThereFromWhoWasNot_data() { workersTable(); }
    void itTellsWhoWasThereFromWhoWasNot()
    {
        QFETCH(int, workers);
        Dialogue server(guarded(workers));
        QVERIFY(server.start());
        AdminConsole ina(server.port(), by(u"ina"_s));
        QVERIFY(!ina.hello().isEmpty());
        const int early = say(server);
        QTest::qWait(2); // A later millisecond.
        TestClient ada(server.port(), as(u"ada"_s));
        QVERIFY(!ada.waitFor(u"connect"_s).name.isEmpty());
        const int outside = say(server);
        QCOMPARE(verdict(ina, u"ada"_s, early), u"NOT_CONNECTED"_s);
        QCOMPARE(verdict(ina, u"ada"_s, outside), u"NOT_IN_ROOM"_s);
        QCOMPARE(joined(ada), u"ok"_s);
        QCOMPARE(verdict(ina, u"ada"_s, outside), u"JOINED_AFTER"_s);
        const int inside = say(server);
        QCOMPARE(textOf(ada.waitFor(u"dialogue:event"_s)), u"x"_s);
        QCOMPARE(verdict(ina, u"ada"_s, inside), u"WRITTEN"_s);
        QCOMPARE(verdict(ina, u"ada"_s, say(server, u"x"_s, {}, u"typing"_s)), u"NOT_SUBSCRIBED"_s);
        QVERIFY(ada.ask(u"dialogue:leave"_s, in(u"chat"_s))[u"ok"_s].toBool());
        QCOMPARE(verdict(ina, u"ada"_s, say(server)), u"LEFT_BEFORE"_s);
        QCOMPARE(verdict(ina, u"nobody"_s, inside), u"NOT_CONNECTED"_s);
        ada.close();
        QTRY_VERIFY(server.clients(u"ada"_s).isEmpty());
        QTest::qWait(2); // A later millisecond.
        QCOMPARE(verdict(ina, u"ada"_s, say(server)), u"LEFT_BEFORE"_s);
        QCOMPARE(verdict(ina, u"ada"_s, inside), u"UNKNOWN"_s); // Its connection ended at about that time.
    }

    void itTellsWhatWasForOthers()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        AdminConsole ina(server.port(), by(u"ina"_s));
        QVERIFY(!ina.hello().isEmpty());
        TestClient ada(server.port(), as(u"ada"_s));
        QCOMPARE(joined(ada), u"ok"_s);
        QCOMPARE(verdict(ina, u"ada"_s, say(server, u"x"_s, {.exceptUsers = {u"ada"_s}})), u"EXCLUDED"_s);
        QCOMPARE(verdict(ina, u"ada"_s, say(server, u"x"_s, {.exceptUsers = {u"bob"_s}})), u"WRITTEN"_s);
        // Its own, that it wanted no echo of.
        QJsonObject silent = saying(u"mine"_s);
        silent.insert(u"echo"_s, false);
        QCOMPARE(verdict(ina, u"ada"_s, ada.ask(u"dialogue:trigger"_s, silent)[u"offset"_s].toInt()),
                 u"EXCLUDED"_s);
    }

    void itTellsWhatWasRefused()
    {
        ServerConfig with = guarded();
        with.rooms[0].maxSize = 1;
        Dialogue server(with);
        QVERIFY(server.start());
        AdminConsole ina(server.port(), by(u"ina"_s));
        AdminConsole vera(server.port(), by(u"vera"_s));
        QVERIFY(!ina.hello().isEmpty());
        QVERIFY(!vera.hello().isEmpty());
        TestClient ada(server.port(), as(u"ada"_s));
        TestClient bob(server.port(), as(u"bob"_s));
        QCOMPARE(joined(ada), u"ok"_s);
        QCOMPARE(joined(bob), u"not"_s);
        const QJsonValue refused = ask(ina, u"bob"_s, say(server))[0];
        QCOMPARE(refused[u"verdict"].toString(), u"REFUSED"_s);
        QCOMPARE(refused[u"evidence"][u"step"].toString(), u"dialogue:join"_s);
        QCOMPARE(refused[u"evidence"][u"code"].toString(), u"ROOM_FULL"_s);
        QVERIFY(!refused[u"evidence"][u"message"].toString().isEmpty());
        // Words of an error may be words of an event.
        const QJsonObject asked{
            {u"client"_s, server.clients(u"bob"_s)[0]->id()}, {u"room"_s, u"chat"_s}, {u"offset"_s, 1}};
        const QJsonValue masked = vera.ask("admin:why", asked)[u"verdicts"_s][0];
        QCOMPARE(masked[u"verdict"].toString(), u"REFUSED"_s);
        QVERIFY(masked[u"evidence"][u"message"].isUndefined());
        QVERIFY(masked[u"userId"].toString() != u"bob");
        // An event that never was one, by the name its sender gave it.
        QJsonObject wrong = saying(QString());
        wrong.insert(u"id"_s, u"order-7"_s);
        QVERIFY(!ada.ask(u"dialogue:trigger"_s, wrong)[u"ok"_s].toBool());
        const QJsonValue event = ask(ina, u"ada"_s, 0, {{u"id"_s, u"order-7"_s}})[0];
        QCOMPARE(event[u"verdict"].toString(), u"REFUSED"_s);
        QCOMPARE(event[u"evidence"][u"step"].toString(), u"dialogue:trigger"_s);
        QCOMPARE(event[u"evidence"][u"path"].toString(), u"data.text"_s);
        // What was said is quoted to nobody.
        QCOMPARE(event[u"evidence"][u"message"].toString(), u"breaks the rule 'minLength' of its schema"_s);
    }

    void itTellsWhatASlowOneDidNotGet_data()
    {
        QTest::addColumn<SlowReaderPolicy>("policy");
        QTest::addColumn<QString>("first");
        QTest::newRow("drops the oldest") << SlowReaderPolicy::DropOldest << u"DROPPED_SLOW"_s;
        QTest::newRow("keeps the latest") << SlowReaderPolicy::KeepLatest << u"REPLACED"_s;
    }
    void itTellsWhatASlowOneDidNotGet()
    {
        QFETCH(SlowReaderPolicy, policy);
        QFETCH(QString, first);
        ServerConfig with = guarded();
        with.rooms[0].slowReader = policy;
        if (policy == SlowReaderPolicy::KeepLatest)
            with.rooms[0].latestKey = u"text"_s;
        with.limits.sendQueue = 64 * 1024;
        Dialogue server(with);
        QVERIFY(server.start());
        AdminConsole ina(server.port(), by(u"ina"_s));
        QVERIFY(!ina.hello().isEmpty());
        PollingReader reader(server.port());
        sleeps(reader, server);
        const QString user = server.room(u"chat"_s)->participants()[0]->userId();
        for (int i = 0; i < 100; ++i)
            QVERIFY(say(server, QString::number(i % 2).leftJustified(1000, u'.')) > 0);
        const QJsonValue lost = ask(ina, user, 1)[0];
        QCOMPARE(lost[u"verdict"].toString(), first);
        if (policy == SlowReaderPolicy::KeepLatest)
            QCOMPARE(lost[u"evidence"][u"by"].toInt(), 3);
        const QJsonValue waits = ask(ina, user, 100)[0];
        QCOMPARE(waits[u"verdict"].toString(), u"QUEUED"_s);
        QVERIFY(waits[u"evidence"][u"bytesAhead"].toInt() > 900);
        (void)reader.read();
        QTRY_COMPARE(verdict(ina, user, 100), u"WRITTEN"_s);
        QCOMPARE(verdict(ina, user, 1), first);
    }

    void itTellsWhoseConnectionEndedFirst_data() { workersTable(); }
    void itTellsWhoseConnectionEndedFirst()
    {
        QFETCH(int, workers);
        ServerConfig with = guarded(workers);
        with.limits.sendQueue = 64 * 1024;
        Dialogue server(with);
        QVERIFY(server.start());
        AdminConsole ina(server.port(), by(u"ina"_s));
        QVERIFY(!ina.hello().isEmpty());
        PollingReader reader(server.port());
        sleeps(reader, server);
        const QString user = server.room(u"chat"_s)->participants()[0]->userId();
        const QString client = idOfTheOneThere(server);
        for (int i = 0; i < 100; ++i)
            QVERIFY(say(server, QString(1000, u'x')) > 0); // More than may wait for it.
        QTRY_COMPARE(server.room(u"chat"_s)->size(), 0);
        QCOMPARE(verdict(ina, user, 20), u"CLOSED_FIRST"_s);
        const QJsonArray gone = ina.ask("admin:list", {{u"what"_s, u"leavers"_s}})[u"rows"_s].toArray();
        QCOMPARE(gone.size(), 1);
        QCOMPARE(gone[0][u"id"].toString(), client);
        QCOMPARE(gone[0][u"reason"].toString(), u"slow reader"_s);
        QCOMPARE(server.counters().admin.timelines.leavers, 1);
    }

    void aTraceTellsWhenItWasWritten()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        AdminConsole ina(server.port(), by(u"ina"_s));
        QVERIFY(!ina.hello().isEmpty());
        TestClient ada(server.port(), as(u"ada"_s));
        QCOMPARE(joined(ada), u"ok"_s);
        const QString client = idOfTheOneThere(server);
        QCOMPARE(ina.outcome("admin:trace", {{u"client"_s, u"nobody"_s}}), u"NOT_FOUND"_s);
        QCOMPARE(ina.outcome("admin:trace", {{u"client"_s, client}}), u"ok"_s);
        QCOMPARE(server.counters().admin.traced, 1);
        const qint64 began = QDateTime::currentMSecsSinceEpoch();
        const int offset = say(server);
        QCOMPARE(textOf(ada.waitFor(u"dialogue:event"_s)), u"x"_s);
        const QJsonValue written = ask(ina, u"ada"_s, offset)[0];
        QCOMPARE(written[u"verdict"].toString(), u"WRITTEN"_s);
        QVERIFY(written[u"evidence"][u"time"].toInteger() >= began);
        ina.client().close();
        QTRY_COMPARE(server.counters().admin.traced, 0);
        QVERIFY(say(server) > 0);
        QCOMPARE(textOf(ada.waitFor(u"dialogue:event"_s)), u"x"_s);
    }

    void aTimelineTellsWhatBecameOfAClient()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        AdminConsole ina(server.port(), by(u"ina"_s));
        AdminConsole gil(server.port(), by(u"gil"_s));
        QVERIFY(!ina.hello().isEmpty());
        QVERIFY(!gil.hello().isEmpty());
        TestClient ada(server.port(), as(u"ada"_s));
        QCOMPARE(joined(ada), u"ok"_s);
        const QString client = idOfTheOneThere(server);
        QVERIFY(!ada.ask(u"dialogue:join"_s, in(u"game-1"_s))[u"ok"_s].toBool());
        QVERIFY(!ada.ask(u"dialogue:join"_s, in(u"game-1"_s))[u"ok"_s].toBool());
        ada.close();
        QTRY_COMPARE(server.room(u"chat"_s)->size(), 0);
        const QJsonObject what{{u"what"_s, u"timeline"_s}, {u"id"_s, client}};
        const QJsonObject timeline = ina.ask("admin:get", what)[u"timeline"_s].toObject();
        QCOMPARE(timeline[u"userId"].toString(), u"ada"_s);
        QStringList kinds;
        const QJsonArray entries = timeline[u"entries"].toArray();
        for (const QJsonValue &entry : entries)
            kinds.append(entry[u"kind"].toString());
        QCOMPARE(kinds,
                 (QStringList{u"connected"_s, u"joined"_s, u"refused"_s, u"disconnected"_s, u"left"_s}));
        QCOMPARE(entries[2][u"times"].toInt(), 2);
        QCOMPARE(entries[2][u"code"].toString(), u"ROOM_NOT_FOUND"_s);
        // Who is for other rooms learns nothing of it.
        QCOMPARE(gil.outcome("admin:get", what), u"NOT_FOUND"_s);
        QCOMPARE(gil.outcome("admin:why", {{u"client"_s, client}, {u"room"_s, u"chat"_s}, {u"offset"_s, 1}}),
                 u"ROOM_NOT_FOUND"_s);
        QCOMPARE(gil.ask("admin:list", {{u"what"_s, u"leavers"_s}})[u"rows"_s].toArray().size(), 0);
    }

    void whoHasLeftIsForgottenInTime()
    {
        ServerConfig with = guarded();
        with.admin.leavers = 1s;
        Dialogue server(with);
        QVERIFY(server.start());
        {
            TestClient ada(server.port(), as(u"ada"_s));
            QCOMPARE(joined(ada), u"ok"_s);
        }
        QTRY_COMPARE(server.counters().admin.timelines.leavers, 1);
        QTRY_COMPARE(server.counters().admin.timelines.leavers, 0);
        QCOMPARE(server.counters().admin.timelines.clients, 0);
    }

    void whatIsKeptIsBounded()
    {
        ServerConfig with = guarded();
        with.admin.timelines = 64 * 1024;
        with.limits.roomsPerClient = 1000;
        for (int i = 0; i < 900; ++i)
            with.rooms.append({.id = u"r%1"_s.arg(i), .name = u"R"_s});
        Dialogue server(with);
        QVERIFY(server.start());
        for (int round = 0; round < 5; ++round) {
            TestClient ada(server.port(), as(u"ada"_s));
            QVERIFY(!ada.waitFor(u"connect"_s).name.isEmpty());
            for (int i = 0; i < 200; ++i)
                QVERIFY(server.clients(u"ada"_s)[0]->join(u"r%1"_s.arg(i)).result());
            ada.close();
            QTRY_VERIFY(server.clients(u"ada"_s).isEmpty());
            QVERIFY(server.counters().admin.timelines.bytes <= 80 * 1024);
        }
        QVERIFY(server.counters().admin.timelines.forgotten > 0);
    }

    void saysWhatAQuestionLacks()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        AdminConsole ina(server.port(), by(u"ina"_s));
        AdminConsole vera(server.port(), by(u"vera"_s));
        QVERIFY(!ina.hello().isEmpty());
        QVERIFY(!vera.hello().isEmpty());
        const auto pathOf = [&](const QJsonObject &request) {
            return ina.ask("admin:why", request)[u"error"_s][u"path"_s].toString();
        };
        QCOMPARE(pathOf({{u"room"_s, u"chat"_s}, {u"offset"_s, 1}}), u"client"_s);
        QCOMPARE(pathOf({{u"room"_s, u"chat"_s}, {u"user"_s, u"ada"_s}}), u"offset"_s);
        QCOMPARE(pathOf({{u"room"_s, u"chat"_s}, {u"user"_s, u"ada"_s}, {u"offset"_s, 9}}), u"offset"_s);
        QCOMPARE(pathOf({{u"room"_s, u"chat"_s}, {u"user"_s, u"ada"_s}, {u"id"_s, u"none"_s}}), u"id"_s);
        QCOMPARE(pathOf({{u"room"_s, u"none"_s}, {u"user"_s, u"ada"_s}, {u"offset"_s, 9}}), u"event"_s);
        QCOMPARE(ina.outcome("admin:list", {{u"what"_s, u"leavers"_s}, {u"after"_s, u"x"_s}}),
                 u"INVALID_REQUEST"_s);
        QCOMPARE(vera.outcome("admin:why", {{u"room"_s, u"chat"_s}, {u"user"_s, u"ada"_s}, {u"offset"_s, 1}}),
                 u"PERMISSION_DENIED"_s);
    }
};

DIALOGUE_TEST(TestWhy, QCoreApplication)
#include "tst_why.moc"
