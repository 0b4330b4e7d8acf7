#include "server/http/origin.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;

class TestOrigin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheHostsOwn_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("same");
        const auto row = [](const char *origin, const char *host, bool same) {
            QTest::addRow("%s at %s", origin, host) << QByteArray(origin) << QByteArray(host) << same;
        };
        row("https://a.example", "a.example", true);
        row("https://a.example", "a.example:443", true);
        row("wss://a.example", "a.example:443", true);
        row("http://a.example", "a.example:80", true);
        row("ws://a.example", "a.example", true);
        row("https://a.example:443", "a.example", true);
        row("http://a.example:80", "a.example:80", true);
        row("HTTPS://A.example", "a.EXAMPLE", true);
        row("http://a.example:3000", "a.example:3000", true);
        row("http://[::1]:3000", "[::1]:3000", true);
        row("http://[0:0::1]:3000", "[::1]:3000", true);
        row("http://127.0.0.1", "127.0.0.1:", true);
        row("https://a.example", "a.example:80", false);
        row("http://a.example", "a.example:443", false);
        row("http://a.example", "a.example:3000", false);
        row("http://a.example:3000", "a.example", false);
        row("https://a.example", "b.example", false);
        row("https://a.example", "a.example.b.example", false);
        row("file://", "", false);
        row("app://a.example", "a.example", false);
        row("https://a.example", "a.example:99999", false);
        row("https://a.example", "x@a.example", false);
        row("https://a.example", "", false);
    }
    void isTheHostsOwn()
    {
        QFETCH(QByteArray, origin);
        QFETCH(QByteArray, host);
        const auto parsed = parseOrigin(origin);
        QVERIFY(parsed);
        QTEST(isSameOrigin(*parsed, host), "same");
    }

    void isNoneWhereItCannotBeCompared_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"",
                                 "null",
                                 "javascript:",
                                 "data:,x",
                                 "a.example",
                                 "//a.example",
                                 "://a.example",
                                 "http://",
                                 "http:///",
                                 "http://a.example/",
                                 "http://a.example/x",
                                 "http://a.example?x",
                                 "http://x@a.example",
                                 "http://a.example:",
                                 "http://a.example:0",
                                 "http://a.example:65536",
                                 "http://a.example:x",
                                 "http://[::1",
                                 "http://[a.example]",
                                 "http://::1",
                                 "http://a b",
                                 "1http://a.example",
                                 "http://a.example https://b.example",
                                 "http://a.example, http://b.example",
                                 "file:///x"})
            QTest::newRow(*text ? text : "empty") << QByteArray(text);
        QTest::newRow("too long") << "http://" + QByteArray(256, 'a');
    }
    void isNoneWhereItCannotBeCompared()
    {
        QFETCH(QByteArray, text);
        if (text == "http://a.example:") { // Tells no port, as a Host header may.
            QCOMPARE(parseOrigin(text)->authority.port, 80);
            return;
        }
        QVERIFY(!parseOrigin(text));
    }

    void fitsAPattern_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char *pattern, const char *origin, bool fits) {
            QTest::addRow("%s %s", pattern, origin)
                << QString::fromUtf8(pattern) << QByteArray(origin) << fits;
        };
        row("https://app.example.org", "https://app.example.org", true);
        row("HTTPS://App.Example.org", "https://app.example.org", true);
        row("https://app.example.org:443", "https://app.example.org", true);
        row("https://app.example.org", "https://app.example.org:443", true);
        row("https://app.example.org", "http://app.example.org", false);
        row("https://app.example.org", "https://app.example.org:8443", false);
        row("https://app.example.org", "https://app.example.org.evil.example", false);
        row("https://*.example.org", "https://app.example.org", true);
        row("https://*.example.org", "https://example.org", false);
        row("https://*.example.org", "https://a.b.example.org", false);
        row("https://*.example.org", "https://app.example.org:8443", false);
        row("https://*.example.org", "https://app-example.org", false);
        row("https://*.*.example.org", "https://a.b.example.org", true);
        row("https://pr-*.example.org", "https://pr-17.example.org", true);
        row("https://pr-*.example.org", "https://pr-.example.org", false);
        row("https://pr-*.example.org", "https://pr-1.2.example.org", false);
        row("https://a*b*c.example.org", "https://axbybzc.example.org", true);
        row("https://a*b*c.example.org", "https://axbyc.example.org", true);
        row("https://a*b*c.example.org", "https://abxc.example.org", false);
        row("http://localhost:*", "http://localhost:5173", true);
        row("http://localhost:*", "http://localhost", true);
        row("http://localhost:*", "https://localhost:5173", false);
        row("http://[::1]:3000", "http://[::1]:3000", true);
        row("http://[0::1]:3000", "http://[::1]:3000", true);
        row("https://m\xc3\xbcnchen.example", "https://xn--mnchen-3ya.example", true);
        row("null", "null", true);
        row("null", "file://", false);
        row("file://", "file://", true);
        row("file://", "null", false);
        row("file://", "file://host", false);
        row("capacitor://localhost", "capacitor://localhost", true);
        row("chrome-extension://*", "chrome-extension://abcdefgh", true);
        row("https://app.example.org", "javascript:", false);
        row("https://app.example.org", "", false);
    }
    void fitsAPattern()
    {
        QFETCH(QString, pattern);
        QFETCH(QByteArray, origin);
        const Result<OriginPattern> parsed = OriginPattern::parse(pattern);
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message));
        QTEST(parsed->matches(origin, parseOrigin(origin)), "fits");
        QCOMPARE(OriginPattern::problem(pattern), QString());
    }

    void refusesPatternsThatNothingFits_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("hint");
        const auto row = [](const char *pattern, const char *hint) {
            QTest::newRow(*pattern ? pattern : "empty")
                << QString::fromUtf8(pattern) << QString::fromUtf8(hint);
        };
        row("", "an origin is a scheme");
        row("app.example.org", "such as \"https://app.example.org\"");
        row("*.example.org", "an origin is a scheme");
        row("*://app.example.org", "an origin is a scheme");
        row("//app.example.org", "an origin is a scheme");
        row("javascript:", "an origin is a scheme");
        row("Null", "or \"null\"");
        row("https://app.example.org/", "write \"https://app.example.org\"");
        row("https://app.example.org/chat?x", "write \"https://app.example.org\"");
        row("file:///home", "write \"file://\"");
        row("https://ann@app.example.org", "write \"https://app.example.org\"");
        row("https://", "a host is missing");
        row("https://*", "or \"*\" for any page");
        row("https://*:8443", "or \"*\" for any page");
        row("https://app.example.org:0", "a port from 1 to 65535");
        row("https://app.example.org:8*", "a port from 1 to 65535");
        row("https://app.example.org:", "a port from 1 to 65535");
        row("https://a b.example.org", "a host name is");
        row("https://.example.org", "a host name is");
        row("https://app..example.org", "a host name is");
        row("https://[::1", "an address of IPv6");
        row("https://[192.0.2.7]", "an address of IPv6");
        row("http://127.1", "is an address");
        row("http://192.0.2.300:80", "is an address");
    }
    void refusesPatternsThatNothingFits()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, hint);
        const QString problem = OriginPattern::problem(pattern);
        QVERIFY2(problem.startsWith(u'"' + pattern + QStringLiteral("\" matches nothing: "))
                     && problem.contains(hint),
                 qPrintable(problem));
    }

    void anyIsNoPatternButAllowedInAList()
    {
        QCOMPARE(OriginPattern::problem(QStringLiteral("*")), QString());
    }
};

DIALOGUE_TEST(TestOrigin, QCoreApplication)
#include "tst_origin.moc"
