#include "dialoguetest.h"

#include "testclasses.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTcpSocket>

#include <optional>
#include <vector>

using namespace dialogue;
using namespace dialogue::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/** Asked whether events may go out, and answers when a test says so. */
struct Moderator
{
    Hooks hooks()
    {
        return {.beforeEachLater = [this](const EventMessage &message, const QString &,
                                          const ClientSnapshot &, const std::stop_token &stop) {
            asked.push_back({message, stop});
            promises.emplace_back().start();
            return promises.back().future();
        }};
    }
    void pass(std::size_t which)
    {
        promises[which].addResult(asked[which].first);
        promises[which].finish();
    }

    std::vector<std::pair<EventMessage, std::stop_token>> asked;
    std::vector<QPromise<Result<EventMessage>>> promises;
};

QString codeOf(const QJsonObject &ack) { return ack[u"error"_s][u"code"_s].toString(); }

/** A server that has asked about an event of ann's, and has no answer yet. */
struct Waiting
{
    explicit Waiting(const ServerConfig &config)
        : server(config, moderator.hooks())
        , stopped(&server, &Dialogue::stopped)
    { }
    [[nodiscard]] bool begin()
    {
        if (!server.start())
            return false;
        ann.emplace(server.port(), as(u"ann"_s));
        if (!ann->ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool())
            return false;
        ann->emitEvent(u"dialogue:trigger"_s, saying(u"first"_s));
        return QTest::qWaitFor([this] { return moderator.asked.size() == 1; });
    }

    Moderator moderator;
    Dialogue server;
    QSignalSpy stopped;
    std::optional<TestClient> ann;
};

} // namespace

/** A server that stops while hooks and handlers have yet to answer. */
class TestDraining : public QObject
{
    Q_OBJECT

