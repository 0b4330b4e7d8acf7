#include "testclasses.h"

#include <dialogue/server/dialogue.h>

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** Own HTTP routes, over real sockets. */
class TestOwnRoutes : public QObject
{
    Q_OBJECT

    QNetworkAccessManager m_http;

    struct Answer
    {
        int status = 0;
        QByteArray body;
        QByteArray type;
    };
    Answer send(const Dialogue &server, const QByteArray &verb, const QString &path,
                const QByteArray &body = {})
    {
        QUrl url = server.url();
        url.setPath(path);
        QNetworkRequest request(url);
        request.setRawHeader("Content-Type", "text/plain");
        std::unique_ptr<QNetworkReply> reply(m_http.sendCustomRequest(request, verb, body));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (!reply->isFinished())
            (void)finished.wait(20000);
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
                reply->header(QNetworkRequest::ContentTypeHeader).toByteArray()};
    }

private Q_SLOTS:
    void answerBesideDialogue_data()
    {
        QTest::addColumn<int>("workers");
        QTest::newRow("in the hub") << 0;
        QTest::newRow("two io threads") << 2;
    }
    void answerBesideDialogue()
    {
        QFETCH(int, workers);
        Dialogue server({.port = 0, .workers = workers});
        const QThread *const hub = QThread::currentThread();
        server.http().get("/hello/:name", [hub](const HttpRequest &request) {
            return HttpResponse::text((QThread::currentThread() == hub ? "Hello " : "Wrong thread ")
                                      + request.parameter("name"));
        });
        server.http().post("/echo",
                           [](const HttpRequest &request) { return HttpResponse::text(request.body, 201); });
        server.http().routeAsync("GET", "/later", [](const HttpRequest &, const HttpResponder &responder) {
            QTimer::singleShot(0, [responder] {
                responder.respond(HttpResponse::json(QJsonObject{{u"ok"_s, true}}));
            });
        });
        QVERIFY(server.start());
        QCOMPARE(send(server, "GET", u"/hello/world"_s).body, "Hello world");
        const Answer echo = send(server, "POST", u"/echo"_s, "body");
        QCOMPARE(echo.status, 201);
        QCOMPARE(echo.body, "body");
        QCOMPARE(send(server, "GET", u"/later"_s).body, "{\"ok\":true}");
        QCOMPARE(send(server, "GET", u"/nothing"_s).status, 404);
        QCOMPARE(send(server, "DELETE", u"/echo"_s).status, 405);
    }

    void refuseABodyOverTheLimit()
    {
        ServerConfig config{.port = 0};
        config.limits.maxBodySize = 1000;
        Dialogue server(config);
        server.http().post("/echo",
                           [](const HttpRequest &request) { return HttpResponse::text(request.body); });
        QVERIFY(server.start());
        QCOMPARE(send(server, "POST", u"/echo"_s, QByteArray(1000, 'x')).status, 200);
        QCOMPARE(send(server, "POST", u"/echo"_s, QByteArray(1001, 'x')).status, 413);
    }

    void theClientForJavaScriptIsServedUnlessTheApplicationDoes()
    {
        Dialogue server({.port = 0});
        server.http().get("/dialogue/client/:part", [](const HttpRequest &request) {
            return HttpResponse::text("own " + request.parameter("part"));
        });
        QVERIFY(server.start());
        const Answer module = send(server, "GET", u"/dialogue/client.js"_s);
        QCOMPARE(module.status, 200);
        QCOMPARE(module.type, "text/javascript; charset=utf-8");
        QVERIFY(module.body.contains("createDialogueClient"));
        QCOMPARE(send(server, "GET", u"/dialogue/client/outbox.js"_s).body, "own outbox.js");
    }

    void theClientForJavaScriptKeepsOutOfTheWayOfSocketIo()
    {
        ServerConfig config{.port = 0};
        config.engine.path = u"/dialogue/"_s;
        Dialogue server(config);
        static QStringList said; // A message handler is a plain function.
        said.clear();
        const QtMessageHandler before = qInstallMessageHandler(
            [](QtMsgType, const QMessageLogContext &, const QString &text) { said.append(text); });
        const Result<void> started = server.start();
        qInstallMessageHandler(before);
        QVERIFY(started);
        QCOMPARE(said.filter(u"/dialogue/client"_s), QStringList());
        QVERIFY(!send(server, "GET", u"/dialogue/client.js"_s).body.contains("createDialogueClient"));
    }

    void theDemoPageIsServedOnlyWhenAskedFor()
    {
        Dialogue closed({.port = 0});
        QVERIFY(closed.start());
        QCOMPARE(send(closed, "GET", u"/"_s).status, 404);
        Dialogue open({.port = 0, .demo = true});
        QVERIFY(open.start());
        const Answer page = send(open, "GET", u"/"_s);
        QCOMPARE(page.status, 200);
        QVERIFY(page.type.startsWith("text/html"));
        QVERIFY(page.body.contains("<html"));
    }
};

DIALOGUE_TEST(TestOwnRoutes, QCoreApplication)
#include "tst_ownroutes.moc"
