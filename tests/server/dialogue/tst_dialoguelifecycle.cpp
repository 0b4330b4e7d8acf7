#include "dialoguetest.h"
#include "testclasses.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** How a server starts, or does not, and how it ends. */
class TestDialogueLifecycle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stopsAfterTellingItsClients_data() { workersTable(); }
    void stopsAfterTellingItsClients()
    {
        QFETCH(int, workers);
        Dialogue server(config(workers));
        QVERIFY(server.start());
        QSignalSpy stopped(&server, &Dialogue::stopped);
        TestClient ann(server.port(), as(u"ann"_s));
        ann.waitFor(u"dialogue:connected"_s);
        server.stop();
        QCOMPARE(ann.waitFor(u"dialogue:error"_s).payload[u"code"_s].toString(), u"SERVER_DRAINING"_s);
        QVERIFY(ann.waitForClose());
        QTRY_COMPARE(stopped.size(), 1);
        QVERIFY(!server.isListening());
        QVERIFY(server.allClients().isEmpty());
    }

    void saysThatItHasStoppedAlsoWhenItNeverStarted()
    {
        Dialogue server(config(1));
        QSignalSpy stopped(&server, &Dialogue::stopped);
        server.stop();
        server.stop();
        QTRY_COMPARE(stopped.size(), 1);
        QVERIFY(!server.start());
    }

    void aRouteMayAnswerWhenTheServerIsGone()
    {
        std::optional<HttpResponder> kept;
        auto server = std::make_unique<Dialogue>(config(0));
        server->http().routeAsync(
            "GET", "/slow", [&](const HttpRequest &, const HttpResponder &responder) { kept = responder; });
        QVERIFY(server->start());
        QTcpSocket browser;
        browser.connectToHost(QHostAddress::LocalHost, server->port());
        browser.write("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_VERIFY(kept);
        server.reset();
        kept->respond(HttpResponse::text("too late"));
    }

    void endsWithClientsStillConnected_data() { workersTable(); }
    void endsWithClientsStillConnected()
    {
        QFETCH(int, workers);
        auto server = std::make_unique<Dialogue>(config(workers));
        QVERIFY(server->start());
        TestClient ann(server->port(), as(u"ann"_s));
        ann.ask(u"dialogue:join"_s, in(u"chat"_s));
        server.reset();
        QVERIFY(ann.waitForClose());
    }

    void saysWhyItCannotStart()
    {
        QTcpServer squatter;
        QVERIFY(squatter.listen(QHostAddress::LocalHost));
        ServerConfig taken = config(0);
        taken.port = squatter.serverPort();
        Dialogue server(taken);
        const auto started = server.start();
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::IoError);
        QVERIFY2(started.error().text().contains(QString::number(taken.port)),
                 qPrintable(started.error().text()));
        QCOMPARE(server.start().error().text(), started.error().text());
        squatter.close();
        QVERIFY(server.start()); // It may be tried again, but not once it listens.
        QCOMPARE(server.rooms().size(), taken.rooms.size());
        QVERIFY(server.start().error().text().contains(u"already"_s));

        ServerConfig wrong = config(0);
        wrong.rooms.append(chat());
        Dialogue twice(wrong);
        const auto doubled = twice.start();
        QCOMPARE(doubled.error().code, ErrorCode::ConfigError);
        QCOMPARE(doubled.error().path, u"rooms[1]"_s);
    }

    void aWrongRouteIsToldAtStart()
    {
        Dialogue server(config(0));
        server.http().get("/good", [](const HttpRequest &) { return HttpResponse::text("good"); });
        server.http().get("/socket.io/mine", [](const HttpRequest &) { return HttpResponse::text("never"); });
        const auto started = server.start();
        QCOMPARE(started.error().code, ErrorCode::ConfigError);
        QCOMPARE(started.error().text(),
                 u"http: The route GET \"/socket.io/mine\" lies below engine.path, \"/socket.io/\", where "
                 "Socket.IO answers"_s);
        QVERIFY(!server.isListening());
    }
};

DIALOGUE_TEST(TestDialogueLifecycle, QCoreApplication)
#include "tst_dialoguelifecycle.moc"
