#include "adminconsole.h"
#include "dialoguetest.h"

#include "server/admin/passwordtool.h"
#include "testclasses.h"

#include <QPromise>
#include <QRegularExpression>

#include <stdexcept>

using namespace dialogue;
using namespace dialogue::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/** Who comes into /admin by what the application says. */
class TestAdminHook : public QObject
{
    Q_OBJECT

    static QJsonObject by(const QString &name, const QString &password = u"secret"_s)
    {
        return {{u"account"_s, name}, {u"password"_s, password}};
    }
    static QJsonObject withToken(const QString &token) { return {{u"token"_s, token}}; }
    static AdminIdentity ida() { return {.name = u"ida"_s, .role = u"operator"_s, .rooms = {u"chat"_s}}; }
    static Hooks answering(const Result<AdminIdentity> &answer)
    {
        Hooks hooks;
        hooks.adminAccount = [answer](const AdminLogin &) { return answer; };
        return hooks;
    }

private Q_SLOTS:
    void withoutItNobodyComesIn()
    {
        Dialogue server(config(0));
        QVERIFY(server.start());
        AdminConsole ida(server.port(), by(u"ida"_s));
        QCOMPARE(ida.client().waitFor(u"connect_error"_s).payload[u"message"_s].toString(),
                 u"Invalid namespace"_s);
    }

    void comesInAsItSays_data() { workersTable(); }
    void comesInAsItSays()
    {
        QFETCH(int, workers);
        AdminLogin asked;
        Hooks hooks;
        hooks.adminAccount = [&asked](const AdminLogin &login) -> Result<AdminIdentity> {
            asked = login;
            return ida();
        };
        Dialogue server(config(workers), hooks);
        QVERIFY(server.start());
        AdminConsole console(server.port(), by(u"ida@example.org"_s));
        const QJsonObject account = console.hello()[u"account"_s].toObject();
        QCOMPARE(account[u"name"_s].toString(), u"ida"_s);
        QCOMPARE(account[u"role"_s].toString(), u"operator"_s);
        QCOMPARE(account[u"rooms"_s].toArray(), QJsonArray({u"chat"_s}));
        QCOMPARE(asked.account, u"ida@example.org"_s);
        QCOMPARE(asked.password, u"secret"_s);
        QVERIFY(asked.token.isEmpty());
        QVERIFY(asked.handshake.address.isLoopback());
        QCOMPARE(console.act(u"deleteRoom"_s, in(u"chat"_s)), u"PERMISSION_DENIED"_s);
        QVERIFY(!AdminConsole(server.port(), withToken(u"4711"_s)).hello().isEmpty());
        QCOMPARE(asked.token, u"4711"_s);
        QVERIFY(asked.account.isEmpty() && asked.password.isEmpty());
    }

    void comesInWhenItIsAnswered()
    {
        QPromise<Result<AdminIdentity>> answer;
        answer.start();
        bool isAsked = false;
        Hooks hooks;
        hooks.adminAccountLater = [&](const AdminLogin &, const std::stop_token &) {
            isAsked = true;
            return answer.future();
        };
        Dialogue server(config(0), hooks);
        QVERIFY(server.start());
        AdminConsole console(server.port(), by(u"ida"_s));
        QTRY_VERIFY(isAsked);
        QCOMPARE(server.counters().admin.consoles, 0);
        answer.addResult(ida());
        answer.finish();
        QCOMPARE(console.hello()[u"account"_s][u"name"_s].toString(), u"ida"_s);
    }

    void whoGoesMeanwhileIsNotAskedAboutAnyMore()
    {
        QPromise<Result<AdminIdentity>> answer;
        answer.start();
        std::optional<std::stop_token> stop;
        Hooks hooks;
        hooks.adminAccountLater = [&](const AdminLogin &, const std::stop_token &token) {
            stop = token;
            return answer.future();
        };
        Dialogue server(config(0), hooks);
        QVERIFY(server.start());
        AdminConsole console(server.port(), by(u"ida"_s));
        QTRY_VERIFY(stop);
        QVERIFY(!stop->stop_requested());
        console.client().close();
        QTRY_VERIFY(stop->stop_requested());
        answer.addResult(ida());
        answer.finish();
        QCOMPARE(server.counters().admin.consoles, 0);
    }

    void noAnswerInTimeLetsNobodyIn()
    {
        QPromise<Result<AdminIdentity>> never;
        never.start();
        Hooks hooks;
        hooks.adminAccountLater
            = [&never](const AdminLogin &, const std::stop_token &) { return never.future(); };
        ServerConfig with = config(0);
        with.hooks.timeout = 20ms;
        Dialogue server(with, hooks);
        QVERIFY(server.start());
        QCOMPARE(AdminConsole(server.port(), by(u"ida"_s)).refusal(), u"UNAVAILABLE"_s);
    }

