#include "netserver.h"
#include "qttransport.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;

/** A request that comes through a proxy, over a socket. */
class TestTrustedProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isBelievedOnlyWhereItIsTrusted_data()
    {
        QTest::addColumn<QStringList>("trusted");
        QTest::addColumn<QByteArray>("client");
        QTest::newRow("nobody is trusted") << QStringList() << QByteArray("127.0.0.1 http inner");
        QTest::newRow("another is trusted")
            << QStringList{QStringLiteral("10.0.0.0/8"), QStringLiteral("unix")}
            << QByteArray("127.0.0.1 http inner");
        QTest::newRow("it is trusted")
            << QStringList{QStringLiteral("loopback")} << QByteArray("192.0.2.7 https chat.example.org");
    }
    void isBelievedOnlyWhereItIsTrusted()
    {
        QFETCH(QStringList, trusted);
        QFETCH(QByteArray, client);
        NetServer server(1, {.trustedProxies = *TrustedProxies::parse(trusted)});
        const auto socket = server.connectedClient();
        const QByteArray request = "GET /client HTTP/1.1\r\nHost: inner\r\nX-Forwarded-For: 192.0.2.7\r\n"
                                   "X-Forwarded-Proto: https\r\nX-Forwarded-Host: chat.example.org\r\n\r\n";
        socket->write(request);
        QVERIFY(readUntil(*socket, client).endsWith(client));
        // Each request on a proxy's connection may be another client's.
        socket->write("GET /client HTTP/1.1\r\nHost: inner\r\n\r\n");
        QVERIFY(readUntil(*socket, " inner").endsWith("\r\n127.0.0.1 http inner"));
    }

    void isCountedWhenItSaysWhatCannotBeRead()
    {
        NetServer server(1, {.trustedProxies = *TrustedProxies::parse({QStringLiteral("loopback")})});
        const auto socket = server.connectedClient();
        // Once, however often it happens.
        QTest::failOnWarning(QRegularExpression(QStringLiteral("malformed X-Forwarded-For.*: 2 ")));
        QTest::ignoreMessage(
            QtWarningMsg, QRegularExpression(QStringLiteral("malformed X-Forwarded-For.*: 1 .* 127.0.0.1")));
        for (int i = 0; i < 2; ++i) {
            socket->write("GET /client HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: nonsense\r\n\r\n");
            QVERIFY(readUntil(*socket, " http x").endsWith("127.0.0.1 http x"));
        }
        server.in(0, [&](NetServer::Handler &) { QCOMPARE(server.worker().malformedForwardings(), 2); });
    }
};

DIALOGUE_TEST(TestTrustedProxy, QCoreApplication)
DIALOGUE_TEST_AS("qt", TestTrustedProxy, QtTransport)
#include "tst_trustedproxy.moc"
