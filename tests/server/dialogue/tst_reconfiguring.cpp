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

const QByteArray FirstSecret = "0123456789abcdef0123456789abcdef";
const QByteArray SecondSecret = "fedcba9876543210fedcba9876543210";

QString tokenBy(const QByteArray &secret, const QString &user, const QStringList &roles)
{
    constexpr auto url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    const QJsonObject claims{{u"sub"_s, user},
                             {u"roles"_s, QJsonArray::fromStringList(roles)},
                             {u"exp"_s, QDateTime::currentSecsSinceEpoch() + 3600}};
    const QByteArray input = QByteArray(R"({"alg":"HS256"})").toBase64(url) + '.'
        + QJsonDocument(claims).toJson(QJsonDocument::Compact).toBase64(url);
    return QString::fromLatin1(
        input + '.'
        + QMessageAuthenticationCode::hash(input, secret, QCryptographicHash::Sha256).toBase64(url));
}

QJsonObject whoIs(const QString &user, const QStringList &roles = {}, const QByteArray &secret = FirstSecret)
{
    return {{u"token"_s, tokenBy(secret, user, roles)}};
}

QString answerTo(const QJsonObject &ack)
{
    return ack[u"ok"_s].toBool() ? u"ok"_s : ack[u"error"_s][u"code"_s].toString();
}

const QByteArray Auth = "auth: {jwt: {keys: [{algorithm: HS256, secretFile: first}]}}\n";

} // namespace

/** Dialogue::reconfigure(): a server that runs comes to have another configuration, or none of it. */
class TestReconfiguring : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    ServerConfig read(const QByteArray &text, int workers = 0) const
    {
        const ConfigReport report = parseConfig(text, m_folder.filePath(u"c.yaml"_s));
        if (!report.config)
            qFatal("%s", qPrintable(report.issues.constFirst().text()));
        ServerConfig config = *report.config;
        config.port = 0;
        config.workers = workers;
        return config;
    }
    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("Cannot write");
    }
    static QString say(TestClient &client, const QString &room = u"chat"_s, const QJsonValue &data = 1)
    {
        return answerTo(
            client.ask(u"dialogue:trigger"_s,
                       QJsonObject{{u"roomId"_s, room}, {u"event"_s, u"message"_s}, {u"data"_s, data}}));
    }
    static QString join(TestClient &client, const QString &room = u"chat"_s)
    {
        return answerTo(client.ask(u"dialogue:join"_s, in(room)));
    }
    static QStringList waiting(const Result<QStringList> &said)
    {
        if (!said)
            qFatal("%s", qPrintable(said.error().text()));
        return *said;
    }

