#include "server/config/configfile.h"
#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;

/** `admin`: who may look in, and what is not shown. */
class TestConfigAdmin : public QObject
{
    Q_OBJECT

    static QStringList issuesOf(const QByteArray &text)
    {
        QStringList texts;
        for (const ConfigIssue &issue :
             parseConfig(text + "\nrooms: {chat: {events: [message]}}\n", u"c.yaml"_s).issues)
            texts.append(issue.text());
        return texts;
    }

private Q_SLOTS:
    void isRead()
    {
        const ConfigReport report
            = parseConfig("admin:\n"
                          "  accounts:\n"
                          "    - {name: ada, password: $scrypt$a, role: owner}\n"
                          "    - {name: bob, password: $scrypt$b, rooms: [chat, game-*]}\n"
                          "  audit: audit.log\n"
                          "  redact: [{event: login, path: /a/*/b, as: hash}, {room: chat}]\n"
                          "  from: [10.0.0.0/8, loopback]\n",
                          u"/etc/c.yaml"_s);
        QVERIFY2(report.config, report.config ? "" : qPrintable(report.issues.constFirst().text()));
        const AdminConfig &admin = report.config->admin;
        QVERIFY(admin.isSet());
        QCOMPARE(
            admin.accounts,
            QList<AdminAccount>({{.name = u"ada"_s, .password = u"$scrypt$a"_s, .role = AdminRole::Owner},
                                 {.name = u"bob"_s,
                                  .password = u"$scrypt$b"_s,
                                  .role = AdminRole::Viewer,
                                  .rooms = {u"chat"_s, u"game-*"_s}}}));
        QCOMPARE(
            admin.redact,
            QList<RedactionRule>({{.event = u"login"_s, .path = u"/a/*/b"_s, .kind = RedactionKind::Hash},
                                  {.room = u"chat"_s}}));
        QCOMPARE(admin.audit, u"/etc/audit.log"_s);
        QVERIFY(!parseConfig("rooms: {}", u"c.yaml"_s).config->admin.isSet());
        QVERIFY(parseConfig("admin: {token: generate}", u"c.yaml"_s).config->admin.isSet());
    }

    void saysWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("issue");
        const auto row = [](const char *what, const QByteArray &text, const QString &issue) {
            QTest::newRow(what) << text << issue;
        };
        row("no password", "admin: {accounts: [{name: ada}]}",
            u"c.yaml:1:20: admin.accounts[0]: needs `password`"_s);
        row("no name", "admin: {accounts: [{password: $scrypt$a}]}",
            u"c.yaml:1:20: admin.accounts[0]: needs `name`"_s);
        row("a password as it is", "admin: {accounts: [{name: ada, password: secret}]}",
            u"c.yaml:1:42: admin.accounts[0].password: must be a hash that begins with \"$scrypt$\""_s);
        row("twice",
            "admin: {accounts: [{name: ada, password: $scrypt$a}, {name: ada, password: $scrypt$b}]}",
            u"c.yaml:1:19: admin.accounts: there are two accounts 'ada'"_s);
        row("another role", "admin: {accounts: [{name: ada, password: $scrypt$a, role: admin}]}",
            u"c.yaml:1:59: admin.accounts[0].role: must be one of viewer, inspector, operator, owner"_s);
        row("a map", "admin: {accounts: {ada: $scrypt$a}}",
            u"c.yaml:1:19: admin.accounts: must be a list such as [{name: ada, password: \"$scrypt$...\", role: operator}]"_s);
        row("no pointer", "admin: {redact: [{path: password}]}",
            u"c.yaml:1:25: admin.redact[0].path: must be a JSON pointer such as \"/password\""_s);
        row("no address", "admin: {from: [here]}", u"c.yaml:1:16: admin.from: "_s);
        row("another token", "admin: {token: secret}",
            u"c.yaml:1:16: admin.token: must be one of none, generate"_s);
        row("a file for nothing", "admin: {tokenFile: a}",
            u"c.yaml:1:20: warning: admin.tokenFile: nothing is written there without admin.token: generate"_s);
        row("a token for elsewhere", "admin: {token: generate, from: [private]}",
            u"c.yaml:1:16: warning: admin.token: is for trying it out"_s);
    }
    void saysWhatIsWrongAndWhere()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, issue);
        const QStringList issues = issuesOf(text);
        QCOMPARE(issues.size(), 1);
        QVERIFY2(issues.first().startsWith(issue), qPrintable(issues.first()));
    }

    void repeatsNoSecretThatStandsWhereItDoesNotBelong()
    {
        for (const QByteArray &text :
             QList<QByteArray>{"admin: {token: hunter2}",
                               "admin: {accounts: [{name: ada, password: hunter2, role: owner}]}",
                               "admin: {accounts: [{name: ada, password: [hunter2]}]}"}) {
            const QStringList issues = issuesOf(text);
            QVERIFY2(!issues.isEmpty(), text.constData());
            QVERIFY2(!issues.join(u' ').contains("hunter2"_L1), qPrintable(issues.join(u' ')));
        }
    }
};

DIALOGUE_TEST(TestConfigAdmin, QCoreApplication)
#include "tst_configadmin.moc"
