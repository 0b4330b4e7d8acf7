#include "server/engine/cors.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::engineio;

namespace {

HttpRequest withOrigin(const QByteArray &origin, const QByteArray &host = "chat.example.org")
{
    HttpRequest request;
    if (!host.isEmpty())
        request.headers.append("Host", host);
    if (!origin.isEmpty())
        request.headers.append("Origin", origin);
    return request;
}

CorsPolicy listing(const QStringList &origins)
{
    CorsConfig config;
    config.origins = origins;
    return CorsPolicy(config);
}

} // namespace

class TestCors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allowsItsOwnOriginOnly_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char *origin, const char *host, bool allowed) {
            QTest::addRow("%s at %s", origin, host) << QByteArray(origin) << QByteArray(host) << allowed;
        };
        row("", "chat.example.org", true);
        row("https://chat.example.org", "chat.example.org", true);
        row("https://evil.example", "chat.example.org", false);
        row("https://chat.example.org.evil.example", "chat.example.org", false);
        // Without a Host there is nothing to be the same as.
        row("null", "", false);
        row("javascript:", "", false);
        row("https://", "", false);
        row("https://chat.example.org", "", false);
    }
    void allowsItsOwnOriginOnly()
    {
        QFETCH(QByteArray, origin);
        QFETCH(QByteArray, host);
        const CorsPolicy policy((CorsConfig()));
        QTEST(policy.allows(withOrigin(origin, host)), "allowed");
        HttpResponse response;
        policy.apply(origin, response);
        QVERIFY(response.headers.isEmpty());
    }

    void allowsItsOwnOriginBehindAProxy()
    {
        HttpRequest request = withOrigin("https://chat.example.org", "127.0.0.1:3000");
        const CorsPolicy policy((CorsConfig()));
        QVERIFY(!policy.allows(request));
        request.authority = "chat.example.org";
        QVERIFY(policy.allows(request));
    }

    void allowsItsOwnOriginAtAPortThatAProxyLeftOut_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("unnamed");
        QTest::addColumn<bool>("allowed");
        const QByteArray bare = "chat.example.org";
        QTest::newRow("no proxy") << bare << 0 << false;
        QTest::newRow("a proxy that says nothing of it") << bare << HttpRequest::AnyPort << true;
        QTest::newRow("a proxy that says which") << bare << 8443 << true;
        QTest::newRow("a proxy that names another") << bare << 8444 << false;
        QTest::newRow("another in the host") << bare + ":8444" << HttpRequest::AnyPort << false;
        QTest::newRow("another host") << QByteArray("example.org") << HttpRequest::AnyPort << false;
    }
    void allowsItsOwnOriginAtAPortThatAProxyLeftOut()
    {
        QFETCH(QByteArray, host);
        QFETCH(int, unnamed);
        const CorsPolicy policy((CorsConfig()));
        HttpRequest request = withOrigin("https://chat.example.org:8443", host);
        request.unnamedPort = unnamed;
        QTEST(policy.allows(request), "allowed");
        QVERIFY(!policy.allows([&] {
            HttpRequest other = withOrigin("https://evil.example:8443", host);
            other.unnamedPort = unnamed;
            return other;
        }()));
    }

    void allowsPagesWithoutAHostWhereTheyAreListed()
    {
        const CorsPolicy policy = listing({QStringLiteral("null"), QStringLiteral("file://")});
        for (const char *origin : {"null", "file://"}) {
            QVERIFY(policy.allows(withOrigin(origin)));
            HttpResponse response;
            policy.apply(origin, response);
            QCOMPARE(response.headers.value("Access-Control-Allow-Origin"), QByteArray(origin));
        }
        QVERIFY(!policy.allows(withOrigin("file:///etc/passwd")));
        QVERIFY(!policy.allows(withOrigin("javascript:")));
        QVERIFY(!listing({QStringLiteral("file://")}).allows(withOrigin("null")));
    }

    void allowsWhatAPatternFits()
    {
        const CorsPolicy policy
            = listing({QStringLiteral("https://*.example.org"), QStringLiteral("http://localhost:*")});
        QVERIFY(policy.allows(withOrigin("https://app.example.org", "x")));
        QVERIFY(policy.allows(withOrigin("http://localhost:5173", "x")));
        QVERIFY(!policy.allows(withOrigin("http://app.example.org", "x")));
        HttpResponse response;
        policy.apply("https://app.example.org", response);
        QCOMPARE(response.headers.value("Access-Control-Allow-Origin"),
                 QByteArray("https://app.example.org"));
        QCOMPARE(response.headers.value("Vary"), QByteArray("Origin"));
    }

    void refusesASecondOrigin()
    {
        HttpRequest request = withOrigin("https://chat.example.org");
        QVERIFY(CorsPolicy::isValidOrigin(request));
        request.headers.append("Origin", "https://chat.example.org");
        QVERIFY(!CorsPolicy::isValidOrigin(request));
    }

    void allowsListedOrigins()
    {
        CorsConfig config;
        config.origins = {QStringLiteral("https://app.example.org")};
        const CorsPolicy policy(config);
        QVERIFY(policy.allows(withOrigin("https://app.example.org")));
        QVERIFY(!policy.allows(withOrigin("https://other.example.org")));
        HttpResponse response;
        policy.apply("https://app.example.org", response);
        QCOMPARE(response.headers.value("Access-Control-Allow-Origin"),
                 QByteArray("https://app.example.org"));
        QCOMPARE(response.headers.value("Access-Control-Allow-Credentials"), QByteArray("true"));
        QCOMPARE(response.headers.value("Vary"), QByteArray("Origin"));
        HttpResponse other;
        policy.apply("https://other.example.org", other);
        QVERIFY(!other.headers.contains("Access-Control-Allow-Origin"));
        QCOMPARE(other.headers.value("Vary"), QByteArray("Origin")); // A cache must not mix the two up.
    }

    void allowsAnyoneWithoutCredentials()
    {
        CorsConfig config;
        config.origins = {QStringLiteral("*")};
        const CorsPolicy policy(config);
        QVERIFY(policy.allows(withOrigin("https://anywhere.example")));
        HttpRequest request = withOrigin("https://anywhere.example");
        request.headers.append("Access-Control-Request-Headers", "x-token");
        const HttpResponse response = policy.preflight(request);
        QCOMPARE(response.status, 204);
        QCOMPARE(response.headers.value("Access-Control-Allow-Origin"), QByteArray("*"));
        QCOMPARE(response.headers.value("Access-Control-Allow-Headers"), QByteArray("x-token"));
        QVERIFY(!response.headers.contains("Access-Control-Allow-Credentials"));
    }

    void refusesControlCharactersInAnOrigin()
    {
        QVERIFY(CorsPolicy::isValidOrigin(withOrigin("https://a.example")));
        QVERIFY(!CorsPolicy::isValidOrigin(withOrigin("https://a\x01.example")));
        QVERIFY(!CorsPolicy::isValidOrigin(withOrigin("https://a\x7f.example")));
    }
};

DIALOGUE_TEST(TestCors, QCoreApplication)
#include "tst_cors.moc"
