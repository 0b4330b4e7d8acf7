#include "adminconsole.h"
#include "dialoguetest.h"

#include "server/admin/eventwatch.h"
#include "server/admin/passwordtool.h"
#include "server/admin/statewatch.h"
#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/** What consoles watch besides events and figures: refusals, the audit log, rooms and clients. */
class TestAdminWatches : public QObject
{
    Q_OBJECT

    QString m_hash;

    AdminAccount account(const QString &name, AdminRole role, const QStringList &rooms = {u"*"_s}) const
    {
        return {.name = name, .password = m_hash, .role = role, .rooms = rooms};
    }
    ServerConfig guarded(int workers = 0) const
    {
        ServerConfig with = config(workers);
        with.rooms.append({.id = u"game-1"_s, .name = u"Game"_s});
        with.admin.accounts
            = {account(u"otto"_s, AdminRole::Operator), account(u"olga"_s, AdminRole::Owner),
               account(u"vera"_s, AdminRole::Viewer), account(u"gil"_s, AdminRole::Owner, {u"game-*"_s})};
        return with;
    }
    static QJsonObject by(const QString &name)
    {
        return {{u"account"_s, name}, {u"password"_s, u"long enough"_s}};
    }
    static QJsonObject watch(const QString &what, const QStringList &ids = {})
    {
        QJsonObject request{{u"watch"_s, u"w"_s}, {u"what"_s, what}};
        if (!ids.isEmpty())
            request.insert(u"ids"_s, QJsonArray::fromStringList(ids));
        return request;
    }
    /** The next row that \a console is told of \a id for which \a isIt(row). */
    template <class IsIt>
    static QJsonObject rowOf(AdminConsole &console, const QString &id, IsIt &&isIt)
    {
        for (;;) {
            const TestClient::Event state = console.client().waitFor(u"admin:state"_s);
            if (state.name.isEmpty())
                return {};
            credit(console, state.payload[u"rev"_s].toInteger());
            const QJsonArray rows = state.payload[u"set"_s].toArray();
            for (const QJsonValue &row : rows) {
                if (row[u"id"].toString() == id && isIt(row.toObject()))
                    return row.toObject();
            }
        }
    }
    static QJsonObject rowOf(AdminConsole &console, const QString &id)
    {
        return rowOf(console, id, [](const QJsonObject &) { return true; });
    }
    static void credit(AdminConsole &console, qint64 number)
    {
        console.client().sendText(
            "42/admin,[\"admin:credit\",{\"watch\":\"w\",\"number\":" + QByteArray::number(number) + "}]");
    }
    static QString idOf(TestClient &client)
    {
        return client.waitFor(u"dialogue:connected"_s).payload[u"clientId"_s].toString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        const auto hash = admin::hashOfPassword("long enough");
        QVERIFY(hash);
        m_hash = QString::fromLatin1(*hash);
    }

