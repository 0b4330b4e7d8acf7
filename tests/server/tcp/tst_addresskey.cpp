#include "server/tcp/addresskey.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;

class TestAddressKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsBy_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("key");
        const auto row = [](const char *name, const char *address, const char *key) {
            QTest::newRow(name) << QString::fromLatin1(address) << QString::fromLatin1(key);
        };
        row("IPv4", "192.0.2.7", "192.0.2.7");
        row("mapped IPv4", "::ffff:192.0.2.7", "192.0.2.7");
        row("IPv6", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::");
        row("the first of a block", "2001:db8:1:2::", "2001:db8:1:2::");
        row("the last of a block", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::");
        row("the next block", "2001:db8:1:3::", "2001:db8:1:3::");
        row("loopback", "::1", "::");
        row("with a scope", "fe80::1%eth0", "fe80::");
    }
    void countsBy()
    {
        QFETCH(QString, address);
        QFETCH(QString, key);
        QCOMPARE(addressKey(QHostAddress(address)), QHostAddress(key));
    }

    void keepsNoAddressApartFromAll()
    {
        QCOMPARE(addressKey(QHostAddress()), QHostAddress());
        QVERIFY(addressKey(QHostAddress()) != addressKey(QHostAddress(QStringLiteral("::1"))));
        QVERIFY(addressKey(QHostAddress()) != addressKey(QHostAddress(QStringLiteral("0.0.0.0"))));
    }
};

DIALOGUE_TEST(TestAddressKey, QCoreApplication)
#include "tst_addresskey.moc"
