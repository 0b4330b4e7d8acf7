#include "certificateauthority.h"
#include "dialoguetest.h"
#include "hookserver.h"

#include "testclasses.h"

#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace dialogue;
using namespace dialogue::test;

namespace {

const QByteArray HookSecret = "0123456789abcdef0123456789abcdef";

/** The code of an ack's error, or "ok". */
QString outcomeOf(const QJsonObject &ack)
{
    return ack[u"ok"_s].toBool() ? u"ok"_s : ack[u"error"_s][u"code"_s].toString();
}

} // namespace

/** A webhook over sockets, from clients to an HTTP server that may be anything. */
class TestWebhooks : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    Webhook webhook(const QString &url) const
    {
        return {.url = url, .secretFile = m_folder.filePath(u"secret"_s), .timeout = 5s, .retries = 0};
    }
    static ServerConfig withHook(const Webhook &webhook, int workers = 0)
    {
        ServerConfig config = test::config(workers);
        config.rooms[0].middleware = {webhook};
        RoomConfig other = chat();
        other.id = u"other"_s;
        config.rooms.append(other);
        return config;
    }
    static QString say(TestClient &client, const QString &text)
    {
        return outcomeOf(client.ask(u"dialogue:trigger"_s, saying(text)));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile secret(m_folder.filePath(u"secret"_s));
        QVERIFY(secret.open(QIODevice::WriteOnly));
        secret.write(HookSecret + '\n');
    }

    void isAskedAboutEachEventOfAClient_data()
    {
        QTest::addColumn<int>("workers");
        QTest::newRow("in the hub") << 0;
        QTest::newRow("an io thread") << 1;
    }
    void isAskedAboutEachEventOfAClient()
    {
        QFETCH(int, workers);
        HookServer hook([](const HookServer::Request &request) { request.answer("204 No Content"); });
        Dialogue server(withHook(webhook(hook.url(u"/check?room=chat"_s)), workers));
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        QCOMPARE(say(ann, u"hi"_s), u"ok"_s);
        QCOMPARE(textOf(ann.waitFor(u"dialogue:event"_s)), u"hi"_s);
        QCOMPARE(hook.requests.size(), 1);
        const HookServer::Request &asked = hook.requests.constFirst();
        QVERIFY(asked.head.startsWith("POST /check?room=chat HTTP/1.1"));
        QCOMPARE(asked.header("Content-Type"), "application/json");
        QVERIFY(asked.header("Dialogue-Timestamp").toLongLong() > 1'700'000'000);
        QCOMPARE(asked.header("Dialogue-Signature"),
                 "v1="
                     + QMessageAuthenticationCode::hash(asked.header("Dialogue-Timestamp") + '.' + asked.body,
                                                        HookSecret, QCryptographicHash::Sha256)
                           .toHex());
        const QJsonObject said = QJsonDocument::fromJson(asked.body).object();
        QCOMPARE(said[u"event"_s], u"message"_s);
        QCOMPARE(said[u"roomId"_s], u"chat"_s);
        QCOMPARE(said[u"from"_s], u"ann"_s);
        QCOMPARE(said[u"data"_s], (QJsonObject{{u"text"_s, u"hi"_s}}));
        QVERIFY(said[u"timestamp"_s].toInteger() > 0);
        QVERIFY(server.trigger(u"chat"_s, u"message"_s, QJsonObject{{u"text"_s, u"mine"_s}}).result());
        QCOMPARE(hook.requests.size(), 1); // Not about the application's own.
        const MiddlewareCounters counters = server.counters().middleware;
        QCOMPARE(counters.webhooksAsked, 1);
        QCOMPARE(counters.webhooksWaiting, 0);
        QCOMPARE(counters.webhookBytes, 0);
    }

    void mayChangeTheDataOrStopTheEvent()
    {
        HookServer hook([](const HookServer::Request &request) {
            const QString text = QJsonDocument::fromJson(request.body)[u"data"_s][u"text"_s].toString();
            if (text == u"spam")
                request.answer("403 Forbidden", "application/problem+json", R"({"detail":"no advertising"})");
            else
                request.answer("200 OK", "application/json",
                               R"({"data":{"text":"other","n":1.50},"meta":{"seen":true}})");
        });
        Dialogue server(withHook(webhook(hook.url())));
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        QCOMPARE(say(ann, u"hi"_s), u"ok"_s);
        const TestClient::Event heard = ann.waitFor(u"dialogue:event"_s);
        QCOMPARE(textOf(heard), u"other"_s);
        QCOMPARE(heard.payload[u"meta"_s], (QJsonObject{{u"seen"_s, true}}));
        const QJsonObject refused = ann.ask(u"dialogue:trigger"_s, saying(u"spam"_s));
        QCOMPARE(outcomeOf(refused), u"EVENT_BLOCKED"_s);
        QCOMPARE(refused[u"error"_s][u"message"_s].toString(), u"no advertising"_s);
        QCOMPARE(server.counters().middleware.webhooksStopped, 1);
        QCOMPARE(server.room(u"chat"_s)->offset(), 1u);
    }

    void thatDoesNotAnswerWellIsAFailure_data()
    {
        QTest::addColumn<QByteArray>("answer"); // Empty: none.
        QTest::newRow("slow") << QByteArray();
        QTest::newRow("a server error") << QByteArray("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
        QTest::newRow("too much") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
                                                + QByteArray(100'000, 'x'));
        QTest::newRow("too much without an end")
            << QByteArray("HTTP/1.1 200 OK\r\n\r\n" + QByteArray(100'000, 'x'));
        QTest::newRow("broken off") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx!close");
        QTest::newRow("no HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n!close");
        QTest::newRow("at once gone") << QByteArray("!close");
        QTest::newRow("broken JSON") << QByteArray(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{");
        QTest::newRow("a placeholder without its attachment")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 41\r\n\r\n"
                          R"({"data":{"_placeholder":true,"num":0   }})");
        QTest::newRow("a redirect") << QByteArray(
            "HTTP/1.1 307 Elsewhere\r\nLocation: @\r\nContent-Length: 0\r\n\r\n");
    }
    void thatDoesNotAnswerWellIsAFailure()
    {
        QFETCH(QByteArray, answer);
        HookServer elsewhere([](const HookServer::Request &request) { request.answer("204 No Content"); });
        answer.replace("@", elsewhere.url().toUtf8());
        const bool closes = answer.endsWith("!close");
        if (closes)
            answer.chop(6);
        HookServer hook([&](const HookServer::Request &request) {
            request.raw(answer);
            if (closes)
                request.socket->disconnectFromHost();
        });
        Webhook blocking = webhook(hook.url());
        blocking.answerSize = 50'000;
        blocking.timeout = 300ms;
        Webhook passing = blocking;
        passing.onError = WebhookFailure::Pass;
        ServerConfig config = withHook(blocking);
        config.rooms[1].middleware = {passing};
        Dialogue server(config);
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"other"_s))[u"ok"_s].toBool());
        const QJsonObject refused = ann.ask(u"dialogue:trigger"_s, saying(u"hi"_s));
        QCOMPARE(outcomeOf(refused), u"UNAVAILABLE"_s);
        QVERIFY(!refused[u"error"_s][u"message"_s].toString().contains(u"127.0.0.1"));
        QJsonObject there = saying(u"hi"_s);
        there[u"roomId"_s] = u"other"_s;
        QCOMPARE(outcomeOf(ann.ask(u"dialogue:trigger"_s, there)), u"ok"_s);
        QCOMPARE(server.counters().middleware.webhooksFailed, 2);
        QCOMPARE(server.counters().middleware.webhooksWaiting, 0);
        QVERIFY(hook.requests.size() >= 2); // Qt asks again by itself where a connection just ends.
        QVERIFY(elsewhere.requests.isEmpty());
    }

    void thatIsDownIsTriedAgain()
    {
        quint16 port = 0;
        {
            HookServer gone([](const HookServer::Request &) {});
            port = gone.serverPort();
        }
        Webhook down = webhook(u"http://127.0.0.1:%1/"_s.arg(port));
        down.retries = 2;
        Dialogue server(withHook(down));
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        QCOMPARE(say(ann, u"hi"_s), u"UNAVAILABLE"_s);
        QCOMPARE(server.counters().middleware.webhooksRetried, 2);
    }

    void thatComesBackIsAskedTheSameAgain()
    {
        int tries = 0;
        HookServer hook([&tries](const HookServer::Request &request) {
            request.answer(++tries < 3 ? "503 Later" : "204 No Content");
        });
        Webhook twice = webhook(hook.url());
        twice.retries = 2;
        Dialogue server(withHook(twice));
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        QCOMPARE(say(ann, u"hi"_s), u"ok"_s);
        QCOMPARE(hook.requests.size(), 3);
        QVERIFY(!hook.requests[0].header("Dialogue-Delivery").isEmpty());
        QCOMPARE(hook.requests[1].header("Dialogue-Delivery"), hook.requests[0].header("Dialogue-Delivery"));
        QCOMPARE(hook.requests[2].body, hook.requests[0].body);
        QCOMPARE(server.counters().middleware.webhooksRetried, 2);
        QCOMPARE(server.counters().middleware.webhooksFailed, 0);
    }

    void holdsUpNobodyElse()
    {
        HookServer hook([](const HookServer::Request &) {});
        Dialogue server(withHook(webhook(hook.url())));
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        TestClient bob(server.port(), as(u"bob"_s));
        for (TestClient *client : {&ann, &bob}) {
            QVERIFY(client->ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
            QVERIFY(client->ask(u"dialogue:join"_s, in(u"other"_s))[u"ok"_s].toBool());
        }
        for (const QString &text : {u"a"_s, u"b"_s, u"c"_s})
            ann.emitEvent(u"dialogue:trigger"_s, saying(text));
        QTRY_COMPARE(hook.requests.size(), 1);
        QJsonObject there = saying(u"meanwhile"_s);
        there[u"roomId"_s] = u"other"_s;
        QCOMPARE(outcomeOf(ann.ask(u"dialogue:trigger"_s, there)), u"ok"_s);
        QCOMPARE(textOf(bob.waitFor(u"dialogue:event"_s)), u"meanwhile"_s);
        QCOMPARE(server.counters().middleware.webhooksWaiting, 1);
        QVERIFY(server.counters().middleware.webhookBytes > 0);
        for (int i = 0; i < 3; ++i) {
            QTRY_COMPARE(hook.requests.size(), i + 1);
            hook.requests[i].answer("204 No Content");
        }
        for (const QString &text : {u"a"_s, u"b"_s, u"c"_s})
            QCOMPARE(textOf(bob.waitFor(u"dialogue:event"_s)), text);
    }

    void isAskedAboutSoManyAtATime()
    {
        HookServer hook([](const HookServer::Request &) {});
        Webhook one = webhook(hook.url());
        one.maxPending = 1;
        Dialogue server(withHook(one));
        QVERIFY(server.start());
        TestClient ann(server.port(), as(u"ann"_s));
        TestClient bob(server.port(), as(u"bob"_s));
        for (TestClient *client : {&ann, &bob})
            QVERIFY(client->ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        ann.emitEvent(u"dialogue:trigger"_s, saying(u"a"_s));
        QTRY_COMPARE(hook.requests.size(), 1);
        QCOMPARE(say(bob, u"b"_s), u"UNAVAILABLE"_s);
        QCOMPARE(server.counters().middleware.webhooksFull, 1);
        hook.requests[0].answer("204 No Content");
        QCOMPARE(textOf(bob.waitFor(u"dialogue:event"_s)), u"a"_s);
    }

    void isForgottenWithItsServer()
    {
        HookServer hook([](const HookServer::Request &) {});
        {
            Dialogue server(withHook(webhook(hook.url())));
            QVERIFY(server.start());
            TestClient ann(server.port(), as(u"ann"_s));
            QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
            ann.emitEvent(u"dialogue:trigger"_s, saying(u"a"_s));
            QTRY_COMPARE(hook.requests.size(), 1);
        }
        QTRY_VERIFY(!hook.requests[0].socket
                    || hook.requests[0].socket->state() != QTcpSocket::ConnectedState);
    }

    void isTrustedByItsCertificate()
    {
        const CertificateAuthority authority;
        const CertificateAuthority::Signed files = authority.signLocalhost();
        HookServer hook([](const HookServer::Request &request) { request.answer("204 No Content"); },
                        files.certificate, files.key);
        const auto outcome = [&](const QString &caFile = {}) {
            Webhook trusting = webhook(hook.url());
            trusting.ca = caFile;
            Dialogue server(withHook(trusting));
            if (!server.start())
                return u"no server"_s;
            TestClient ann(server.port(), as(u"ann"_s));
            ann.ask(u"dialogue:join"_s, in(u"chat"_s));
            return say(ann, u"hi"_s);
        };
        QCOMPARE(outcome(), u"UNAVAILABLE"_s);
        QVERIFY(hook.requests.isEmpty());
        const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
        QSslConfiguration trusting = before;
        trusting.addCaCertificates(authority.certificate());
        QSslConfiguration::setDefaultConfiguration(trusting);
        const QString trusted = outcome();
        QSslConfiguration::setDefaultConfiguration(before);
        QCOMPARE(trusted, u"ok"_s);
        QCOMPARE(hook.requests.size(), 1);
        QCOMPARE(outcome(authority.certificate()), u"ok"_s);
        QCOMPARE(outcome(CertificateAuthority(u"Other"_s).certificate()), u"UNAVAILABLE"_s);
        QCOMPARE(hook.requests.size(), 2);
    }

    void withoutTheFileOfWhomItTrustsNoServerStarts()
    {
        Webhook bad = webhook(u"https://127.0.0.1:1/"_s);
        bad.ca = bad.secretFile;
        Dialogue server(withHook(bad));
        const auto started = server.start();
        QVERIFY(!started);
        QCOMPARE(started.error().path, u"rooms[0].middleware[0].ca"_s);
        QVERIFY2(started.error().message.contains(u"has no certificate in PEM"_s),
                 qPrintable(started.error().message));
    }

    void withoutItsSecretNoServerStarts_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("said");
        QTest::newRow("none") << QByteArray() << u"cannot be read"_s;
        QTest::newRow("short") << QByteArray("0123456789abcde\n")
                               << u"has 15 bytes; a secret has 16 random ones and more"_s;
    }
    void withoutItsSecretNoServerStarts()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, said);
        Webhook bad = webhook(u"http://127.0.0.1:1/"_s);
        bad.secretFile = m_folder.filePath(u"other"_s);
        QFile::remove(bad.secretFile);
        if (!content.isEmpty()) {
            QFile file(bad.secretFile);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(content);
        }
        Dialogue server(withHook(bad));
        const auto started = server.start();
        QVERIFY(!started);
        QCOMPARE(started.error().path, u"rooms[0].middleware[0].secretFile"_s);
        QVERIFY2(started.error().message.contains(said), qPrintable(started.error().message));
    }

    void mayNotTakeLongerThanAnybodyWaits()
    {
        ServerConfig config = test::config(0);
        config.hooks.timeout = 1s;
        Webhook slow = webhook(u"http://127.0.0.1:1/"_s);
        slow.timeout = 1s;
        config.middleware = {slow};
        Dialogue server(config);
        const auto started = server.start();
        QVERIFY(!started);
        QCOMPARE(started.error().path, u"middleware[0].timeout"_s);
    }
};

DIALOGUE_TEST(TestWebhooks, QCoreApplication)
#include "tst_webhooks.moc"