    void refusalsAreSeenAsTheyHappen_data() { workersTable(); }
    void refusalsAreSeenAsTheyHappen()
    {
        QFETCH(int, workers);
        Dialogue server(guarded(workers));
        QVERIFY(server.start());
        AdminConsole otto(server.port(), by(u"otto"_s));
        AdminConsole vera(server.port(), by(u"vera"_s));
        AdminConsole gil(server.port(), by(u"gil"_s));
        for (AdminConsole *const each : {&otto, &vera, &gil}) {
            QVERIFY(!each->hello().isEmpty());
            QCOMPARE(each->outcome("admin:watch", watch(u"errors"_s)), u"ok"_s);
        }
        TestClient ann(server.port(), as(u"ann"_s));
        const QString id = idOf(ann);
        ann.emitEvent(u"dialogue:trigger"_s, saying(u"before I am in"_s));
        const QJsonValue told = otto.client().waitFor(u"admin:errors"_s).payload;
        QCOMPARE(told[u"watch"_s].toString(), u"w"_s);
        QCOMPARE(told[u"number"_s].toInt(), 1);
        const QJsonValue row = told[u"rows"_s][0];
        QCOMPARE(row[u"code"_s].toString(), u"NOT_IN_ROOM"_s);
        QCOMPARE(row[u"request"_s].toString(), u"dialogue:trigger"_s);
        QCOMPARE(row[u"room"_s].toString(), u"chat"_s);
        QCOMPARE(row[u"user"_s].toString(), u"ann"_s);
        QCOMPARE(row[u"client"_s].toString(), id);
        QVERIFY(!row[u"message"_s].toString().isEmpty());
        const QJsonValue masked = vera.client().waitFor(u"admin:errors"_s).payload[u"rows"_s][0];
        QCOMPARE(masked[u"code"_s].toString(), u"NOT_IN_ROOM"_s);
        QVERIFY(masked[u"user"_s].toString() != u"ann");
        QVERIFY(masked[u"message"_s].isUndefined());
        // Of another room, one of those of some rooms hears nothing, and of none neither.
        ann.emitEvent(u"dialogue:join"_s, in(u"game-2"_s));
        ann.emitEvent(u"dialogue:unheard-of"_s, QJsonObject());
        const QJsonValue game = gil.client().waitFor(u"admin:errors"_s).payload;
        QCOMPARE(game[u"rows"_s].toArray().size(), 1);
        QCOMPARE(game[u"rows"_s][0][u"code"].toString(), u"ROOM_NOT_FOUND"_s);
        // And who comes later finds them.
        AdminConsole later(server.port(), by(u"otto"_s));
        QVERIFY(!later.hello().isEmpty());
        QTRY_COMPARE(later.ask("admin:list", {{u"what"_s, u"errors"_s}})[u"rows"_s].toArray().size(), 3);
        const QJsonObject inGame
            = later.ask("admin:list", {{u"what"_s, u"errors"_s}, {u"room"_s, u"game-2"_s}});
        QCOMPARE(inGame[u"rows"_s].toArray().size(), 1);
        const QJsonObject ofCode{{u"what"_s, u"errors"_s}, {u"codes"_s, QJsonArray{u"NOT_IN_ROOM"_s}}};
        QCOMPARE(later.ask("admin:list", ofCode)[u"rows"_s].toArray().size(), 1);
        QCOMPARE(later.outcome("admin:list",
                               {{u"what"_s, u"rooms"_s}, {u"codes"_s, QJsonArray{u"NOT_IN_ROOM"_s}}}),
                 u"INVALID_REQUEST"_s);
    }

