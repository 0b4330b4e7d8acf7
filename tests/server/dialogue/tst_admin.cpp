#include "adminconsole.h"
#include "dialoguetest.h"

#include "server/admin/passwordtool.h"
#include "server/namespaces/namespace.h"
#include "testclasses.h"

#include <QDir>
#include <QFile>
#include <QTcpSocket>
#include <QTemporaryDir>

using namespace dialogue;
using namespace dialogue::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/** To a GET of \a target: all that has come with its head. */
QByteArray answerOf(quint16 port, const QByteArray &target)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    socket.write("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QByteArray answer;
    (void)QTest::qWaitFor([&] {
        answer += socket.readAll();
        return answer.contains("\r\n\r\n");
    });
    return answer;
}

} // namespace

/** The namespace /admin of a server within an application; what consoles of strangers see is
 * tests/interop/admin.test.mjs. */
class TestAdmin : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_hash;

    AdminAccount account(const QString &name, AdminRole role, const QStringList &rooms = {u"*"_s}) const
    {
        return {.name = name, .password = m_hash, .role = role, .rooms = rooms};
    }
    ServerConfig guarded(int workers = 0) const
    {
        ServerConfig with = config(workers);
        with.admin.accounts = {account(u"otto"_s, AdminRole::Operator), account(u"olga"_s, AdminRole::Owner)};
        return with;
    }
    static QJsonObject by(const QString &name, const QString &password = u"long enough"_s)
    {
        return {{u"account"_s, name}, {u"password"_s, password}};
    }
    static QJsonObject message(const QString &text)
    {
        return {{u"roomId"_s, u"chat"_s},
                {u"event"_s, u"message"_s},
                {u"data"_s, QJsonObject{{u"text"_s, text}}}};
    }
    static QJsonObject watch(const QString &name)
    {
        return {{u"watch"_s, name}, {u"what"_s, u"events"_s}, {u"fields"_s, u"payload"_s}};
    }

