#include "server/engine/allowedhosts.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::engineio;

namespace {

HttpRequest askedFor(const QByteArray &host)
{
    HttpRequest request;
    if (!host.isEmpty())
        request.headers.append("Host", host);
    return request;
}

} // namespace

class TestAllowedHosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allowsNamesOfTheListAndAddresses_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char *host, bool allowed) {
            QTest::newRow(*host ? host : "none") << QByteArray(host) << allowed;
        };
        row("chat.example.org", true);
        row("Chat.Example.Org:8080", true);
        row("chat.example.org.", true);
        row("a.example.net", true);
        row("a.b.example.net", false);
        row("example.net", false);
        row("evil.example", false);
        row("chat.example.org.evil.example", false);
        row("127.0.0.1:3000", true);
        row("[::1]:3000", true);
        row("192.0.2.7", true);
        row("127.0.0.1.evil.example", false);
        row("2130706433", false); // Some take that for an address; browsers ask for 127.0.0.1 then.
        row("localhost", true);
        row("app.localhost:80", true);
        row("localhost.evil.example", false);
        row("", true);
        row("a b", false);
        row("chat.example.org:x", false);
    }
    void allowsNamesOfTheListAndAddresses()
    {
        QFETCH(QByteArray, host);
        const AllowedHosts hosts({QStringLiteral("chat.example.org"), QStringLiteral("*.example.net")});
        QTEST(hosts.allows(askedFor(host)), "allowed");
        QVERIFY(AllowedHosts({}).allows(askedFor(host)));
    }

    void saysWhatToDo()
    {
        const HttpResponse refusal = AllowedHosts::refusal(askedFor("evil.example"));
        QCOMPARE(refusal.status, 421);
        QCOMPARE(
            refusal.body,
            QByteArray("This server does not answer to the host \"evil.example\": allowedHosts names those "
                       "it does.\n"));
    }

    void goesByWhatATrustedProxySays()
    {
        const AllowedHosts hosts({QStringLiteral("chat.example.org")});
        HttpRequest request = askedFor("inner");
        request.authority = "chat.example.org";
        QVERIFY(hosts.allows(request));
        request = askedFor("chat.example.org");
        request.authority = "evil.example";
        QVERIFY(!hosts.allows(request));
    }
};

DIALOGUE_TEST(TestAllowedHosts, QCoreApplication)
#include "tst_allowedhosts.moc"