    void whoIsNotLetInIsARefusalToo()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        QVERIFY(server.ban(u"eve"_s));
        AdminConsole otto(server.port(), by(u"otto"_s));
        QVERIFY(!otto.hello().isEmpty());
        QCOMPARE(otto.outcome("admin:watch", watch(u"errors"_s)), u"ok"_s);
        TestClient eve(server.port(), as(u"eve"_s));
        const QJsonValue row = otto.client().waitFor(u"admin:errors"_s).payload[u"rows"_s][0];
        QCOMPARE(row[u"code"_s].toString(), u"PERMISSION_DENIED"_s);
        QCOMPARE(row[u"request"_s].toString(), u"connect"_s);
        QVERIFY(!row[u"address"_s].toString().isEmpty());
    }

    void refusalsAreNarrowedByCode()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        AdminConsole otto(server.port(), by(u"otto"_s));
        QVERIFY(!otto.hello().isEmpty());
        QJsonObject request = watch(u"errors"_s);
        request.insert(u"codes"_s, QJsonArray{u"ROOM_NOT_FOUND"_s});
        QCOMPARE(otto.outcome("admin:watch", request), u"ok"_s);
        TestClient ann(server.port(), as(u"ann"_s));
        ann.emitEvent(u"dialogue:trigger"_s, saying(u"x"_s));
        ann.emitEvent(u"dialogue:join"_s, in(u"nowhere"_s));
        const QJsonArray rows = otto.client().waitFor(u"admin:errors"_s).payload[u"rows"_s].toArray();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0][u"code"].toString(), u"ROOM_NOT_FOUND"_s);
        QCOMPARE(
            otto.outcome("admin:update", {{u"watch"_s, u"w"_s}, {u"codes"_s, QJsonArray{u"NONE_SUCH"_s}}}),
            u"INVALID_REQUEST"_s);
        QCOMPARE(otto.outcome("admin:update", {{u"watch"_s, u"w"_s}, {u"codes"_s, QJsonArray()}}), u"ok"_s);
        ann.emitEvent(u"dialogue:trigger"_s, saying(u"x"_s));
        QCOMPARE(otto.client().waitFor(u"admin:errors"_s).payload[u"rows"_s][0][u"code"].toString(),
                 u"NOT_IN_ROOM"_s);
    }

    void theAuditLogIsSeenAsItIsWrittenByWhoMay()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        AdminConsole olga(server.port(), by(u"olga"_s));
        AdminConsole otto(server.port(), by(u"otto"_s));
        AdminConsole gil(server.port(), by(u"gil"_s));
        for (AdminConsole *const each : {&olga, &otto, &gil})
            QVERIFY(!each->hello().isEmpty());
        QCOMPARE(otto.outcome("admin:watch", watch(u"audit"_s)), u"PERMISSION_DENIED"_s);
        QCOMPARE(gil.outcome("admin:watch", watch(u"audit"_s)), u"PERMISSION_DENIED"_s);
        QCOMPARE(olga.outcome("admin:watch", watch(u"audit"_s)), u"ok"_s);
        QCOMPARE(otto.act(u"triggerEvent"_s, saying(u"hello"_s)), u"ok"_s);
        QStringList seen;
        while (seen.size() < 2) {
            const QJsonArray rows = olga.client().waitFor(u"admin:audit"_s).payload[u"rows"_s].toArray();
            QVERIFY(!rows.isEmpty());
            for (const QJsonValue &row : rows)
                seen.append(row[u"account"].toString() + u' ' + row[u"action"].toString());
        }
        QCOMPARE(seen, QStringList(2, u"otto triggerEvent"_s));
    }

    void ofRoomsWhatIsOtherIsTold()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        AdminConsole otto(server.port(), by(u"otto"_s));
        QVERIFY(!otto.hello().isEmpty());
        QCOMPARE(otto.outcome("admin:watch", watch(u"rooms"_s, {u"chat"_s, u"game-1"_s, u"nowhere"_s})),
                 u"ok"_s);
        const TestClient::Event first = otto.client().waitFor(u"admin:state"_s);
        QCOMPARE(first.payload[u"set"_s].toArray().size(), 2);
        QCOMPARE(first.payload[u"gone"_s].toArray(), QJsonArray{u"nowhere"_s});
        QVERIFY(server.trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, u"hello"_s}}).result());
        const TestClient::Event next = otto.client().waitFor(u"admin:state"_s);
        QCOMPARE(next.payload[u"rev"_s].toInt(), 2);
        QCOMPARE(next.payload[u"set"_s].toArray().size(), 1);
        QCOMPARE(next.payload[u"set"_s][0][u"offset"].toInt(), 1);
        // Counted by the server, whatever offsets say.
        const QJsonObject busy = rowOf(
            otto, u"chat"_s, [](const QJsonObject &row) { return row[u"eventsPerSecond"_s].toDouble() > 0; });
        QVERIFY(busy[u"bytesPerSecond"_s].toDouble() > busy[u"eventsPerSecond"_s].toDouble());
        QVERIFY(!rowOf(otto, u"chat"_s, [](const QJsonObject &row) {
                     return row[u"eventsPerSecond"_s].toDouble() == 0;
                 }).isEmpty());
        QVERIFY(server.deleteRoom(u"game-1"_s));
        TestClient::Event gone = otto.client().waitFor(u"admin:state"_s);
        QCOMPARE(gone.payload[u"gone"_s].toArray(), QJsonArray{u"game-1"_s});
        QVERIFY(server.createRoom({.id = u"game-1"_s, .name = u"Again"_s}));
        QCOMPARE(rowOf(otto, u"game-1"_s)[u"name"_s].toString(), u"Again"_s);
    }

    void ofClientsWhatIsOtherIsTold_data() { workersTable(); }
    void ofClientsWhatIsOtherIsTold()
    {
        QFETCH(int, workers);
        Dialogue server(guarded(workers));
        QVERIFY(server.start());
        AdminConsole otto(server.port(), by(u"otto"_s));
        QVERIFY(!otto.hello().isEmpty());
        auto ann = std::make_unique<TestClient>(server.port(), as(u"ann"_s));
        TestClient bob(server.port(), as(u"bob"_s));
        const QString annId = idOf(*ann);
        const QString bobId = idOf(bob);
        QCOMPARE(otto.outcome("admin:watch", watch(u"clients"_s, {annId})), u"ok"_s);
        const QJsonObject row = rowOf(otto, annId);
        QCOMPARE(row[u"userId"_s].toString(), u"ann"_s);
        QCOMPARE(row[u"rooms"_s].toInt(), 0);
        QVERIFY(row.contains(u"queuedBytes"_s));
        const QJsonArray listed = otto.ask("admin:list", {{u"what"_s, u"clients"_s}})[u"rows"_s].toArray();
        QVERIFY(listed.contains(row));
        ann->emitEvent(u"dialogue:join"_s, in(u"chat"_s));
        QVERIFY(!rowOf(otto, annId, [](const QJsonObject &now) { return now[u"rooms"_s] == 1; }).isEmpty());
        QCOMPARE(otto.outcome("admin:update",
                              {{u"watch"_s, u"w"_s}, {u"ids"_s, QJsonArray{annId, bobId, u"nobody"_s}}}),
                 u"ok"_s);
        QStringList gone;
        QStringList set;
        while (gone.isEmpty() || set.isEmpty()) {
            const TestClient::Event state = otto.client().waitFor(u"admin:state"_s);
            QVERIFY(!state.name.isEmpty());
            for (const QJsonValue &id : state.payload[u"gone"_s].toArray())
                gone.append(id.toString());
            for (const QJsonValue &each : state.payload[u"set"_s].toArray())
                set.append(each[u"id"].toString());
        }
        QCOMPARE(gone, QStringList{u"nobody"_s});
        QCOMPARE(set, QStringList{bobId});
        ann.reset();
        QCOMPARE(otto.client().waitFor(u"admin:state"_s).payload[u"gone"_s].toArray(), QJsonArray{annId});
    }

    void anAccountOfSomeRoomsSeesWhoComesIntoThemAndLeaves()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        AdminConsole gil(server.port(), by(u"gil"_s));
        QVERIFY(!gil.hello().isEmpty());
        TestClient ann(server.port(), as(u"ann"_s));
        const QString id = idOf(ann);
        ann.emitEvent(u"dialogue:join"_s, in(u"chat"_s));
        QCOMPARE(gil.outcome("admin:watch", watch(u"clients"_s, {id})), u"ok"_s);
        QCOMPARE(gil.client().waitFor(u"admin:state"_s).payload[u"gone"_s].toArray(), QJsonArray{id});
        ann.emitEvent(u"dialogue:join"_s, in(u"game-1"_s));
        QCOMPARE(rowOf(gil, id)[u"rooms"_s].toInt(), 1);
        ann.emitEvent(u"dialogue:leave"_s, in(u"game-1"_s));
        QCOMPARE(gil.client().waitFor(u"admin:state"_s).payload[u"gone"_s].toArray(), QJsonArray{id});
        QCOMPARE(gil.outcome("admin:unwatch", {{u"watch"_s, u"w"_s}}), u"ok"_s);
        QCOMPARE(gil.outcome("admin:watch", watch(u"rooms"_s, {u"chat"_s, u"game-1"_s})), u"ok"_s);
        const TestClient::Event rooms = gil.client().waitFor(u"admin:state"_s);
        QCOMPARE(rooms.payload[u"set"_s].toArray().size(), 1);
        QCOMPARE(rooms.payload[u"gone"_s].toArray(), QJsonArray{u"chat"_s});
    }

    void whoTakesNothingIsSentNothingAndThenTheNewest()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        AdminConsole otto(server.port(), by(u"otto"_s));
        QVERIFY(!otto.hello().isEmpty());
        QCOMPARE(otto.outcome("admin:watch", watch(u"rooms"_s, {u"chat"_s})), u"ok"_s);
        int events = 0;
        const auto say = [&] {
            return server.trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, u"x"_s}}).result()
                && ++events > 0;
        };
        for (int rev = 1; rev <= admin::EventWatch::MostUnderWay; ++rev) {
            QVERIFY(say());
            QCOMPARE(otto.client().waitFor(u"admin:state"_s).payload[u"rev"_s].toInt(), rev);
        }
        // Another one is told meanwhile, each time.
        AdminConsole olga(server.port(), by(u"olga"_s));
        QVERIFY(!olga.hello().isEmpty());
        QCOMPARE(olga.outcome("admin:watch", watch(u"rooms"_s, {u"chat"_s})), u"ok"_s);
        for (int i = 0; i < 2; ++i) {
            QVERIFY(say());
            QVERIFY(!rowOf(olga, u"chat"_s, [&](const QJsonObject &row) {
                         return row[u"offset"_s] == events;
                     }).isEmpty());
        }
        credit(otto, 1);
        const TestClient::Event state = otto.client().waitFor(u"admin:state"_s);
        QCOMPARE(state.payload[u"rev"_s].toInt(), admin::EventWatch::MostUnderWay + 1);
        QCOMPARE(state.payload[u"set"_s][0][u"offset"].toInt(), events);
    }

    void afterAReloadAllIsToldAnew()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        AdminConsole otto(server.port(), by(u"otto"_s));
        QVERIFY(!otto.hello().isEmpty());
        QCOMPARE(otto.outcome("admin:watch", watch(u"rooms"_s, {u"game-1"_s})), u"ok"_s);
        QVERIFY(!rowOf(otto, u"game-1"_s).isEmpty());
        QVERIFY(server.reconfigure(server.config()));
        QCOMPARE(otto.client().waitFor(u"admin:resync"_s).payload[u"watch"_s].toString(), u"w"_s);
        QVERIFY(!rowOf(otto, u"game-1"_s).isEmpty());
    }

    void whatAWatchHasNoUseForIsAnError_data()
    {
        QTest::addColumn<QJsonObject>("request");
        QTest::addColumn<QString>("path");
        const auto with = [](QJsonObject request, const QString &name, const QJsonValue &value) {
            request.insert(name, value);
            return request;
        };
        QTest::newRow("ids of events") << watch(u"events"_s, {u"a"_s}) << u"ids"_s;
        QTest::newRow("codes of rooms")
            << with(watch(u"rooms"_s), u"codes"_s, QJsonArray{u"ROOM_FULL"_s}) << u"codes"_s;
        QTest::newRow("rooms of clients")
            << with(watch(u"clients"_s), u"rooms"_s, QJsonArray{u"a"_s}) << u"rooms"_s;
        QTest::newRow("a filter of errors")
            << with(watch(u"errors"_s), u"filter"_s, u"seq > 1"_s) << u"filter"_s;
        QTest::newRow("a code that is none")
            << with(watch(u"errors"_s), u"codes"_s, QJsonArray{u"NO_SUCH"_s}) << u"codes"_s;
        QTest::newRow("something else") << watch(u"weather"_s) << u"what"_s;
        QStringList many;
        for (int i = 0; i <= admin::StateWatch::MostIds; ++i)
            many.append(QString::number(i));
        QTest::newRow("too many ids") << watch(u"rooms"_s, many) << u"ids"_s;
    }
    void whatAWatchHasNoUseForIsAnError()
    {
        QFETCH(QJsonObject, request);
        QFETCH(QString, path);
        Dialogue server(guarded());
        QVERIFY(server.start());
        AdminConsole otto(server.port(), by(u"otto"_s));
        QVERIFY(!otto.hello().isEmpty());
        const QJsonObject reply = otto.ask("admin:watch", request);
        QCOMPARE(reply[u"error"_s][u"code"].toString(), u"INVALID_REQUEST"_s);
        QCOMPARE(reply[u"error"_s][u"path"].toString(), path);
        QCOMPARE(server.counters().admin.watches, 0);
    }

    void watchesOfAllKindsCountAndEndTogether()
    {
        ServerConfig with = guarded();
        with.admin.maxWatches = 3;
        Dialogue server(with);
        QVERIFY(server.start());
        AdminConsole olga(server.port(), by(u"olga"_s));
        QVERIFY(!olga.hello().isEmpty());
        const auto ask = [&](const QString &name, const QString &what) {
            return olga.outcome("admin:watch", {{u"watch"_s, name}, {u"what"_s, what}});
        };
        QCOMPARE(ask(u"a"_s, u"errors"_s), u"ok"_s);
        QCOMPARE(ask(u"a"_s, u"rooms"_s), u"INVALID_REQUEST"_s);
        QCOMPARE(ask(u"b"_s, u"rooms"_s), u"ok"_s);
        QCOMPARE(ask(u"c"_s, u"events"_s), u"ok"_s);
        QCOMPARE(ask(u"d"_s, u"audit"_s), u"LIMIT_REACHED"_s);
        QCOMPARE(server.counters().admin.watches, 3);
        QCOMPARE(olga.outcome("admin:unwatch", {{u"watch"_s, u"b"_s}}), u"ok"_s);
        QCOMPARE(ask(u"d"_s, u"audit"_s), u"ok"_s);
        olga.client().close();
        QTRY_COMPARE(server.counters().admin.watches, 0);
    }
};

DIALOGUE_TEST(TestAdminWatches, QCoreApplication)
#include "tst_adminwatches.moc"