    static ServerConfig patient(int workers)
    {
        ServerConfig its = config(workers);
        its.drain.timeout = 10min;
        return its;
    }

private Q_SLOTS:
    void waitsForWhatWasAskedAlready_data() { workersTable(); }
    void waitsForWhatWasAskedAlready()
    {
        QFETCH(int, workers);
        Moderator moderator;
        Dialogue server(patient(workers), moderator.hooks());
        QVERIFY(server.start());
        QSignalSpy stopped(&server, &Dialogue::stopped);
        TestClient ann(server.port(), as(u"ann"_s));
        TestClient bob(server.port(), as(u"bob"_s));
        QVERIFY(ann.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        QVERIFY(bob.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        ann.emitEvent(u"dialogue:trigger"_s, saying(u"first"_s));
        ann.emitEvent(u"dialogue:trigger"_s, saying(u"second"_s));
        QTRY_COMPARE(server.counters().order.waiting, 1);

        server.stop();
        QCOMPARE(ann.waitFor(u"dialogue:error"_s).payload[u"code"_s].toString(), u"SERVER_DRAINING"_s);
        QCOMPARE(codeOf(bob.ask(u"dialogue:trigger"_s, saying(u"third"_s))), u"SERVER_DRAINING"_s);
        QCOMPARE(codeOf(bob.ask(u"dialogue:leave"_s, in(u"chat"_s))), u"SERVER_DRAINING"_s);
        TestClient late(server.port(), as(u"late"_s));
        QVERIFY(late.waitForClose());
        QVERIFY(server.isListening());

        moderator.pass(0);
        QCOMPARE(textOf(bob.waitFor(u"dialogue:event"_s)), u"first"_s);
        QTRY_COMPARE(moderator.asked.size(), std::size_t(2)); // That which waited behind.
        QVERIFY(!ann.isClosed());
        moderator.pass(1);
        QCOMPARE(textOf(bob.waitFor(u"dialogue:event"_s)), u"second"_s);
        QVERIFY(ann.waitForClose());
        QTRY_COMPARE(stopped.size(), 1);
        QVERIFY(!server.isListening());
    }

    void waitsForRequestsOfTheApplication_data()
    {
        QTest::addColumn<bool>("inNamespace");
        QTest::newRow("in /") << false;
        QTest::newRow("in a namespace") << true;
    }
    void waitsForRequestsOfTheApplication()
    {
        QFETCH(bool, inNamespace);
        QPromise<Result<QJsonValue>> promise;
        promise.start();
        bool isAsked = false;
        const auto handler = [&](const auto &) -> Answer<QJsonValue> {
            isAsked = true;
            return promise.future();
        };
        Dialogue server(patient(1));
        if (inNamespace)
            QVERIFY((*server.of(u"/orders"_s))->onRequest(u"ask"_s, handler));
        else
            QVERIFY(server.onRequest(u"ask"_s, handler));
        QVERIFY(server.start());
        QSignalSpy stopped(&server, &Dialogue::stopped);
        TestClient ann(server.port(), as(u"ann"_s));
        ann.waitFor(u"dialogue:connected"_s);
        if (inNamespace) {
            ann.sendText("40/orders,");
            ann.sendText(R"(42/orders,9["ask"])");
        } else {
            ann.sendText(R"(429["ask"])");
        }
        QTRY_VERIFY(isAsked);
        server.stop();
        ann.waitFor(u"dialogue:error"_s);
        QVERIFY(!ann.isClosed());
        promise.addResult(QJsonValue(42));
        promise.finish();
        QCOMPARE(ann.waitFor(u"ack"_s).payload.toInt(), 42);
        QTRY_COMPARE(stopped.size(), 1);
    }

    void waitsForRoutesThatAnswerLater()
    {
        Dialogue server(patient(1));
        std::optional<HttpResponder> kept;
        server.http().routeAsync(
            "GET", "/slow", [&](const HttpRequest &, const HttpResponder &responder) { kept = responder; });
        QVERIFY(server.start());
        QSignalSpy stopped(&server, &Dialogue::stopped);
        QTcpSocket client;
        client.connectToHost(QHostAddress::LocalHost, server.port());
        client.write("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QTRY_VERIFY(kept);

        server.stop();
        QTest::qWait(20); // What would stop it now has had its turns.
        QCOMPARE(stopped.size(), 0);
        kept->respond(HttpResponse::text("at last"));
        QTRY_VERIFY(client.bytesAvailable() > 0 && client.state() == QAbstractSocket::UnconnectedState);
        QVERIFY(client.readAll().endsWith("at last"));
        QTRY_COMPARE(stopped.size(), 1);
    }

    void refusesWhatIsNotAnsweredInTime()
    {
        ServerConfig its = config(1);
        its.drain.timeout = 50ms;
        Waiting f(its);
        QVERIFY(f.begin());
        f.server.stop();
        for (const QString &what : {u"that it stops"_s, u"the trigger"_s})
            QCOMPARE(f.ann->waitFor(u"dialogue:error"_s).payload[u"code"_s].toString() + what,
                     u"SERVER_DRAINING"_s + what);
        QVERIFY(f.ann->waitForClose());
        QTRY_COMPARE(f.stopped.size(), 1);
        QVERIFY(f.moderator.asked[0].second.stop_requested());
    }

    void waitsNoLongerWhereItIsToldAgain_data()
    {
        QTest::addColumn<int>("timeout");
        QTest::addColumn<int>("stops");
        QTest::newRow("told again") << 600'000 << 2;
        QTest::newRow("not to wait at all") << 0 << 1;
    }
    void waitsNoLongerWhereItIsToldAgain()
    {
        QFETCH(int, timeout);
        QFETCH(int, stops);
        ServerConfig its = config(1);
        its.drain.timeout = std::chrono::milliseconds(timeout);
        Waiting f(its);
        QVERIFY(f.begin());
        for (int i = 0; i < stops; ++i)
            f.server.stop();
        QVERIFY(f.moderator.asked[0].second.stop_requested());
        QTRY_COMPARE(f.stopped.size(), 1);
    }

    void stopsWhenWhoWasWaitedForHasGone()
    {
        Waiting f(patient(1));
        QVERIFY(f.begin());
        f.server.stop();
        f.server.clients(u"ann"_s).constFirst()->disconnect(); // Thrown out: its event goes on no further.
        QTRY_COMPARE(f.stopped.size(), 1);
    }
};

DIALOGUE_TEST(TestDraining, QCoreApplication)
#include "tst_draining.moc"
