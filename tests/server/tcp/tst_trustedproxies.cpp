#include "server/tcp/trustedproxies.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;

class TestTrustedProxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contains_data()
    {
        QTest::addColumn<QString>("item");
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("contained");
        const auto row = [](const char *item, const char *address, bool contained) {
            QTest::addRow("%s: %s", item, address)
                << QString::fromLatin1(item) << QString::fromLatin1(address) << contained;
        };
        row("192.0.2.7", "192.0.2.7", true);
        row("192.0.2.7", "192.0.2.8", false);
        row("192.0.2.7/32", "192.0.2.7", true);
        row("192.0.2.0/25", "192.0.2.127", true);
        row("192.0.2.0/25", "192.0.2.128", false);
        row("0.0.0.0/0", "203.0.113.9", true);
        row("0.0.0.0/0", "2001:db8::1", false);
        row("::/0", "2001:db8::1", true);
        row("::/0", "203.0.113.9", false);
        row("2001:db8::/33", "2001:db8:7fff::1", true);
        row("2001:db8::/33", "2001:db8:8000::1", false);
        row("2001:db8::1", "2001:db8::1", true);
        row("2001:db8::1", "2001:db8::2", false);
        row("::ffff:192.0.2.0/120", "192.0.2.9", true);
        row("::ffff:192.0.2.7", "192.0.2.7", true);
        row("loopback", "127.0.0.1", true);
        row("loopback", "127.255.255.255", true);
        row("loopback", "::1", true);
        row("loopback", "10.0.0.1", false);
        row("private", "10.255.0.1", true);
        row("private", "172.31.0.1", true);
        row("private", "172.32.0.1", false);
        row("private", "192.168.1.1", true);
        row("private", "fd12::1", true);
        row("private", "fe80::1", true);
        row("private", "169.254.0.1", true);
        row("private", "127.0.0.1", false);
        row("unix", "127.0.0.1", false);
    }
    void contains()
    {
        QFETCH(QString, item);
        QFETCH(QString, address);
        const Result<TrustedProxies> proxies = TrustedProxies::parse({item});
        QVERIFY2(proxies, qPrintable(proxies ? QString() : proxies.error().text()));
        QVERIFY(!proxies->isEmpty());
        QTEST(proxies->contains(QHostAddress(address)), "contained");
    }

    void knowsWhoCameThroughAUnixSocket()
    {
        const auto unixPeer = Peer{.address = {}, .isUnix = true};
        QVERIFY(TrustedProxies::parse({QStringLiteral("unix")})->contains(unixPeer));
        QVERIFY(!TrustedProxies::parse({QStringLiteral("loopback")})->contains(unixPeer));
        // An address that is not known says nothing of where somebody came from.
        QVERIFY(!TrustedProxies::parse({QStringLiteral("unix"), QStringLiteral("::/0")})->contains(Peer{}));
        QVERIFY(TrustedProxies().isEmpty());
        QVERIFY(!TrustedProxies().contains(unixPeer));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("item");
        QTest::addColumn<QString>("hint");
        const auto row = [](const char *item, const char *hint) {
            QTest::newRow(item) << QString::fromLatin1(item) << QString::fromLatin1(hint);
        };
        row("", "must be an address");
        row("localhost", "not \"localhost\"");
        row("10", "not \"10\"");
        row("10.0/8", "not \"10.0/8\"");
        row("127.1", "not \"127.1\"");
        row("0x7f.0.0.1", "must be an address");
        row("010.0.0.1", "must be an address");
        row("fe80::1%eth0", "must be an address");
        row("10.0.0.0/33", "from 0 to 32");
        row("10.0.0.0/", "from 0 to 32");
        row("10.0.0.0/+8", "from 0 to 32");
        row("10.0.0.0/8 ", "from 0 to 32");
        row("2001:db8::/129", "from 0 to 128");
        row("::ffff:10.0.0.0/8", "from 96 to 128");
        row("10.1.2.3/8", "write \"10.0.0.0/8\"");
        row("2001:db8::1/32", "write \"2001:db8::/32\"");
        row("10.0.0.1-10.0.0.9", "must be an address");
    }
    void refuses()
    {
        QFETCH(QString, item);
        QFETCH(QString, hint);
        const Result<TrustedProxies> proxies = TrustedProxies::parse({QStringLiteral("loopback"), item});
        QVERIFY(!proxies);
        QCOMPARE(proxies.error().code, ErrorCode::ConfigError);
        QCOMPARE(proxies.error().path, QStringLiteral("trustedProxies[1]"));
        QVERIFY2(proxies.error().message.contains(hint), qPrintable(proxies.error().message));
        QCOMPARE(TrustedProxies::problem(item), proxies.error().message);
    }
};

DIALOGUE_TEST(TestTrustedProxies, QCoreApplication)
#include "tst_trustedproxies.moc"
