#include "adminconsole.h"
#include "dialoguetest.h"

#include "server/admin/passwordtool.h"
#include "testclasses.h"

#include <QDateTime>

#include <algorithm>
#include <memory>
#include <vector>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** Actions in /admin on all that a filter wants. */
class TestAdminFilters : public QObject
{
    Q_OBJECT

    QString m_hash;

    ServerConfig guarded() const
    {
        ServerConfig with = config(0);
        with.rooms.append({.id = u"game-1"_s, .name = u"Game"_s});
        with.admin.accounts
            = {{.name = u"olga"_s, .password = m_hash, .role = AdminRole::Owner, .rooms = {u"*"_s}},
               {.name = u"vera"_s, .password = m_hash, .role = AdminRole::Viewer, .rooms = {u"*"_s}},
               {.name = u"gil"_s, .password = m_hash, .role = AdminRole::Owner, .rooms = {u"game-*"_s}}};
        return with;
    }
    /** Consoles of tests are clients, too, without a name. */
    inline static const QString Users = u"userId ~ \"u-*\""_s;

    static QJsonObject by(const QString &name)
    {
        return {{u"account"_s, name}, {u"password"_s, u"long enough"_s}};
    }
    static QJsonObject disconnecting(const QString &where, std::optional<int> expect = {})
    {
        return request(u"disconnectClient"_s, {}, where, expect);
    }
    static QJsonObject request(const QString &action, const QJsonObject &args, const QString &where,
                               std::optional<int> expect = {})
    {
        static int id = 0;
        QJsonObject request{
            {u"id"_s, QString::number(++id)}, {u"action"_s, action}, {u"args"_s, args}, {u"where"_s, where}};
        if (expect)
            request.insert(u"expect"_s, *expect);
        else
            request.insert(u"dryRun"_s, true);
        return request;
    }
    static QString codeOf(const QJsonObject &ack) { return ack[u"error"_s][u"code"_s].toString(); }

    /** A server with so many clients, each of a user of its own, in the rooms that are said. */
    struct Crowd
    {
        Crowd(const ServerConfig &with, int count, const QString &room = {})
            : server(with)
        {
            if (!server.start())
                qFatal("it does not start");
            for (int i = 0; i < count; ++i)
                add(u"u-%1"_s.arg(i), room);
        }
        void add(const QString &user, const QString &room = {})
        {
            clients.push_back(std::make_unique<TestClient>(server.port(), as(user)));
            (void)clients.back()->waitFor(u"dialogue:connected"_s);
            if (!room.isEmpty())
                (void)server.clients(user).first()->join(room);
            users.append(user);
        }
        [[nodiscard]] qsizetype connected() const
        {
            return std::ranges::count_if(
                users, [this](const QString &user) { return !server.clients(user).isEmpty(); });
        }

        Dialogue server;
        std::vector<std::unique_ptr<TestClient>> clients;
        QStringList users;
    };

private Q_SLOTS:
    void initTestCase()
    {
        const auto hash = admin::hashOfPassword("long enough");
        QVERIFY(hash);
        m_hash = QString::fromLatin1(*hash);
    }