private Q_SLOTS:
    void initTestCase()
    {
        write(u"first"_s, FirstSecret);
        write(u"second"_s, SecondSecret);
        write(u"short"_s, "short");
    }

    void roomsComeChangeAndGo_data() { workersTable(); }
    void roomsComeChangeAndGo()
    {
        QFETCH(int, workers);
        Dialogue server(
            read("rooms:\n  chat: {events: [message], maxSize: 1}\n  tea: {events: [message]}\n", workers));
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        TestClient bob(server.port(), as(u"bob"_s));
        QCOMPARE(join(ann), u"ok"_s);
        QCOMPARE(join(bob), u"ROOM_FULL"_s);
        QCOMPARE(join(bob, u"tea"_s), u"ok"_s);
        QCOMPARE(waiting(server.reconfigure(read("rooms:\n  chat: {name: Chat!, events: [message], maxSize: "
                                                 "2}\n  cake: {events: [message]}\n",
                                                 workers))),
                 QStringList());
        QCOMPARE(bob.waitFor(u"dialogue:roomCreated"_s).payload[u"id"_s].toString(), u"cake"_s);
        QCOMPARE(bob.waitFor(u"dialogue:roomDeleted"_s).payload[u"roomId"_s].toString(), u"tea"_s);
        QCOMPARE(server.room(u"chat"_s)->name(), u"Chat!"_s);
        QVERIFY(!server.room(u"tea"_s));
        QCOMPARE(join(bob), u"ok"_s);
        QCOMPARE(join(bob, u"cake"_s), u"ok"_s);
        QCOMPARE(say(ann), u"ok"_s); // Who was in stays in.
        QCOMPARE(server.config().rooms.size(), 2);
    }

    void rulesAreAskedAgain()
    {
        Dialogue server(read(Auth + "rooms: {chat: {events: [message], rules: {join: {roles: [member]}}}}"));
        QVERIFY(server.start());
        TestClient ann(server.port(), whoIs(u"ann"_s, {u"member"_s}));
        TestClient eve(server.port(), whoIs(u"eve"_s, {u"member"_s, u"editor"_s}));
        QVERIFY(join(ann) == u"ok"_s && join(eve) == u"ok"_s);
        (void)waiting(server.reconfigure(
            read(Auth + "rooms: {chat: {events: [message], rules: {join: {roles: [editor]}}}}")));
        QCOMPARE(ann.waitFor(u"dialogue:left"_s).payload[u"roomId"_s].toString(), u"chat"_s);
        QCOMPARE(say(ann), u"NOT_IN_ROOM"_s);
        QCOMPARE(say(eve), u"ok"_s);
    }

    void ratesAndMiddlewareAreOthers()
    {
        Dialogue server(read(
            "rateLimit: {perRoom: {chat: {maxEvents: 1, window: 1h}}}\nrooms: {chat: {events: [message]}}"));
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QCOMPARE(join(ann), u"ok"_s);
        QCOMPARE(say(ann), u"ok"_s);
        QCOMPARE(say(ann), u"RATE_LIMITED"_s);
        (void)waiting(server.reconfigure(read(R"(
rateLimit: {perRoom: {chat: {maxEvents: 4, window: 1h}}}
middleware: [{contentFilter: {blocklist: [spam]}}]
rooms: {chat: {events: [message], middleware: [{contentFilter: {blocklist: [ham]}}]}}
)")));
        QCOMPARE(say(ann, u"chat"_s, u"spam"_s), u"EVENT_BLOCKED"_s);
        QCOMPARE(say(ann, u"chat"_s, u"ham"_s), u"EVENT_BLOCKED"_s);
        QCOMPARE(say(ann, u"chat"_s, u"jam"_s), u"ok"_s);
        QCOMPARE(say(ann, u"chat"_s, u"jam"_s), u"RATE_LIMITED"_s); // What was said before counts.
        (void)waiting(server.reconfigure(read("rooms: {chat: {events: [message]}}")));
        QCOMPARE(say(ann, u"chat"_s, u"spam"_s), u"ok"_s);
    }

    void limitsAreOthers()
    {
        Dialogue server(read(
            "limits: {roomsPerClient: 1}\nrooms: {chat: {events: [message]}, tea: {events: [message]}}"));
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QCOMPARE(join(ann), u"ok"_s);
        QCOMPARE(join(ann, u"tea"_s), u"LIMIT_REACHED"_s);
        const QJsonObject room{{u"id"_s, u"own"_s}, {u"name"_s, u"Own"_s}};
        QCOMPARE(answerTo(ann.ask(u"dialogue:createRoom"_s, room)), u"PERMISSION_DENIED"_s);
        (void)waiting(server.reconfigure(read(
            "roomCreation: {create: anyone}\nrooms: {chat: {events: [message]}, tea: {events: [message]}}")));
        QCOMPARE(join(ann, u"tea"_s), u"ok"_s);
        QCOMPARE(answerTo(ann.ask(u"dialogue:createRoom"_s, room)), u"ok"_s);
        (void)waiting(
            server.reconfigure(read("roomCreation: {create: anyone, templates: {own: {events: [message], "
                                    "rules: {trigger: nobody}}}}\n"
                                    "rooms: {chat: {events: [message]}, tea: {events: [message]}}")));
        QVERIFY(server.room(u"own"_s)); // It is a client's, and carries what its template says now.
        QCOMPARE(join(ann, u"own"_s), u"ok"_s);
        QCOMPARE(say(ann, u"own"_s), u"PERMISSION_DENIED"_s);
    }

    void keysAreOthers()
    {
        const QByteArray rooms = "rooms: {chat: {events: [message]}}";
        Dialogue server(read(Auth + rooms));
        QVERIFY(server.start());
        (void)waiting(server.reconfigure(read(
            "auth: {jwt: {keys: [{algorithm: HS256, secretFile: second}], rolesClaim: none}}\n" + rooms)));
        TestClient bob(server.port(), whoIs(u"bob"_s, {}, SecondSecret));
        QCOMPARE(join(bob), u"ok"_s);
        TestClient ann(server.port(), whoIs(u"ann"_s));
        QVERIFY(!ann.waitFor(u"connect_error"_s).name.isEmpty());
    }

    void saysWhatWaitsForARestart()
    {
        Dialogue server(read("rooms: {chat: {events: [message]}}"));
        QVERIFY(server.start());
        ServerConfig other = read(
            "limits: {maxSessions: 7, roomsPerClient: 9}\nrateLimit: {refusedConnects: 3, refusals: 4}\n"
            "rooms: {chat: {events: [message]}}");
        other.workers = 3;
        QCOMPARE(waiting(server.reconfigure(other)),
                 (QStringList{u"workers"_s, u"limits.maxSessions"_s, u"rateLimit.refusedConnects"_s}));
        QCOMPARE(server.config().limits.roomsPerClient, 9);
        QCOMPARE(server.config().rateLimit.refusals, 4);
        QCOMPARE(server.config().limits.maxSessions, ServerConfig().limits.maxSessions);
        QCOMPARE(server.config().workers, 0);
    }

    void isAllOrNothing_data()
    {
        QTest::addColumn<QByteArray>("now");
        QTest::addColumn<QString>("path");
        const QByteArray changed = "rateLimit: {perRoom: {chat: {maxEvents: 1, window: 1h}}}\n"
                                   "middleware: [{contentFilter: {blocklist: [spam]}}]\n";
        QTest::newRow("a secret that is too short") << Auth + changed
                + "rooms: {cake: {events: [message]}, chat: {events: [message], middleware: [{webhook: {url: "
                  "\"https://127.0.0.1:1\", secretFile: short}}]}}"
                                                    << u"rooms.chat.middleware[0].secretFile"_s;
        QTest::newRow("a key that is too short")
            << "auth: {jwt: {keys: [{algorithm: HS256, secretFile: short}]}}\n" + changed
                + "rooms: {cake: {events: [message]}}"
            << u"auth.jwt.keys[0].secretFile"_s;
        QTest::newRow("rooms in all") << Auth + changed
                + "roomCreation: {maxTotal: 2}\nrooms: {cake: {events: [message]}, pie: {events: [message]}}"
                                      << u"roomCreation.maxTotal"_s;
    }
    void isAllOrNothing()
    {
        QFETCH(QByteArray, now);
        Dialogue server(read(Auth + "rooms: {chat: {events: [message]}}"));
        QVERIFY(server.start());
        TestClient ann(server.port(), whoIs(u"ann"_s));
        QCOMPARE(join(ann), u"ok"_s);
        const auto refused = server.reconfigure(read(now));
        QVERIFY(!refused);
        QTEST(refused.error().path, "path");
        QVERIFY(!server.room(u"cake"_s));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(say(ann, u"chat"_s, u"spam"_s), u"ok"_s);
        QVERIFY(server.config().rateLimit.perRoom.isEmpty());
        TestClient bob(server.port(), whoIs(u"bob"_s));
        QCOMPARE(join(bob), u"ok"_s);
    }

    void aRoomOfAClientsThatIsDeclaredNowIsTheConfigurations()
    {
        const QByteArray creation = "roomCreation: {create: anyone}\n";
        Dialogue server(read(creation + "rooms: {chat: {events: [message]}}"));
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QCOMPARE(answerTo(ann.ask(u"dialogue:createRoom"_s,
                                  QJsonObject{{u"id"_s, u"tea"_s}, {u"name"_s, u"Mine"_s}})),
                 u"ok"_s);
        (void)waiting(server.reconfigure(
            read(creation + "rooms: {chat: {events: [message]}, tea: {name: Tea, events: [message]}}")));
        QCOMPARE(ann.waitFor(u"dialogue:roomDeleted"_s).payload[u"roomId"_s].toString(), u"tea"_s);
        QVERIFY(server.room(u"tea"_s));
        QCOMPARE(server.room(u"tea"_s)->name(), u"Tea"_s);
        QVERIFY(server.room(u"tea"_s)->config().createdById.isEmpty());
    }

    void isForServersThatRun()
    {
        Dialogue server(test::config(0));
        QVERIFY(!server.reconfigure(test::config(0)));
        QVERIFY(server.start());
        QVERIFY(server.reconfigure(test::config(0)));
        server.stop();
        QVERIFY(!server.reconfigure(test::config(0)));
    }
};

DIALOGUE_TEST(TestReconfiguring, QCoreApplication)
#include "tst_reconfiguring.moc"
