#include "server/config/configfile.h"
#include "server/config/differences.h"
#include "testclasses.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace dialogue;

/** `middleware` of the server and of rooms. */
class TestConfigMiddleware : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString name() const { return m_folder.filePath(u"c.yaml"_s); }
    ConfigReport read(const QByteArray &text) const { return parseConfig(text, name()); }
    QStringList issuesOf(const QByteArray &text) const
    {
        QStringList texts;
        for (const ConfigIssue &issue : read(text).issues)
            texts.append(issue.text().replace(m_folder.path() + u'/', QString()));
        return texts;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile secret(m_folder.filePath(u"hook.secret"_s));
        QVERIFY(secret.open(QIODevice::WriteOnly));
        secret.write("0123456789abcdef\n");
    }

    void isRead()
    {
        const ConfigReport report = read(R"(
auth: {jwt: {keys: [{algorithm: HS256, secretFile: hook.secret}], issuer: i, audience: a}}
middleware:
  - logger
  - logger: {linesPerSecond: 5}
  - rateLimit: {maxEvents: 10, window: 1s}
rooms:
  chat:
    events: [message]
    middleware:
      - contentFilter: {blocklist: [spam, "buy now"], patterns: "[Bb]ad", fields: [/text], action: mask, maxLength: 100}
      - requireRole: member
      - requireRole: [member, editor]
      - webhook:
          url: https://example.org/check?a=b
          secretFile: hook.secret
          ca: ca.pem
          timeout: 2s
          retries: 1
          onError: pass
          maxPending: 10
          pendingBytes: 1MiB
          answerSize: 2KiB
roomCreation: {create: anyone, templates: {"game-*": {events: [move], middleware: [logger]}}}
)");
        QVERIFY2(report.config, report.config ? "" : qPrintable(report.issues.constFirst().text()));
        const ServerConfig &config = *report.config;
        QVERIFY(
            config.middleware
            == (QList<MiddlewareConfig>{EventLogger(), EventLogger{.linesPerSecond = 5}, RateLimit{10, 1s}}));
        const QList<MiddlewareConfig> expected{
            ContentFilter{.blocklist = {u"spam"_s, u"buy now"_s},
                          .patterns = {u"[Bb]ad"_s},
                          .fields = {u"/text"_s},
                          .action = FilterAction::Mask,
                          .maxLength = 100},
            RequireRole{{u"member"_s}}, RequireRole{{u"member"_s, u"editor"_s}},
            Webhook{.url = u"https://example.org/check?a=b"_s,
                    .secretFile = QDir(m_folder.path()).absoluteFilePath(u"hook.secret"_s),
                    .ca = QDir(m_folder.path()).absoluteFilePath(u"ca.pem"_s),
                    .timeout = 2s,
                    .retries = 1,
                    .onError = WebhookFailure::Pass,
                    .maxPending = 10,
                    .pendingBytes = 1024 * 1024,
                    .answerSize = 2048}};
        QVERIFY(config.rooms.constFirst().middleware == expected);
        QVERIFY(config.roomCreation.templates.constFirst().room.middleware
                == QList<MiddlewareConfig>{EventLogger()});
    }

    void saysWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("issue");
        const auto row = [](const char *what, const QByteArray &text, const QString &issue) {
            QTest::newRow(what) << QByteArray("middleware:\n  " + text) << issue;
        };
        row("no list", "logger: {}",
            u"c.yaml:2:3: middleware: must be a list such as [logger, {requireRole: member}], not a map"_s);
        row("a name of none", "- loger",
            u"c.yaml:2:5: middleware[0]: no middleware is called 'loger'; did you mean 'logger'?"_s);
        row("a name like none", "- xyzzyplugh",
            u"c.yaml:2:5: middleware[0]: no middleware is called 'xyzzyplugh'; there are logger, contentFilter, requireRole, rateLimit, webhook"_s);
        row("two names", "- {logger: {}, requireRole: a}",
            u"c.yaml:2:5: middleware[0]: must be the name of a middleware, or a map of one name and what it takes, such as {contentFilter: {blocklist: [spam]}}, not a map of 2"_s);
        row("a number of lines", "- logger: {linesPerSecond: 0}",
            u"c.yaml:2:30: middleware[0].logger.linesPerSecond: must be a whole number from 1 to 100000, not 0"_s);
        row("an unknown key", "- contentFilter: {words: [a]}",
            u"c.yaml:2:21: middleware[0].contentFilter: unknown key 'words'; known here: blocklist, patterns, fields, action, maxLength"_s);
        row("nothing to look for", "- contentFilter: {action: mask}",
            u"c.yaml:2:20: middleware[0].contentFilter: looks for nothing: name words (blocklist) or patterns"_s);
        row("a word that is none", "- contentFilter: {blocklist: [a, \"!!\"]}",
            u"c.yaml:2:36: middleware[0].contentFilter.blocklist[1]: must be a word, or several: \"!!\" has no letter and no digit"_s);
        row("a pattern that is none", "- contentFilter: {patterns: [a, \"(\"]}",
            u"c.yaml:2:35: middleware[0].contentFilter.patterns[1]: "_s);
        row("a pattern of anything", "- contentFilter: {patterns: [\"a*\"]}",
            u"c.yaml:2:32: middleware[0].contentFilter.patterns[0]: matches the empty text, and so whatever is said"_s);
        row("a field that is none", "- contentFilter: {blocklist: [a], fields: [text]}",
            u"c.yaml:2:46: middleware[0].contentFilter.fields: must be a JSON pointer such as \"/text\", not \"text\""_s);
        row("a pointer that is none", "- contentFilter: {blocklist: [a], fields: [/~2]}",
            u"c.yaml:2:46: middleware[0].contentFilter.fields[0]: must be a JSON pointer such as \"/text\", not \"/~2\""_s);
        row("an action", "- contentFilter: {blocklist: [a], action: hide}",
            u"c.yaml:2:45: middleware[0].contentFilter.action: must be one of block, mask, not \"hide\""_s);
        row("no role", "- requireRole",
            u"c.yaml:2:5: middleware[0].requireRole: must be the name of a role, or a list of them, not nothing"_s);
        row("no rate", "- rateLimit: {maxEvents: 1}",
            u"c.yaml:2:16: middleware[0].rateLimit: must be a rate such as {maxEvents: 100, window: 1m}, not one without 'window'"_s);
        row("no address", "- webhook: {secretFile: hook.secret}",
            u"c.yaml:2:14: middleware[0].webhook.url: must be an address such as \"https://example.org/check\""_s);
        row("an address of something else",
            "- webhook: {url: \"ftp://example.org\", secretFile: hook.secret}",
            u"c.yaml:2:20: middleware[0].webhook.url: must be an address such as \"https://example.org/check\", not "_s);
        row("a password in the address",
            "- webhook: {url: \"https://a:b@example.org\", secretFile: hook.secret}",
            u"c.yaml:2:20: middleware[0].webhook.url: must have no user, no password and no fragment"_s);
        row("no secret", "- webhook: {url: \"https://example.org\"}",
            u"c.yaml:2:14: middleware[0].webhook.secretFile: is required: what is sent is signed, so that nobody else can ask in our name"_s);
        row("longer than anybody waits",
            "- webhook: {url: \"https://example.org\", secretFile: hook.secret, timeout: 1s}\nhooks: "
            "{timeout: 1s}",
            u"c.yaml:2:77: middleware[0].webhook.timeout: must be less than hooks.timeout (1000 ms), after which nobody waits for it any more"_s);
    }
    void saysWhatIsWrongAndWhere()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, issue);
        const QStringList issues = issuesOf(text + "\nrooms: {a: {events: [e]}}\n");
        QCOMPARE(issues.size(), 1);
        QVERIFY2(issues.constFirst().startsWith(issue), qPrintable(issues.constFirst()));
    }

    void warnsOfWhatIsSeldomMeant()
    {
        QCOMPARE(
            issuesOf("rooms: {a: {events: [e], middleware: [{requireRole: m}]}}"),
            QStringList{
                u"c.yaml:1:53: warning: rooms.a.middleware[0].requireRole: nobody vouches for users here "
                "(auth.jwt): no role of theirs counts"_s});
        QCOMPARE(issuesOf("middleware: [{webhook: {url: \"http://example.org\", secretFile: hook.secret}}]\n"
                          "rooms: {a: {events: [e]}}"),
                 QStringList{
                     u"c.yaml:1:30: warning: middleware[0].webhook.url: is not https: whoever is on the way "
                     "reads what is said, and can answer"_s});
        QVERIFY(issuesOf("middleware: [{webhook: {url: \"http://127.0.0.1:80/\", secretFile: hook.secret}}]\n"
                         "rooms: {a: {events: [e]}}")
                    .isEmpty());
    }

    void isNoticedWhereItDiffers()
    {
        const auto config = [&](const QByteArray &server, const QByteArray &room) {
            return *read("middleware: [" + server + "]\nrooms: {a: {events: [e], middleware: [" + room
                         + "]}}")
                        .config;
        };
        const ServerConfig before = config("logger", "logger");
        QVERIFY(changedKeys(before, config("logger", "logger")).isEmpty());
        QCOMPARE(changedKeys(before, config({}, "logger")), QStringList{u"middleware"_s});
        QCOMPARE(changedKeys(before, config("logger", "logger: {linesPerSecond: 7}")),
                 QStringList{u"rooms.a"_s});
    }

    void ratesMayBeByEventAndRole()
    {
        const ConfigReport report = read(R"(
rateLimit:
  perRoom:
    chat:
      maxEvents: 10
      window: 1s
      events: {bid: {maxEvents: 1, window: 2s}}
      roles: {editor: {maxEvents: 100, window: 1s}, admin: {maxEvents: 1000, window: 1s}}
rooms: {chat: {events: [bid]}}
)");
        QVERIFY2(report.config, report.config ? "" : qPrintable(report.issues.constFirst().text()));
        const RoomRate rate = report.config->rateLimit.perRoom.value(u"chat"_s);
        QVERIFY(rate
                == (RoomRate{
                    10, 1s, {{u"bid"_s, {1, 2s}}}, {{u"editor"_s, {100, 1s}}, {u"admin"_s, {1000, 1s}}}}));
        ServerConfig other = *report.config;
        other.rateLimit.perRoom[u"chat"_s].roles.remove(u"admin"_s);
        QCOMPARE(changedKeys(*report.config, other), QStringList{u"rateLimit.perRoom"_s});
        const QByteArray begin
            = "rooms: {chat: {events: [bid]}}\nrateLimit: {perRoom: {chat: {maxEvents: 1, window: 1s, ";
        QCOMPARE(
            issuesOf(begin + "burst: 1}}}"),
            QStringList{u"c.yaml:2:56: rateLimit.perRoom: 'chat' has an unknown key 'burst'; known here: "
                        "maxEvents, window, events, roles"_s});
        QCOMPARE(
            issuesOf(begin + "events: [bid]}}}"),
            QStringList{
                u"c.yaml:2:64: rateLimit.perRoom: 'chat' 'events' must be a map such as {bid: {maxEvents: "
                "1, window: 1s}}, not a list"_s});
        QCOMPARE(issuesOf(begin + "roles: {a: {maxEvents: 1}}}}}"),
                 QStringList{
                     u"c.yaml:2:67: rateLimit.perRoom: 'chat' 'roles' 'a' must be a rate such as {maxEvents: "
                     "100, window: 1m}, not one without 'window'"_s});
    }
};

DIALOGUE_TEST(TestConfigMiddleware, NoApplication)
#include "tst_configmiddleware.moc"