private Q_SLOTS:
    void initTestCase()
    {
        const auto hash = admin::hashOfPassword("long enough");
        QVERIFY(hash);
        m_hash = QString::fromLatin1(*hash);
    }

    void isForAccountsAlone_data() { workersTable(); }
    void isForAccountsAlone()
    {
        QFETCH(int, workers);
        Dialogue server(guarded(workers));
        QVERIFY(server.start());
        AdminConsole otto(server.port(), by(u"otto"_s));
        QCOMPARE(otto.hello()[u"account"_s][u"role"_s].toString(), u"operator"_s);
        QCOMPARE(AdminConsole(server.port(), by(u"otto"_s, u"long enougH"_s)).refusal(), u"UNAUTHORIZED"_s);
        QCOMPARE(AdminConsole(server.port(), {}).refusal(), u"UNAUTHORIZED"_s);
        QCOMPARE(server.counters().admin.consoles, 1);
        QCOMPARE(server.counters().admin.refused, 2);
        QCOMPARE(otto.act(u"triggerEvent"_s, message(u"hello"_s)), u"ok"_s);
        QCOMPARE(server.room(u"chat"_s)->offset(), quint64(1));
        QCOMPARE(otto.act(u"deleteRoom"_s, in(u"chat"_s)), u"PERMISSION_DENIED"_s);
        QVERIFY(server.room(u"chat"_s));
        otto.client().close();
        QTRY_COMPARE(server.counters().admin.consoles, 0);
    }

    void hasAPortOfItsOwnWhereOneIsSaid_data() { workersTable(); }
    void hasAPortOfItsOwnWhereOneIsSaid()
    {
        QFETCH(int, workers);
        ServerConfig with = guarded(workers);
        with.admin.port = 0;
        Dialogue server(with);
        QCOMPARE(server.adminUrl(), QUrl());
        QVERIFY(server.start());
        const auto port = quint16(server.adminUrl().port());
        QVERIFY(port != 0 && port != server.port());
        QCOMPARE(server.urls().size(), 1);

        AdminConsole otto(port, by(u"otto"_s));
        QCOMPARE(otto.hello()[u"account"_s][u"role"_s].toString(), u"operator"_s);
        QCOMPARE(otto.act(u"triggerEvent"_s, message(u"hello"_s)), u"ok"_s);
        // It is there alone ...
        AdminConsole elsewhere(server.port(), by(u"otto"_s));
        QCOMPARE(elsewhere.client().waitFor(u"connect_error"_s).payload[u"message"_s].toString(),
                 u"Invalid namespace"_s);
        // ... and there is nothing else.
        TestClient client(port);
        QCOMPARE(client.waitFor(u"connect_error"_s).payload[u"message"_s].toString(), u"Invalid namespace"_s);
        TestClient user(server.port());
        QVERIFY(!user.waitFor(u"dialogue:connected"_s).payload.toObject().isEmpty());
    }

    void nothingButConsolesIsAtTheirPort()
    {
        ServerConfig with = guarded();
        with.admin.port = 0;
        with.demo = true;
        with.channels.sse.enabled = true;
        Dialogue server(with);
        server.http().get("/mine", [](const HttpRequest &) { return HttpResponse::text("mine"); });
        QVERIFY(server.start());
        const auto statusOf
            = [](quint16 port, const QByteArray &path) { return answerOf(port, path).mid(9, 3); };
        const auto port = quint16(server.adminUrl().port());
        for (const QByteArray &path : {"/mine"_ba, "/"_ba, "/health"_ba, "/events?rooms=chat"_ba}) {
            QCOMPARE(statusOf(port, path), "404"_ba);
            QCOMPARE(statusOf(server.port(), path), "200"_ba);
        }
    }

    void aSessionIsOfThePortThatItCameInBy()
    {
        ServerConfig with = guarded();
        with.admin.port = 0;
        Dialogue server(with);
        QVERIFY(server.start());
        const auto consoles = quint16(server.adminUrl().port());
        const auto ask = [](quint16 port, const QByteArray &more) {
            return answerOf(port, "/socket.io/?EIO=4&transport=polling" + more);
        };
        for (const auto &[here, there] :
             {std::pair(server.port(), consoles), std::pair(consoles, server.port())}) {
            const QByteArray opened = ask(here, {});
            const qsizetype at = opened.indexOf("{\"sid\":\"") + 8;
            const QByteArray sid = "&sid=" + opened.mid(at, opened.indexOf('"', at) - at);
            QVERIFY2(ask(there, sid).contains("Session ID unknown"), opened.constData());
        }
    }

    void aPortThatIsTakenIsTold()
    {
        Dialogue first(guarded());
        QVERIFY(first.start());
        ServerConfig with = guarded();
        with.admin.port = first.port();
        Dialogue second(with);
        const auto started = second.start();
        QVERIFY(!started);
        QCOMPARE(started.error().path, u"admin.port"_s);
        QCOMPARE(started.error().code, ErrorCode::IoError);
    }

    void aUserHasNothingToDoWithAnAccountOfItsName()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        QVERIFY(server.ban(u"otto"_s));
        AdminConsole otto(server.port(), by(u"otto"_s));
        QVERIFY(!otto.hello().isEmpty());
        QCOMPARE(server.clients(u"otto"_s).size(), 0);
    }

    void itsNameIsTakenWhereItIsThereAlone()
    {
        Dialogue guardedOne(guarded());
        QVERIFY(guardedOne.start());
        QCOMPARE(guardedOne.of(u"/admin"_s).error().code, ErrorCode::ConfigError);
        Dialogue other(config(0));
        QVERIFY(other.start());
        QVERIFY(other.of(u"/admin"_s));
    }

    void aReloadEndsWhatItTakesAway()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        AdminConsole otto(server.port(), by(u"otto"_s));
        AdminConsole olga(server.port(), by(u"olga"_s));
        QVERIFY(!otto.hello().isEmpty());
        QVERIFY(!olga.hello().isEmpty());
        ServerConfig now = server.config();
        now.admin.accounts = {account(u"olga"_s, AdminRole::Owner), account(u"vera"_s, AdminRole::Viewer)};
        QCOMPARE(*server.reconfigure(now), QStringList());
        QVERIFY(otto.client().waitForClose());
        QCOMPARE(AdminConsole(server.port(), by(u"otto"_s)).refusal(), u"UNAUTHORIZED"_s);
        QVERIFY(!AdminConsole(server.port(), by(u"vera"_s)).hello().isEmpty());
        QCOMPARE(olga.act(u"triggerEvent"_s, message(u"still here"_s)), u"ok"_s);
        // Another password of the same account.
        now = server.config();
        now.admin.accounts[0].password = QString::fromLatin1(*admin::hashOfPassword("another one"));
        QVERIFY(server.reconfigure(now));
        QVERIFY(olga.client().waitForClose());
    }

    void aReloadChangesWhatIsRedacted()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        AdminConsole otto(server.port(), by(u"otto"_s));
        QVERIFY(!otto.hello().isEmpty());
        QCOMPARE(otto.outcome("admin:watch", watch(u"w"_s)), u"ok"_s);
        QVERIFY(server.trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, u"plain"_s}}).result());
        QVERIFY(otto.client().waitFor(u"admin:batch"_s).attachments.value(0).contains("plain"));
        ServerConfig now = server.config();
        now.admin.redact = {{.room = u"ch*"_s, .event = u"message"_s, .path = u"/text"_s}};
        QVERIFY(server.reconfigure(now));
        QVERIFY(server.trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, u"plain"_s}}).result());
        QCOMPARE(otto.client().waitFor(u"admin:batch"_s).attachments.value(0),
                 QByteArray(R"({"text":"***"})"));
        // And what a schema marks, once the room is declared so.
        RoomConfig anew = chat();
        anew.events[0].schema = *Schema::fromJson(
            QJsonObject{{u"properties"_s, QJsonObject{{u"pin"_s, QJsonObject{{u"x-sensitive"_s, true}}}}}});
        QVERIFY(server.updateRoom(anew));
        QVERIFY(server.trigger(u"chat"_s, u"message"_s, QJsonObject{{u"pin"_s, u"4711"_s}}).result());
        QCOMPARE(otto.client().waitFor(u"admin:batch"_s).attachments.value(0),
                 QByteArray(R"({"pin":"***"})"));
    }

    void aTokenIsInAFileForItsOwnersEyes()
    {
        const QString file = m_folder.filePath(u"token"_s);
        ServerConfig with = config(0);
        with.admin.generateToken = true;
        with.admin.tokenFile = file;
        {
            Dialogue server(with);
            QVERIFY(server.start());
            QFile token(file);
            QVERIFY(token.open(QIODevice::ReadOnly));
            QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
            const QString text = QString::fromLatin1(token.readAll()).trimmed();
            QVERIFY(text.size() >= 43);
            AdminConsole owner(server.port(), {{u"token"_s, text}});
            QCOMPARE(owner.hello()[u"account"_s][u"role"_s].toString(), u"owner"_s);
            QCOMPARE(AdminConsole(server.port(), {{u"token"_s, QString()}}).refusal(), u"UNAUTHORIZED"_s);
            QCOMPARE(AdminConsole(server.port(), by(u"token"_s, text)).refusal(), u"UNAUTHORIZED"_s);
        }
        QVERIFY(!QFile::exists(file));
    }

    void saysWhatItCannotBeginWith()
    {
        ServerConfig with = guarded();
        with.admin.accounts[1].password = u"plain"_s;
        Dialogue unhashed(with);
        QCOMPARE(unhashed.start().error().path, u"admin.accounts[1].password"_s);
        with = guarded();
        with.admin.audit = m_folder.filePath(u"none/audit"_s);
        Dialogue unwritten(with);
        QCOMPARE(unwritten.start().error().path, u"admin.audit"_s);
    }

    void comesFromWhereItMay()
    {
        ServerConfig with = guarded();
        with.admin.from = {u"10.0.0.0/8"_s};
        Dialogue server(with);
        QVERIFY(server.start());
        QCOMPARE(AdminConsole(server.port(), by(u"otto"_s)).refusal(), u"PERMISSION_DENIED"_s);
    }

    void triesSoOften()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        QString code;
        for (int i = 0; i < 40 && code != u"RATE_LIMITED"; ++i)
            code = AdminConsole(server.port(), {{u"token"_s, u"guessed"_s}}).refusal();
        QCOMPARE(code, u"RATE_LIMITED"_s);
    }

    void doesOnceWhatHasOneId()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        AdminConsole otto(server.port(), by(u"otto"_s));
        QVERIFY(!otto.hello().isEmpty());
        const QJsonObject request{
            {u"id"_s, u"same"_s}, {u"action"_s, u"triggerEvent"_s}, {u"args"_s, message(u"a"_s)}};
        QCOMPARE(otto.ask("admin:do", request)[u"result"_s][u"offset"_s].toInt(), 1);
        QCOMPARE(otto.ask("admin:do", request)[u"result"_s][u"offset"_s].toInt(), 1);
        QCOMPARE(server.room(u"chat"_s)->offset(), quint64(1));
    }

    void doesNothingThatIsNotWrittenDown()
    {
        ServerConfig with = guarded();
        with.admin.audit = u"/dev/full"_s;
        Dialogue server(with);
        QVERIFY(server.start());
        AdminConsole otto(server.port(), by(u"otto"_s));
        QVERIFY(!otto.hello().isEmpty());
        QCOMPARE(otto.act(u"triggerEvent"_s, message(u"a"_s)), u"UNAVAILABLE"_s);
        QCOMPARE(server.room(u"chat"_s)->offset(), quint64(0));
        QCOMPARE(server.counters().admin.actionsRefused, 1);
    }

    void goesOnInANewAuditFileWhenFilesAreReadAgain()
    {
        ServerConfig with = guarded();
        with.admin.audit = m_folder.filePath(u"audit.log"_s);
        Dialogue server(with);
        QVERIFY(server.start());
        AdminConsole otto(server.port(), by(u"otto"_s));
        QVERIFY(!otto.hello().isEmpty());
        QCOMPARE(otto.act(u"triggerEvent"_s, message(u"a"_s)), u"ok"_s);
        QVERIFY(QFile::rename(with.admin.audit, with.admin.audit + u".1"_s));
        server.readFilesAgain();
        QCOMPARE(otto.act(u"triggerEvent"_s, message(u"b"_s)), u"ok"_s);
        QFile file(with.admin.audit);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("triggerEvent"));
    }

    void aTokenThatAnotherServerHasWrittenStays()
    {
        ServerConfig with = config(0);
        with.admin.generateToken = true;
        with.admin.tokenFile = m_folder.filePath(u"shared"_s);
        auto first = std::make_unique<Dialogue>(with);
        QVERIFY(first->start());
        ServerConfig same = with;
        same.port = first->port();
        {
            Dialogue failing(same);
            QVERIFY(!failing.start()); // The port is taken.
        }
        QVERIFY(QFile::exists(with.admin.tokenFile));
        Dialogue second(with);
        QVERIFY(second.start());
        first.reset();
        QVERIFY(QFile::exists(with.admin.tokenFile));
    }

    void anEventThatIsTooLargeIsToldOfThoughNoneComesBehindIt()
    {
        ServerConfig with = guarded();
        with.admin.watchBuffer = 64 * 1024;
        Dialogue server(with);
        QVERIFY(server.start());
        AdminConsole otto(server.port(), by(u"otto"_s));
        QVERIFY(!otto.hello().isEmpty());
        QCOMPARE(otto.outcome("admin:watch", watch(u"w"_s)), u"ok"_s);
        QVERIFY(server.trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, QString(100'000, u'x')}})
                    .result());
        QCOMPARE(otto.client().waitFor(u"admin:batch"_s).payload[u"dropped"_s][u"ring"_s].toInt(), 1);
    }

    void anAccountOfSomeRoomsListsThose()
    {
        ServerConfig with = guarded();
        with.admin.accounts.append(account(u"gil"_s, AdminRole::Owner, {u"game-*"_s}));
        with.rooms.append({.id = u"game-1"_s, .name = u"Game"_s});
        Dialogue server(with);
        QVERIFY(server.start());
        AdminConsole gil(server.port(), by(u"gil"_s));
        QVERIFY(!gil.hello().isEmpty());
        const QJsonArray rows = gil.ask("admin:list", {{u"what"_s, u"rooms"_s}})[u"rows"_s].toArray();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0][u"id"].toString(), u"game-1"_s);
        QCOMPARE(gil.outcome("admin:get", {{u"what"_s, u"room"_s}, {u"id"_s, u"chat"_s}}),
                 u"ROOM_NOT_FOUND"_s);
    }

    void aServerEndsWhileMuchIsWatched_data() { workersTable(); }
    void aServerEndsWhileMuchIsWatched()
    {
        QFETCH(int, workers);
        auto server = std::make_unique<Dialogue>(guarded(workers));
        QVERIFY(server->start());
        AdminConsole otto(server->port(), by(u"otto"_s));
        AdminConsole olga(server->port(), by(u"olga"_s));
        QVERIFY(!otto.hello().isEmpty());
        QVERIFY(!olga.hello().isEmpty());
        for (AdminConsole *const each : {&otto, &olga}) {
            for (int i = 0; i < 4; ++i)
                QCOMPARE(each->outcome("admin:watch", watch(QString::number(i))), u"ok"_s);
        }
        QCOMPARE(server->counters().admin.watches, 8);
        otto.client().abort();
        const QJsonObject data{{u"text"_s, QString(1000, u'x')}};
        for (int i = 0; i < 2000; ++i)
            QVERIFY(server->trigger(u"chat"_s, u"message"_s, data).result());
        QVERIFY(!olga.client().waitFor(u"admin:batch"_s).name.isEmpty());
        QTRY_COMPARE(server->counters().admin.watches, 4);
        for (int i = 0; i < 2000; ++i)
            QVERIFY(server->trigger(u"chat"_s, u"message"_s, data).result());
        server.reset();
    }

    void whatIsTooMuchToLookAtIsCounted()
    {
        ServerConfig with = guarded();
        with.admin.watchBuffer = 64 * 1024;
        Dialogue server(with);
        QVERIFY(server.start());
        AdminConsole otto(server.port(), by(u"otto"_s));
        QVERIFY(!otto.hello().isEmpty());
        QCOMPARE(otto.outcome("admin:watch", watch(u"w"_s)), u"ok"_s);
        const QJsonObject data{{u"text"_s, QString(100'000, u'x')}};
        QVERIFY(server.trigger(u"chat"_s, u"message"_s, data).result());
        QCOMPARE(server.counters().admin.droppedRing, 1);
        QVERIFY(server.trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, u"small"_s}}).result());
        int dropped = 0;
        int shown = 0;
        while (dropped + shown < 2) { // In one batch, or in two.
            const TestClient::Event batch = otto.client().waitFor(u"admin:batch"_s);
            QVERIFY(!batch.name.isEmpty());
            dropped += batch.payload[u"dropped"_s][u"ring"_s].toInt();
            shown += batch.payload[u"count"_s].toInt();
        }
        QCOMPARE(dropped, 1);
        QTRY_COMPARE(server.counters().admin.waitingBytes, 0);
    }
};

DIALOGUE_TEST(TestAdmin, QCoreApplication)
#include "tst_admin.moc"