    void whatItThrowsLetsNobodyIn()
    {
        Hooks hooks;
        hooks.adminAccount
            = [](const AdminLogin &) -> Result<AdminIdentity> { throw std::runtime_error("the database"); };
        Dialogue server(config(0), hooks);
        QVERIFY(server.start());
        AdminConsole console(server.port(), by(u"ida"_s));
        const QJsonObject refused = console.client().waitFor(u"connect_error"_s).payload.toObject();
        QCOMPARE(refused[u"data"_s][u"code"_s].toString(), u"UNAVAILABLE"_s);
        QVERIFY(!refused[u"message"_s].toString().contains(u"database"));
    }

    void whomItRefusesIsToldAndHasTriedInVain()
    {
        Dialogue server(config(0), answering(Error{ErrorCode::Unauthorized, u"your badge is over"_s}));
        QVERIFY(server.start());
        AdminConsole console(server.port(), by(u"ida"_s));
        QCOMPARE(console.client().waitFor(u"connect_error"_s).payload[u"message"_s].toString(),
                 u"your badge is over"_s);
        QString last;
        for (int i = 0; i < 31 && last != u"RATE_LIMITED"; ++i)
            last = AdminConsole(server.port(), by(u"ida"_s)).refusal();
        QCOMPARE(last, u"RATE_LIMITED"_s);
    }

    void whatCouldStandInNoConfigurationLetsNobodyIn_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("role");
        QTest::addColumn<QStringList>("rooms");
        const QStringList all{u"*"_s};
        QTest::newRow("no role") << u"ida"_s << QString() << all;
        QTest::newRow("unknown role") << u"ida"_s << u"admin"_s << all;
        QTest::newRow("role in capitals") << u"ida"_s << u"Owner"_s << all;
        QTest::newRow("no name") << QString() << u"owner"_s << all;
        QTest::newRow("the name of the token") << u"(token)"_s << u"owner"_s << all;
        QTest::newRow("a line of a log") << u"ida\n"_s << u"owner"_s << all;
        QTest::newRow("a room without a name") << u"ida"_s << u"owner"_s << QStringList{QString()};
    }
    void whatCouldStandInNoConfigurationLetsNobodyIn()
    {
        QFETCH(QString, name);
        QFETCH(QString, role);
        QFETCH(QStringList, rooms);
        Dialogue server(config(0), answering(AdminIdentity{.name = name, .role = role, .rooms = rooms}));
        QVERIFY(server.start());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"Hooks::adminAccount answered"_s));
        QCOMPARE(AdminConsole(server.port(), by(u"ida"_s)).refusal(), u"UNAUTHORIZED"_s);
    }

    void withoutRoomsItSeesNone()
    {
        Dialogue server(config(0), answering(AdminIdentity{.name = u"ida"_s, .role = u"owner"_s}));
        QVERIFY(server.start());
        AdminConsole console(server.port(), by(u"ida"_s));
        QVERIFY(!console.hello().isEmpty());
        QVERIFY(console.ask("admin:list", {{u"what"_s, u"rooms"_s}})[u"rows"_s].toArray().isEmpty());
        QCOMPARE(console.act(u"deleteRoom"_s, in(u"chat"_s)), u"PERMISSION_DENIED"_s);
    }

    void accountsOfTheConfigurationAreNotItsToSay()
    {
        const auto hash = admin::hashOfPassword("long enough");
        QVERIFY(hash);
        ServerConfig with = config(0);
        with.admin.accounts
            = {{.name = u"vera"_s, .password = QString::fromLatin1(*hash), .role = AdminRole::Viewer}};
        Dialogue server(with, answering(AdminIdentity{.name = u"vera"_s, .role = u"owner"_s}));
        QVERIFY(server.start());
        QCOMPARE(AdminConsole(server.port(), by(u"vera"_s)).refusal(), u"UNAUTHORIZED"_s);
        QCOMPARE(AdminConsole(server.port(), by(u"somebody"_s)).refusal(), u"UNAUTHORIZED"_s);
        AdminConsole vera(server.port(), by(u"vera"_s, u"long enough"_s));
        QCOMPARE(vera.hello()[u"account"_s][u"role"_s].toString(), u"viewer"_s);
    }

    void aReloadLeavesWhoCameInByIt()
    {
        Dialogue server(config(0), answering(ida()));
        QVERIFY(server.start());
        AdminConsole console(server.port(), by(u"ida"_s));
        QVERIFY(!console.hello().isEmpty());
        ServerConfig another = config(0);
        another.admin.maxConsoles = 1;
        QVERIFY(server.reconfigure(another));
        QCOMPARE(console.outcome("admin:list", {{u"what"_s, u"rooms"_s}}), u"ok"_s);
        QCOMPARE(AdminConsole(server.port(), by(u"ida"_s)).refusal(), u"LIMIT_REACHED"_s);
    }

    void itAndItsLaterFormExcludeOneAnother()
    {
        Hooks hooks = answering(ida());
        hooks.adminAccountLater = [](const AdminLogin &, const std::stop_token &) {
            return QtFuture::makeReadyFuture(Result<AdminIdentity>(ida()));
        };
        Dialogue server(config(0), hooks);
        QCOMPARE(server.start().error().code, ErrorCode::ConfigError);
    }
};

DIALOGUE_TEST(TestAdminHook, QCoreApplication)
#include "tst_adminhook.moc"
