#include "dialoguetest.h"

#include "server/config/configfile.h"
#include "testclasses.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace dialogue;
using namespace dialogue::test;

namespace {

const QByteArray TokenSecret = "0123456789abcdef0123456789abcdef";

QString signedToken(const QString &user, const QStringList &roles)
{
    constexpr auto url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    const QJsonObject claims{{u"sub"_s, user},
                             {u"roles"_s, QJsonArray::fromStringList(roles)},
                             {u"exp"_s, QDateTime::currentSecsSinceEpoch() + 3600},
                             {u"iss"_s, u"i"_s},
                             {u"aud"_s, u"a"_s}};
    const QByteArray input = QByteArray(R"({"alg":"HS256"})").toBase64(url) + '.'
        + QJsonDocument(claims).toJson(QJsonDocument::Compact).toBase64(url);
    return QString::fromLatin1(
        input + '.'
        + QMessageAuthenticationCode::hash(input, TokenSecret, QCryptographicHash::Sha256).toBase64(url));
}

QJsonObject signedInAs(const QString &user, const QStringList &roles = {})
{
    return {{u"token"_s, signedToken(user, roles)}};
}

QJsonObject inRoom(const QString &room, const QString &event, const QJsonValue &data)
{
    return {{u"roomId"_s, room}, {u"event"_s, event}, {u"data"_s, data}};
}

} // namespace

