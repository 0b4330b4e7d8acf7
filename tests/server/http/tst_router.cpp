#include "server/http/router.h"

#include "lastwords.h"
#include "testclasses.h"

#include <QJsonArray>
#include <QTest>

#include <stdexcept>
#include <thread>

using namespace dialogue;
using namespace Qt::StringLiterals;

class TestRouter : public QObject
{
    Q_OBJECT

    static HttpResponse ask(const HttpRouter &router, const QByteArray &method, const QByteArray &path)
    {
        HttpResponse answer{.status = 0};
        HttpRequest request;
        request.method = method;
        request.target = path;
        router.handle(request, HttpResponder([&](HttpResponse &&response) { answer = std::move(response); }));
        return answer;
    }

private Q_SLOTS:
    void findsTheRoute_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::newRow("root") << QByteArray("/") << QByteArray("root") << 200;
        QTest::newRow("literal") << QByteArray("/users") << QByteArray("users") << 200;
        QTest::newRow("parameter") << QByteArray("/users/7") << QByteArray("user 7") << 200;
        QTest::newRow("two parameters") << QByteArray("/users/7/posts/9") << QByteArray("7/9") << 200;
        QTest::newRow("the earlier route wins") << QByteArray("/users/me") << QByteArray("user me") << 200;
        QTest::newRow("rest") << QByteArray("/files/a/b.txt") << QByteArray("a/b.txt") << 200;
        QTest::newRow("an encoded slash") << QByteArray("/users/a%2Fb") << QByteArray("user a/b") << 200;
        QTest::newRow("encoded slashes in two")
            << QByteArray("/users/%2f/posts/%2F%41") << QByteArray("///A") << 200;
        QTest::newRow("encoded twice") << QByteArray("/users/a%252Fb") << QByteArray("user a%2Fb") << 200;
        QTest::newRow("an encoded literal") << QByteArray("/u%73ers") << QByteArray("users") << 200;
        QTest::newRow("an encoded slash divides no literals")
            << QByteArray("/users%2F7") << QByteArray() << 404;
        QTest::newRow("a query") << QByteArray("/users/7?x=/a") << QByteArray("user 7") << 200;
        QTest::newRow("absolute form") << QByteArray("http://h:80/users/7") << QByteArray("user 7") << 200;
        QTest::newRow("empty parameter") << QByteArray("/users/") << QByteArray() << 404;
        QTest::newRow("too long") << QByteArray("/users/7/8") << QByteArray() << 404;
        QTest::newRow("nothing") << QByteArray("") << QByteArray() << 404;
    }
    void findsTheRoute()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        HttpRouter router;
        router.get("/", [](const HttpRequest &) { return HttpResponse::text("root"); });
        router.get("/users", [](const HttpRequest &) { return HttpResponse::text("users"); });
        router.get("/users/:id",
                   [](const HttpRequest &r) { return HttpResponse::text("user " + r.parameter("id")); });
        router.get("/users/me", [](const HttpRequest &) { return HttpResponse::text("never"); });
        router.get("/users/:id/posts/:post", [](const HttpRequest &r) {
            return HttpResponse::text(r.parameter("id") + '/' + r.parameter("post"));
        });
        router.get("/files/*", [](const HttpRequest &r) { return HttpResponse::text(r.parameter("*")); });
        const HttpResponse answer = ask(router, "GET", path);
        QCOMPARE(answer.status, status);
        if (status == 200)
            QCOMPARE(answer.body, body);
    }

    void namesTheMethodsAPathTakes()
    {
        HttpRouter router;
        router.get("/a", [](const HttpRequest &) { return HttpResponse::text("got"); });
        router.put("/a", [](const HttpRequest &) { return HttpResponse::text("put"); });
        const HttpResponse answer = ask(router, "DELETE", "/a");
        QCOMPARE(answer.status, 405);
        QCOMPARE(answer.headers.value("Allow"), "GET, PUT");
        QCOMPARE(ask(router, "HEAD", "/a").status, 200);
        QCOMPARE(ask(router, "PUT", "/a").body, "put");
    }

    void answersLaterOrWithAnErrorWhenTheRouteForgets()
    {
        HttpRouter router;
        std::optional<HttpResponder> kept;
        router.routeAsync("GET", "/later",
                          [&](const HttpRequest &, const HttpResponder &responder) { kept = responder; });
        int status = 0;
        HttpRequest request;
        request.method = "GET";
        request.target = "/later";
        router.handle(request, HttpResponder([&](HttpResponse &&response) { status = response.status; }));
        QCOMPARE(status, 0);
        kept->respond(HttpResponse::text("now", 201));
        QCOMPARE(status, 201);

        router.handle(request, HttpResponder([&](HttpResponse &&response) { status = response.status; }));
        kept.reset();
        QCOMPARE(status, 500);
    }

    void saysWhichRouteIsAMistake_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QString>("mistake");
        const auto row = [](const char *method, const char *pattern, const char *mistake) {
            QTest::addRow("%s %s", method, pattern)
                << QByteArray(method) << QByteArray(pattern) << QString::fromUtf8(mistake);
        };
        row("GET", "nope", "The route GET \"nope\" does not begin with \"/\", as every path does");
        row("GET", "", "The route GET \"\" does not begin with \"/\", as every path does");
        row("GET", "/a/*/b",
            "The route GET \"/a/*/b\" has a \"*\" before its end; it stands for the rest of the path, "
            "\":name\" for one segment");
        row("POST", "/a/:", "The route POST \"/a/:\" has a parameter without a name");
        row("GET", "/:a/b/:a", "The route GET \"/:a/b/:a\" has two parameters with the name \":a\"");
        row("GET", "/a?b=c",
            "The route GET \"/a?b=c\" has a query; a pattern is a path alone, and HttpRequest::query has the "
            "query");
        const QString below
            = QStringLiteral(" lies below engine.path, \"/socket.io/\", where Socket.IO answers");
        for (const char *pattern :
             {"/socket.io", "/socket.io/", "/socket.io/mine", "/socket.io/:a", "/socket.io/*"})
            row("GET", pattern,
                ("The route GET \"" + QByteArray(pattern) + '"' + below.toUtf8()).constData());
        row("get", "/a",
            "The route get \"/a\" names its method in small letters; methods are written large, and are not "
            "the same otherwise");
        row("HEAD", "/a", "The route HEAD \"/a\" is for HEAD, which the routes for GET answer");
        row("", "/a", "The route  \"/a\" has no method");
        for (const char *pattern :
             {"/", "/a", "/a/:b/:c/*", "/*", "/socket.iox", "/:a/b", "/a/b*", "/a//b", "/a%20b"})
            row("PUT", pattern, "");
        row("M-SEARCH", "/a", "");
    }
    void saysWhichRouteIsAMistake()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, pattern);
        QFETCH(QString, mistake);
        const auto answer = [](const HttpRequest &) { return HttpResponse::text("answer"); };
        HttpRouter router;
        router.get("/first", answer);
        router.route(method, pattern, answer);
        const auto checked = router.check("/socket.io/");
        QCOMPARE(checked ? QString() : checked.error().message, mistake);
        if (!checked)
            QCOMPARE(checked.error().code, ErrorCode::ConfigError);

        HttpRouter late; // Nobody asks any more: it goes to the log, and nowhere else.
        QVERIFY(late.check("/socket.io/"));
        if (!mistake.isEmpty())
            QTest::ignoreMessage(QtCriticalMsg, qPrintable(mistake));
        late.route(method, pattern, answer);
    }

    void aRouteWithoutAHandlerOrThereTwiceIsAMistake()
    {
        const auto answer = [](const HttpRequest &) { return HttpResponse::text("answer"); };
        HttpRouter empty;
        empty.get("/a", {});
        QCOMPARE(empty.check("/socket.io/").error().message, u"The route GET \"/a\" has no handler"_s);
        HttpRouter twice;
        twice.get("/a/:id", answer);
        twice.put("/a/:id", answer);
        QVERIFY(twice.check("/socket.io/"));
        twice.get("/a/:name", answer);
        QCOMPARE(twice.check("/socket.io/").error().message,
                 u"The route GET \"/a/:name\" is there twice, and the first one answers"_s);
    }

    void anExceptionEndsItsRequestAlone_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("log");
        QTest::newRow("one that says what")
            << QByteArray("/throws") << 500
            << u"Exceptions that left routes: 1 - the last for \"/throws?x\" - \"no luck\""_s;
        QTest::newRow("one of another type")
            << QByteArray("/throws5") << 500
            << u"Exceptions that left routes: 1 - the last for \"/throws5?x\" - \"of a type that says nothing\""_s;
        QTest::newRow("after the answer")
            << QByteArray("/answers") << 200
            << u"Exceptions that left routes: 1 - the last for \"/answers?x\" - \"too late\""_s;
        QTest::newRow("with the way back kept")
            << QByteArray("/keeps") << 500
            << u"Exceptions that left routes: 1 - the last for \"/keeps?x\" - \"kept\""_s;
    }
    void anExceptionEndsItsRequestAlone()
    {
        QFETCH(QByteArray, path);
        QFETCH(int, status);
        QFETCH(QString, log);
        HttpRouter router;
        std::optional<HttpResponder> kept;
        router.get("/throws",
                   [](const HttpRequest &) -> HttpResponse { throw std::runtime_error("no luck"); });
        router.get("/throws5", [](const HttpRequest &) -> HttpResponse { throw 5; });
        router.routeAsync("GET", "/answers", [](const HttpRequest &, const HttpResponder &responder) {
            responder.respond(HttpResponse::text("answer"));
            throw std::runtime_error("too late");
        });
        router.routeAsync("GET", "/keeps", [&](const HttpRequest &, const HttpResponder &responder) {
            kept = responder;
            throw std::runtime_error("kept");
        });
        QTest::ignoreMessage(QtCriticalMsg, qPrintable(log));
        QList<int> answers;
        HttpRequest request;
        request.method = "GET";
        request.target = path;
        request.target = path + "?x";
        router.handle(request,
                      HttpResponder([&](HttpResponse &&response) { answers.append(response.status); }));
        QCOMPARE(answers, QList<int>{status});
        // Whoever asks for it again and again fills no log.
        static int said = 0;
        said = 0;
        const auto before = qInstallMessageHandler([](auto, const auto &, const auto &) { ++said; });
        router.handle(request, HttpResponder([](HttpResponse &&) {}));
        qInstallMessageHandler(before);
        QCOMPARE(said, 0);
    }

    void aHandlerMayAddRoutes()
    {
        HttpRouter router;
        QByteArray own(1000, 'x'); // Part of what is called, and there to its end.
        router.get("/more", [&router, own](const HttpRequest &) {
            for (int i = 0; i < 1000; ++i)
                router.get("/more/" + QByteArray::number(i),
                           [](const HttpRequest &) { return HttpResponse::text("a"); });
            return HttpResponse::text(own);
        });
        QCOMPARE(ask(router, "GET", "/more").body, own);
        QCOMPARE(ask(router, "GET", "/more/999").body, "a");
    }

    void debugBuildsAssertThatTheHubAnswers()
    {
        HttpResponder responder([](HttpResponse &&) {});
        const auto answer = [&] { responder.respond(HttpResponse::text("a")); };
        const QByteArray said = test::lastWordsOf([&] { std::thread(answer).join(); });
#ifdef QT_NO_DEBUG
        QCOMPARE(said, QByteArray()); // There are no assertions.
#else
        QVERIFY2(said.contains("in the thread of its Dialogue alone"), said.constData());
#endif
        QCOMPARE(test::lastWordsOf(answer), QByteArray());
    }

    void bodiesAreJsonBothWays()
    {
        QCOMPARE(HttpResponse::json({{u"ok"_s, true}, {u"list"_s, QJsonArray{1, 2}}}).body,
                 "{\"list\":[1,2],\"ok\":true}");
        QCOMPARE(HttpResponse::json({{u"message"_s, u"no"_s}}, 404).status, 404);
        QCOMPARE(HttpResponse::json({}).body, "{}");
        QCOMPARE(HttpResponse::json(QJsonArray{1}).body, "[1]");
        QCOMPARE(HttpResponse::json(QJsonObject{{u"a"_s, 1}}).body, "{\"a\":1}");

        HttpRequest request;
        request.body = " {\"celsius\": 21.5}\n";
        QCOMPARE((*request.json())[u"celsius"].toDouble(), 21.5);
        request.body = "\"text\"";
        QCOMPARE(request.json()->toString(), u"text"_s);
        request.body = "{\"a\": 1,}";
        QCOMPARE(request.json().error().code, ErrorCode::ParseError);
        QCOMPARE(request.json().error().text(),
                 u"The body is no JSON: Expected a key in quotes at byte 8 of the JSON"_s);
        request.body = "\n";
        QCOMPARE(request.json().error().text(), u"The body is empty, and so no JSON"_s);
    }
};

DIALOGUE_TEST(TestRouter, QCoreApplication)
#include "tst_router.moc"
