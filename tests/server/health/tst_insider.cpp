#include "server/health/insider.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** Who asks from the machine of the server. */
class TestInsider : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isToldFromAStranger_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<bool>("is");
        const auto row
            = [](const char *name, const char *address, const char *host, const char *header, bool is) {
                  QTest::newRow(name)
                      << QString::fromLatin1(address) << QByteArray(host) << QByteArray(header) << is;
              };
        row("by an address", "127.0.0.1", "127.0.0.1:3000", "", true);
        row("another of the loopback", "127.8.8.8", "127.8.8.8", "", true);
        row("IPv6", "::1", "[::1]:3000", "", true);
        row("IPv4 in IPv6", "::ffff:127.0.0.1", "127.0.0.1", "", true);
        row("by name", "127.0.0.1", "localhost:3000", "", true);
        row("a neighbour", "192.168.1.2", "127.0.0.1", "", false);
        row("a Unix socket's peer", "", "localhost", "", false);
        row("a page whose name points here", "127.0.0.1", "evil.example:3000", "", false);
        row("without a host", "127.0.0.1", "", "", false);
        row("a page of another origin", "127.0.0.1", "127.0.0.1", "Origin", false);
        row("a proxy that nobody trusts", "127.0.0.1", "127.0.0.1", "X-Forwarded-For", false);
        row("one that says it in its own way", "127.0.0.1", "127.0.0.1", "x-real-ip", false);
        row("one that follows the RFC", "127.0.0.1", "127.0.0.1", "Forwarded", false);
        row("one that names itself", "127.0.0.1", "127.0.0.1", "Via", false);
    }
    void isToldFromAStranger()
    {
        QFETCH(QString, address);
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, header);
        QFETCH(bool, is);
        HttpRequest request;
        request.peerAddress = address.isEmpty() ? noAddress() : QHostAddress(address);
        if (!host.isEmpty())
            request.headers.append("Host", host);
        if (!header.isEmpty())
            request.headers.append(header, "1.2.3.4");
        QCOMPARE(isFromThisMachine(request), is);
    }
};

DIALOGUE_TEST(TestInsider, QCoreApplication)
#include "tst_insider.moc"
