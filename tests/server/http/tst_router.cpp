#include "server/http/router.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;

class TestRouter : public QObject
{
    Q_OBJECT

    static HttpResponse ask(const HttpRouter &router, const QByteArray &method, const QByteArray &path)
    {
        HttpResponse answer{.status = 0};
        HttpRequest request;
        request.method = method;
        request.path = path;
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
        request.path = "/later";
        router.handle(request, HttpResponder([&](HttpResponse &&response) { status = response.status; }));
        QCOMPARE(status, 0);
        kept->respond(HttpResponse::text("now", 201));
        QCOMPARE(status, 201);

        router.handle(request, HttpResponder([&](HttpResponse &&response) { status = response.status; }));
        kept.reset();
        QCOMPARE(status, 500);
    }
};

DIALOGUE_TEST(TestRouter, QCoreApplication)
#include "tst_router.moc"