/** What a configuration says of middleware and rates, over sockets. */
class TestBuiltInMiddleware : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    ServerConfig read(const QByteArray &text, int workers = 0) const
    {
        const ConfigReport report = parseConfig(
            "auth: {jwt: {keys: [{algorithm: HS256, secretFile: secret}], issuer: i, audience: a}}\n" + text,
            m_folder.filePath(u"c.yaml"_s));
        if (!report.config)
            qFatal("%s", qPrintable(report.issues.constFirst().text()));
        ServerConfig config = *report.config;
        config.port = 0;
        config.workers = workers;
        return config;
    }
    static QString trigger(TestClient &client, const QString &event, const QJsonValue &data,
                           const QString &room = u"chat"_s)
    {
        const QJsonObject ack = client.ask(u"dialogue:trigger"_s, inRoom(room, event, data));
        return ack[u"ok"_s].toBool() ? u"ok"_s : ack[u"error"_s][u"code"_s].toString();
    }
    static bool join(TestClient &client, const QString &room = u"chat"_s)
    {
        return client.ask(u"dialogue:join"_s, in(room))[u"ok"_s].toBool();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile secret(m_folder.filePath(u"secret"_s));
        QVERIFY(secret.open(QIODevice::WriteOnly));
        secret.write(TokenSecret);
    }

    void filtersBlockAndMask()
    {
        Dialogue server(read(R"(
rooms:
  chat:
    events: [message]
    middleware: [{contentFilter: {blocklist: [spam], fields: [/text]}}]
  soft:
    events: [message]
    middleware: [{contentFilter: {blocklist: [spam], patterns: ["[0-9]{4}"], action: mask}}]
)"));
        QVERIFY(server.start());
        TestClient ann(server.port(), signedInAs(u"ann"_s));
        QVERIFY(join(ann) && join(ann, u"soft"_s));
        const QJsonObject refused = ann.ask(
            u"dialogue:trigger"_s, inRoom(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, u"Spam!"_s}}));
        QCOMPARE(refused[u"error"_s][u"code"_s], u"EVENT_BLOCKED"_s);
        QVERIFY2(refused[u"error"_s][u"message"_s].toString().startsWith(u"data/text"_s),
                 qPrintable(refused[u"error"_s][u"message"_s].toString()));
        QCOMPARE(trigger(ann, u"message"_s, QJsonObject{{u"text"_s, u"ham"_s}, {u"other"_s, u"spam"_s}}),
                 u"ok"_s);
        ann.ask(u"dialogue:subscribe"_s, QJsonObject{{u"roomId"_s, u"soft"_s}, {u"event"_s, u"message"_s}});
        QCOMPARE(trigger(ann, u"message"_s, u"SPAM 12345"_s, u"soft"_s), u"ok"_s);
        QCOMPARE(server.getHistory(u"soft"_s, {}).result()->size(), 0);
        QCOMPARE(server.counters().middleware.blocked, 1);
        QCOMPARE(server.counters().middleware.masked, 1);
    }

    void maskedIsWhatOthersHear()
    {
        Dialogue server(test::config(1));
        QVERIFY(server.use(
            u"chat"_s, middleware::contentFilter({.blocklist = {u"spam"_s}, .action = FilterAction::Mask})));
        ServerConfig config = server.config();
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(join(ann));
        QVERIFY(ann.ask(u"dialogue:trigger"_s, saying(u"more SPAM"_s))[u"ok"_s].toBool());
        QCOMPARE(textOf(ann.waitFor(u"dialogue:event"_s)), u"more ****"_s);
    }

    void rolesAreThoseOfTheToken()
    {
        Dialogue server(read(R"(
rooms: {chat: {events: [message], middleware: [{requireRole: [member, editor]}]}}
)"));
        QVERIFY(server.start());
        TestClient guest(server.port(), signedInAs(u"gus"_s, {u"guest"_s}));
        TestClient editor(server.port(), signedInAs(u"eve"_s, {u"x"_s, u"editor"_s}));
        QVERIFY(join(guest) && join(editor));
        QCOMPARE(trigger(guest, u"message"_s, 1), u"PERMISSION_DENIED"_s);
        QCOMPARE(trigger(editor, u"message"_s, 1), u"ok"_s);
        QVERIFY(server.trigger(u"chat"_s, u"message"_s, 1).result());
        QCOMPARE(server.counters().middleware.withoutRole, 1);
    }

    void rolesThatSomebodyOnlyClaimsAreNone()
    {
        Dialogue server(test::config(0));
        QVERIFY(server.use(middleware::requireRole(u"member"_s)));
        QVERIFY(server.start());
        TestClient eve(server.port(), {{u"userId"_s, u"eve"_s}, {u"roles"_s, QJsonArray{u"member"_s}}});
        QVERIFY(join(eve));
        QCOMPARE(trigger(eve, u"message"_s, QJsonObject{{u"text"_s, u"x"_s}}), u"PERMISSION_DENIED"_s);
    }

    void ratesHoldOverTabsAndReconnects_data() { workersTable(); }
    void ratesHoldOverTabsAndReconnects()
    {
        QFETCH(int, workers);
        Dialogue server(read(R"(
middleware: [{rateLimit: {maxEvents: 5, window: 1h}}]
rooms:
  chat: {events: [message], middleware: [{rateLimit: {maxEvents: 2, window: 1h}}]}
  other: {events: [message], middleware: [{rateLimit: {maxEvents: 2, window: 1h}}]}
  third: {events: [message]}
)",
                             workers));
        QVERIFY(server.start());
        {
            TestClient first(server.port(), signedInAs(u"ann"_s));
            QVERIFY(join(first));
            QCOMPARE(trigger(first, u"message"_s, 1), u"ok"_s);
        }
        TestClient ann(server.port(), signedInAs(u"ann"_s));
        TestClient tab(server.port(), signedInAs(u"ann"_s));
        for (TestClient *client : {&ann, &tab})
            QVERIFY(join(*client) && join(*client, u"other"_s) && join(*client, u"third"_s));
        QCOMPARE(trigger(ann, u"message"_s, 2), u"ok"_s);
        const QJsonObject refused = tab.ask(u"dialogue:trigger"_s, inRoom(u"chat"_s, u"message"_s, 3));
        QCOMPARE(refused[u"error"_s][u"code"_s], u"RATE_LIMITED"_s);
        QVERIFY(refused[u"error"_s][u"retryAfter"_s].toInteger() > 3'000'000);
        QCOMPARE(trigger(tab, u"message"_s, 1, u"other"_s), u"ok"_s); // Each room for itself.
        QCOMPARE(trigger(tab, u"message"_s, 1, u"third"_s), u"ok"_s);
        QCOMPARE(trigger(ann, u"message"_s, 1, u"third"_s), u"RATE_LIMITED"_s); // Five in all rooms came by.
        TestClient bob(server.port(), signedInAs(u"bob"_s));
        QVERIFY(join(bob));
        QCOMPARE(trigger(bob, u"message"_s, 1), u"ok"_s);
        QCOMPARE(server.counters().middleware.rateLimited, 2);
    }

    void eventsAndRolesHaveRatesOfTheirOwn_data() { workersTable(); }
    void eventsAndRolesHaveRatesOfTheirOwn()
    {
        QFETCH(int, workers);
        Dialogue server(read(R"(
rateLimit:
  perRoom:
    chat:
      maxEvents: 2
      window: 1h
      events: {bid: {maxEvents: 1, window: 1h}}
      roles: {editor: {maxEvents: 4, window: 1h}}
rooms: {chat: {events: [message, bid]}}
)",
                             workers));
        QVERIFY(server.start());
        TestClient ann(server.port(), signedInAs(u"ann"_s));
        QVERIFY(join(ann));
        QCOMPARE(trigger(ann, u"bid"_s, 1), u"ok"_s);
        QCOMPARE(trigger(ann, u"bid"_s, 1), u"RATE_LIMITED"_s);
        QCOMPARE(trigger(ann, u"message"_s, 1), u"ok"_s);
        QCOMPARE(trigger(ann, u"message"_s, 1), u"RATE_LIMITED"_s);
        {
            TestClient eve(server.port(), signedInAs(u"eve"_s, {u"editor"_s}));
            QVERIFY(join(eve));
            for (int i = 0; i < 2; ++i)
                QCOMPARE(trigger(eve, u"message"_s, i), u"ok"_s);
        }
        TestClient eve(server.port(), signedInAs(u"eve"_s, {u"editor"_s}));
        TestClient tab(server.port(), signedInAs(u"eve"_s, {u"editor"_s}));
        QVERIFY(join(eve) && join(tab));
        QCOMPARE(trigger(eve, u"bid"_s, 1), u"ok"_s);
        QCOMPARE(trigger(tab, u"bid"_s, 1), u"RATE_LIMITED"_s);
        QCOMPARE(trigger(tab, u"message"_s, 1), u"ok"_s);
        QCOMPARE(trigger(eve, u"message"_s, 1), u"RATE_LIMITED"_s);
        const BudgetCounters counters = server.counters().budgets;
        QCOMPARE(counters.refusedOf(BudgetKind::NamedEvent), 2);
        QCOMPARE(counters.refusedOf(BudgetKind::RoomEvent), 2);
    }

    void templatesHaveItToo()
    {
        Dialogue server(read(R"(
roomCreation:
  create: authenticated
  templates: {"game-*": {events: [move], middleware: [{rateLimit: {maxEvents: 1, window: 1h}}]}}
)"));
        QVERIFY(server.start());
        TestClient ann(server.port(), signedInAs(u"ann"_s));
        for (const QString &id : {u"game-1"_s, u"game-2"_s}) {
            QVERIFY(ann.ask(u"dialogue:createRoom"_s, QJsonObject{{u"id"_s, id}, {u"name"_s, id}})[u"ok"_s]
                        .toBool());
            QVERIFY(join(ann, id));
            QCOMPARE(trigger(ann, u"move"_s, 1, id), u"ok"_s);
            QCOMPARE(trigger(ann, u"move"_s, 1, id), u"RATE_LIMITED"_s);
        }
    }

    void loggersWriteALineForEachEvent()
    {
        Dialogue server(test::config(0));
        QVERIFY(server.use(middleware::logger()));
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(join(ann));
        QTest::ignoreMessage(QtInfoMsg, R"("message" in "chat" by "ann": 12 bytes of data)");
        QCOMPARE(trigger(ann, u"message"_s, QJsonObject{{u"text"_s, u"x"_s}}), u"ok"_s);
    }

    void functionsOfTheApplicationMayBeGivenAtAnyTime()
    {
        Dialogue server(test::config(0));
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(join(ann));
        server.use([](EventMessage &message, const Room &, ConnectedClient *sender) -> Result<void> {
            message.data
                = QJsonObject{{u"text"_s, sender->userId() + u": "_s + message.data[u"text"_s].toString()}};
            return {};
        });
        QCOMPARE(trigger(ann, u"message"_s, QJsonObject{{u"text"_s, u"x"_s}}), u"ok"_s);
        QCOMPARE(textOf(ann.waitFor(u"dialogue:event"_s)), u"ann: x"_s);
        server.use(u"chat"_s, [](EventMessage &, const Room &, ConnectedClient *) -> Result<void> {
            throw std::runtime_error("oops");
        });
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"Dialogue::use\\(\\)"_s));
        QCOMPARE(trigger(ann, u"message"_s, QJsonObject{{u"text"_s, u"x"_s}}), u"EVENT_BLOCKED"_s);
    }

    void whatCannotBeMadeIsRefused()
    {
        Dialogue server(test::config(0));
        const auto used = server.use(middleware::contentFilter({.patterns = {u"("_s}}));
        QVERIFY(!used);
        QCOMPARE(used.error().code, ErrorCode::ConfigError);
        QCOMPARE(used.error().path, u"middleware[0].patterns[0]"_s);
        QVERIFY(server.start());
    }
};

DIALOGUE_TEST(TestBuiltInMiddleware, QCoreApplication)
#include "tst_builtinmiddleware.moc"