    void aDryRunSaysHowManyAndWhoTheFirstAre()
    {
        Crowd crowd(guarded(), 25);
        crowd.add(u"ada"_s);
        AdminConsole olga(crowd.server.port(), by(u"olga"_s));
        QCOMPARE(olga.hello()[u"mostTargets"_s].toInt(), 10'000);
        const QJsonObject found = olga.ask("admin:do", disconnecting(Users));
        QCOMPARE(found[u"items"_s].toInt(), 25);
        QCOMPARE(found[u"reaches"_s].toInt(), 25);
        const QJsonArray first = found[u"first"_s].toArray();
        QCOMPARE(first.size(), 20);
        QVERIFY(first[0][u"userId"].toString().startsWith(u"u-"));
        QCOMPARE(crowd.connected(), 26);
    }

    void reachesThoseAndNobodyElse()
    {
        Crowd crowd(guarded(), 3);
        crowd.add(u"ada"_s);
        AdminConsole olga(crowd.server.port(), by(u"olga"_s));
        QVERIFY(!olga.hello().isEmpty());
        const QJsonObject asked = disconnecting(Users, 3);
        const QJsonObject done = olga.ask("admin:do", asked);
        QCOMPARE(done[u"done"_s].toInt(), 3);
        QCOMPARE(done[u"failed"_s].toInt(), 0);
        QTRY_COMPARE(crowd.connected(), 1);
        QCOMPARE(crowd.server.clients(u"ada"_s).size(), 1);
        // Asked again it is answered as before.
        QCOMPARE(olga.ask("admin:do", asked)[u"done"_s].toInt(), 3);
    }

    void isDoneToNoMoreThanWereExpected()
    {
        Crowd crowd(guarded(), 3);
        AdminConsole olga(crowd.server.port(), by(u"olga"_s));
        QVERIFY(!olga.hello().isEmpty());
        const QJsonObject refused = olga.ask("admin:do", disconnecting(Users, 2));
        QCOMPARE(codeOf(refused), u"INVALID_REQUEST"_s);
        QCOMPARE(refused[u"error"_s][u"path"_s].toString(), u"expect"_s);
        QVERIFY(refused[u"error"_s][u"message"_s].toString().contains(u"there are 3"));
        QCOMPARE(crowd.connected(), 3);
        QJsonObject unsaid = disconnecting(Users, 0);
        unsaid.remove(u"expect"_s);
        QCOMPARE(olga.ask("admin:do", unsaid)[u"error"_s][u"path"_s].toString(), u"expect"_s);
        QCOMPARE(crowd.connected(), 3);
        // Some have gone meanwhile.
        QCOMPARE(olga.ask("admin:do", disconnecting(Users, 10))[u"done"_s].toInt(), 3);
    }

    void isDoneToNoMoreThanMayBe()
    {
        ServerConfig with = guarded();
        with.admin.maxTargets = 2;
        Crowd crowd(with, 3);
        AdminConsole olga(crowd.server.port(), by(u"olga"_s));
        QCOMPARE(olga.hello()[u"mostTargets"_s].toInt(), 2);
        QCOMPARE(olga.ask("admin:do", disconnecting(Users))[u"most"_s].toInt(), 2);
        QCOMPARE(codeOf(olga.ask("admin:do", disconnecting(Users, 3))), u"LIMIT_REACHED"_s);
        QCOMPARE(crowd.connected(), 3);
    }

    void moreThanATurnIsWorthIsDoneAll()
    {
        constexpr int Rooms = 700; // Of which a turn looks at 256.
        ServerConfig with = guarded();
        for (int i = 0; i < Rooms; ++i)
            with.rooms.append({.id = u"lot-%1"_s.arg(i), .name = u"Lot"_s});
        Crowd crowd(with, 0);
        AdminConsole olga(crowd.server.port(), by(u"olga"_s));
        QVERIFY(!olga.hello().isEmpty());
        const QJsonObject args{{u"userId"_s, u"mallory"_s}};
        QCOMPARE(olga.ask("admin:do", request(u"banUser"_s, args, u"name == \"Lot\""_s))[u"items"_s].toInt(),
                 Rooms);
        const QJsonObject done
            = olga.ask("admin:do", request(u"banUser"_s, args, u"name == \"Lot\""_s, Rooms));
        QCOMPARE(done[u"done"_s].toInt(), Rooms);
        QCOMPARE(crowd.server.sanctions().size(), Rooms);
    }

    void anAccountOfSomeRoomsHitsThose()
    {
        Crowd crowd(guarded(), 1, u"game-1"_s);
        crowd.add(u"u-7"_s, u"chat"_s);
        AdminConsole gil(crowd.server.port(), by(u"gil"_s));
        QVERIFY(!gil.hello().isEmpty());
        const auto kicking
            = [](const QString &room) { return request(u"removeParticipant"_s, in(room), Users, 10); };
        QCOMPARE(codeOf(gil.ask("admin:do", kicking(u"chat"_s))), u"PERMISSION_DENIED"_s);
        QCOMPARE(codeOf(gil.ask("admin:do", disconnecting(u"id"_s, 10))), u"PERMISSION_DENIED"_s);
        QCOMPARE(gil.ask("admin:do", request(u"deleteRoom"_s, {}, u"id"_s))[u"items"_s].toInt(), 1);
        QCOMPARE(gil.ask("admin:do", kicking(u"game-1"_s))[u"done"_s].toInt(), 1);
        QCOMPARE(crowd.server.room(u"game-1"_s)->size(), 0);
        QCOMPARE(crowd.server.room(u"chat"_s)->size(), 1);
        QCOMPARE(gil.ask("admin:do", request(u"deleteRoom"_s, {}, u"id"_s, 1))[u"done"_s].toInt(), 1);
        QVERIFY(crowd.server.room(u"chat"_s));
        QVERIFY(!crowd.server.room(u"game-1"_s));
    }

    void whatIsWrongWithItIsTold_data()
    {
        QTest::addColumn<QJsonObject>("asked");
        QTest::addColumn<QString>("path");
        QTest::newRow("no such name") << disconnecting(u"userld != \"ada\""_s, 9) << u"where"_s;
        QTest::newRow("below a name") << disconnecting(u"userId.id != \"ada\""_s, 9) << u"where"_s;
        QTest::newRow("no filter") << disconnecting(u"userId ="_s, 9) << u"where"_s;
        QTest::newRow("blank") << disconnecting(u" "_s, 9) << u"where"_s;
        QTest::newRow("of nobody") << request(u"broadcast"_s, {}, u"id"_s, 9) << u"where"_s;
        QTest::newRow("of one besides")
            << request(u"deleteRoom"_s, in(u"chat"_s), u"id"_s, 9) << u"args.roomId"_s;
        QJsonObject each = disconnecting(u"id"_s, 9);
        each.remove(u"args"_s);
        each.insert(u"each"_s, QJsonArray{QJsonObject{}});
        QTest::newRow("each besides") << each << u"where"_s;
        QJsonObject room = request(u"deleteRoom"_s, {}, u"id"_s, 9);
        room.insert(u"room"_s, u"chat"_s);
        QTest::newRow("rooms in a room") << room << u"room"_s;
        QJsonObject alone = disconnecting(u"id"_s, 9);
        alone.remove(u"where"_s);
        QTest::newRow("expected of nothing") << alone << u"expect"_s;
    }
    void whatIsWrongWithItIsTold()
    {
        QFETCH(QJsonObject, asked);
        QFETCH(QString, path);
        Crowd crowd(guarded(), 1);
        AdminConsole olga(crowd.server.port(), by(u"olga"_s));
        QVERIFY(!olga.hello().isEmpty());
        const QJsonObject ack = olga.ask("admin:do", asked);
        QCOMPARE(codeOf(ack), u"INVALID_REQUEST"_s);
        QCOMPARE(ack[u"error"_s][u"path"_s].toString(), path);
        QCOMPARE(crowd.connected(), 1);
        QVERIFY(crowd.server.room(u"chat"_s));
        QCOMPARE(crowd.server.counters().admin.actionsRefused, 1);
    }

    void whatItWasDoneToIsOneEntry()
    {
        Crowd crowd(guarded(), 3, u"chat"_s);
        crowd.add(u"elsewhere"_s);
        AdminConsole olga(crowd.server.port(), by(u"olga"_s));
        QVERIFY(!olga.hello().isEmpty());
        QJsonObject asked = disconnecting(u"id"_s, 3);
        asked.insert(u"room"_s, u"chat"_s);
        asked.insert(u"reason"_s, u"spam"_s);
        QCOMPARE(olga.ask("admin:do", asked)[u"done"_s].toInt(), 3);
        const QJsonArray rows = olga.ask("admin:list", {{u"what"_s, u"audit"_s}})[u"rows"_s].toArray();
        QCOMPARE(rows.size(), 2); // It, and how it ended.
        QCOMPARE(rows[1][u"where"].toString(), u"id"_s);
        QCOMPARE(rows[1][u"room"].toString(), u"chat"_s);
        QCOMPARE(rows[1][u"count"].toInt(), 3);
        QCOMPARE(rows[1][u"reason"].toString(), u"spam"_s);
        QCOMPARE(rows[0][u"count"].toInt(), 3);
        QCOMPARE(rows[0][u"failed"].toInt(), 0);
        QCOMPARE(crowd.connected(), 1);
    }

    void whatFailsIsTold()
    {
        Crowd crowd(guarded(), 2);
        crowd.add(u"u-9"_s, u"chat"_s);
        AdminConsole olga(crowd.server.port(), by(u"olga"_s));
        QVERIFY(!olga.hello().isEmpty());
        const QJsonObject args{{u"event"_s, u"message"_s}, {u"data"_s, QJsonObject{{u"text"_s, QString()}}}};
        const QJsonObject done = olga.ask("admin:do", request(u"triggerEvent"_s, args, u"id"_s, 2));
        QCOMPARE(done[u"done"_s].toInt(), 1);
        QCOMPARE(done[u"failed"_s].toInt(), 1);
        const QJsonArray failures = done[u"failures"_s].toArray();
        QCOMPARE(failures.size(), 1);
        QCOMPARE(failures[0][u"id"].toString(), u"chat"_s);
        QCOMPARE(failures[0][u"error"][u"code"].toString(), u"VALIDATION_FAILED"_s);
        QCOMPARE(crowd.server.room(u"chat"_s)->offset(), quint64(0));
        QCOMPARE(crowd.server.room(u"game-1"_s)->offset(), quint64(1));
    }

    void whoIsNotWantedAnyMoreAtHisTurnIsLeftOut()
    {
        Crowd crowd(guarded(), 3);
        AdminConsole olga(crowd.server.port(), by(u"olga"_s));
        QVERIFY(!olga.hello().isEmpty());
        // When the first comes into the chat, another one has found a room.
        int joined = 0;
        connect(&crowd.server, &Dialogue::clientJoined, this, [&](const ConnectedClient *first) {
            if (++joined > 1)
                return;
            QStringList others = crowd.users;
            others.removeOne(first->userId());
            (void)crowd.server.clients(others[0]).first()->join(u"game-1"_s);
        });
        const QJsonObject asked = request(u"addParticipant"_s, in(u"chat"_s), u"rooms == 0 && "_s + Users, 3);
        const QJsonObject done = olga.ask("admin:do", asked);
        QCOMPARE(done[u"done"_s].toInt(), 2);
        QCOMPARE(done[u"skipped"_s].toInt(), 1);
        QCOMPARE(done[u"failed"_s].toInt(), 0);
        QCOMPARE(crowd.server.room(u"chat"_s)->size(), 2);
        const QJsonArray rows = olga.ask("admin:list", {{u"what"_s, u"audit"_s}})[u"rows"_s].toArray();
        QCOMPARE(rows[0][u"count"].toInt(), 3);
        QCOMPARE(rows[0][u"skipped"].toInt(), 1);
    }

    void whoIsNotInTheRoomAnyMoreAtHisTurnIsLeftOut()
    {
        Crowd crowd(guarded(), 2, u"chat"_s);
        AdminConsole olga(crowd.server.port(), by(u"olga"_s));
        QVERIFY(!olga.hello().isEmpty());
        int left = 0;
        connect(&crowd.server, &Dialogue::clientLeft, this, [&](const ConnectedClient *first) {
            if (++left > 1)
                return;
            for (const QString &user : std::as_const(crowd.users)) {
                if (user != first->userId())
                    (void)crowd.server.clients(user).first()->leave(u"chat"_s);
            }
        });
        const QJsonObject done
            = olga.ask("admin:do", request(u"removeParticipant"_s, in(u"chat"_s), Users, 2));
        QCOMPARE(done[u"done"_s].toInt(), 1);
        QCOMPARE(done[u"skipped"_s].toInt(), 1);
        QCOMPARE(done[u"failed"_s].toInt(), 0);
    }

    void roomsThatAreGoneOrOthersByThenAreLeftOut()
    {
        Crowd crowd(guarded(), 1);
        AdminConsole olga(crowd.server.port(), by(u"olga"_s));
        for (const QString &id : {u"a-1"_s, u"a-2"_s, u"a-3"_s})
            QVERIFY(crowd.server.createRoom({.id = id, .name = u"Lot"_s}));
        QVERIFY(!olga.hello().isEmpty());
        QStringList deleted;
        connect(&crowd.server, &Dialogue::roomDeleted, this, [&](const QString &id) {
            deleted.append(id);
            if (deleted.size() > 1)
                return;
            QStringList others{u"a-1"_s, u"a-2"_s, u"a-3"_s};
            others.removeOne(id);
            (void)crowd.server.deleteRoom(others[0]);
            (void)crowd.server.clients(u"u-0"_s).first()->join(others[1]);
        });
        const QJsonObject done
            = olga.ask("admin:do", request(u"deleteRoom"_s, {}, u"name == \"Lot\" && size == 0"_s, 3));
        QCOMPARE(done[u"done"_s].toInt(), 1);
        QCOMPARE(done[u"skipped"_s].toInt(), 2);
        QCOMPARE(done[u"failed"_s].toInt(), 0);
        QCOMPARE(deleted.size(), 2);
    }

    void listsTheSanctionsThatHoldForWhomTheyAre()
    {
        Crowd crowd(guarded(), 0);
        Dialogue &server = crowd.server;
        QVERIFY(server.ban(u"mallory"_s, {.reason = u"spam"_s}));
        QVERIFY(server.mute(u"bob"_s,
                            {.roomId = u"game-1"_s, .duration = std::chrono::hours(1), .by = u"mia"_s}));
        QVERIFY(server.mute(u"ada"_s, {.roomId = u"chat"_s}));
        const auto rowsFor = [&](AdminConsole &console, const QJsonObject &more = {}) {
            QJsonObject request = more;
            request.insert(u"what"_s, u"sanctions"_s);
            return console.ask("admin:list", request);
        };
        AdminConsole olga(server.port(), by(u"olga"_s));
        QVERIFY(!olga.hello().isEmpty());
        const QJsonArray all = rowsFor(olga)[u"rows"_s].toArray();
        QCOMPARE(all.size(), 3);
        const qint64 since = all[0][u"since"].toInteger();
        QVERIFY(since > 0 && since <= QDateTime::currentMSecsSinceEpoch());
        QCOMPARE(all[0].toObject(),
                 QJsonObject({{u"kind"_s, u"mute"_s},
                              {u"userId"_s, u"ada"_s},
                              {u"roomId"_s, u"chat"_s},
                              {u"by"_s, u"application"_s},
                              {u"since"_s, since}}));
        QCOMPARE(all[1][u"by"].toString(), u"user:mia"_s);
        QVERIFY(all[1][u"until"].toDouble() > double(QDateTime::currentMSecsSinceEpoch()));
        QCOMPARE(all[2][u"kind"].toString(), u"ban"_s);
        QCOMPARE(all[2][u"reason"].toString(), u"spam"_s);
        QVERIFY(!all[2].toObject().contains(u"roomId"_s));
        // Page by page, that which ends next first.
        const QJsonObject sorted{{u"sort"_s, u"until"_s}, {u"limit"_s, 1}};
        QJsonObject page = rowsFor(olga, sorted);
        QCOMPARE(page[u"total"_s].toInt(), 3);
        QCOMPARE(page[u"rows"_s][0][u"userId"].toString(), u"bob"_s);
        QJsonObject next = sorted;
        next.insert(u"after"_s, page[u"next"_s]);
        QCOMPARE(rowsFor(olga, next)[u"rows"_s][0][u"userId"].toString(), u"ada"_s);
        QCOMPARE(rowsFor(olga, {{u"search"_s, u"SPAM"_s}})[u"rows"_s].toArray().size(), 1);
        QCOMPARE(rowsFor(olga, {{u"room"_s, u"chat"_s}})[u"rows"_s].toArray().size(), 1);
        AdminConsole gil(server.port(), by(u"gil"_s));
        QVERIFY(!gil.hello().isEmpty());
        QCOMPARE(rowsFor(gil)[u"rows"_s].toArray().size(), 1);
        AdminConsole vera(server.port(), by(u"vera"_s));
        QVERIFY(!vera.hello().isEmpty());
        QVERIFY(rowsFor(vera)[u"rows"_s][0][u"userId"].toString() != u"ada");
        // The moderator is a user, too.
        QCOMPARE(rowsFor(vera, {{u"search"_s, u"mia"_s}})[u"total"_s].toInt(), 0);
        QVERIFY(rowsFor(vera, {{u"search"_s, u"user:~"_s}})[u"total"_s].toInt() == 1);
        QCOMPARE(rowsFor(olga, {{u"search"_s, u"mia"_s}})[u"total"_s].toInt(), 1);
        // An account is who acts by it.
        QCOMPARE(olga.act(u"muteUser"_s, {{u"userId"_s, u"zed"_s}}), u"ok"_s);
        const QJsonObject newest{{u"sort"_s, u"since"_s}, {u"descending"_s, true}};
        QCOMPARE(rowsFor(olga, newest)[u"rows"_s][0][u"by"].toString(), u"admin:olga"_s);
        QCOMPARE(rowsFor(olga, {{u"sort"_s, u"by"_s}})[u"rows"_s][0][u"userId"].toString(), u"zed"_s);
        QCOMPARE(olga.act(u"liftMute"_s, {{u"userId"_s, u"zed"_s}}), u"ok"_s);
        // What is lifted is gone.
        QCOMPARE(olga.act(u"liftBan"_s, {{u"userId"_s, u"mallory"_s}}), u"ok"_s);
        QCOMPARE(rowsFor(olga)[u"rows"_s].toArray().size(), 2);
    }

    void listsShowWhatAFilterWants()
    {
        Crowd crowd(guarded(), 3);
        crowd.add(u"ada"_s, u"chat"_s);
        AdminConsole olga(crowd.server.port(), by(u"olga"_s));
        QVERIFY(!olga.hello().isEmpty());
        const auto count = [](AdminConsole &console, const QString &what, const QString &where) {
            return console.ask("admin:list", {{u"what"_s, what}, {u"where"_s, where}})[u"total"_s].toInt(-1);
        };
        QCOMPARE(count(olga, u"clients"_s, u"rooms == 0 && "_s + Users), 3);
        QCOMPARE(count(olga, u"rooms"_s, u"size > 0 || name == \"Game\""_s), 2);
        QCOMPARE(count(olga, u"audit"_s, u"id"_s), -1);
        // Who may not see users does not find them out by asking for them.
        AdminConsole vera(crowd.server.port(), by(u"vera"_s));
        QVERIFY(!vera.hello().isEmpty());
        QCOMPARE(count(vera, u"clients"_s, u"userId == \"ada\""_s), 0);
        QCOMPARE(count(vera, u"clients"_s, u"rooms == 1"_s), 1);
        QCOMPARE(codeOf(vera.ask("admin:do", disconnecting(u"id"_s))), u"PERMISSION_DENIED"_s);
    }
};

DIALOGUE_TEST(TestAdminFilters, QCoreApplication)

#include "tst_adminfilters.moc"
