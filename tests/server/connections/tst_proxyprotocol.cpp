#include "netserver.h"
#include "qttransport.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace std::chrono_literals;

namespace {

const QByteArray Header = "PROXY TCP4 192.0.2.7 203.0.113.1 47011 443\r\n";
const QByteArray Request = "GET /client HTTP/1.1\r\nHost: x\r\n";

NetConfig proxied(const QString &trusted = QStringLiteral("loopback"))
{
    return {.trustedProxies = *TrustedProxies::parse({trusted}), .proxyProtocol = true};
}

} // namespace

/** Connections that a proxy describes in a header of the PROXY protocol. */
class TestProxyProtocol : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aConnectionIsTheClients_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("client");
        QTest::newRow("version 1") << Header << QByteArray("192.0.2.7 http x");
        QTest::newRow("version 2, with TLS") << QByteArray("\r\n\r\n\0\r\nQUIT\n", 12)
                + QByteArray::fromHex("21 11 0014 c0000207 cb007101 b7a3 01bb 20 0005 01 00000000")
                                             << QByteArray("192.0.2.7 https x");
        QTest::newRow("its own") << QByteArray("PROXY UNKNOWN\r\n") << QByteArray("127.0.0.1 http x");
    }
    void aConnectionIsTheClients()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, client);
        NetServer server(1, proxied());
        for (const bool inPieces : {false, true}) {
            const auto socket = server.connectedClient();
            for (const QByteArray &piece :
                 inPieces ? QByteArrayList{header.first(9), header.sliced(9)} : QByteArrayList{header}) {
                socket->write(piece);
                socket->flush();
            }
            socket->write(Request + "\r\n");
            QVERIFY(readUntil(*socket, client).endsWith(client));
            // Of all its requests.
            socket->write(Request + "\r\n");
            QVERIFY(readUntil(*socket, client).endsWith(client));
        }
    }

    void theClientIsNotBelievedInItsTurn()
    {
        NetServer server(1, proxied());
        const auto socket = server.connectedClient();
        socket->write(Header + Request + "X-Forwarded-For: 198.51.100.9\r\n\r\n");
        QVERIFY(readUntil(*socket, " http x").endsWith("192.0.2.7 http x"));
        // But where it is a proxy of ours too.
        const auto chained = server.connectedClient();
        chained->write("PROXY TCP4 127.0.0.2 127.0.0.1 1 2\r\n" + Request
                       + "X-Forwarded-For: 198.51.100.9\r\n\r\n");
        QVERIFY(readUntil(*chained, " http x").endsWith("198.51.100.9 http x"));
    }

    void aTrustedProxyHasToSendOne_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QString>("reason");
        QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                              << QStringLiteral("no PROXY header");
        QTest::newRow("malformed") << QByteArray("PROXY TCP4 x\r\n")
                                   << QStringLiteral("a malformed PROXY line");
        QTest::newRow("too slow") << QByteArray("PROXY TCP4 ") << QStringLiteral("no PROXY header in time");
        QTest::newRow("silent") << QByteArray() << QStringLiteral("no PROXY header in time");
    }
    void aTrustedProxyHasToSendOne()
    {
        QFETCH(QByteArray, sent);
        QFETCH(QString, reason);
        NetConfig config = proxied();
        config.headerTimeout = 200ms;
        NetServer server(1, config);
        const auto socket = server.connectedClient();
        QTest::ignoreMessage(
            QtWarningMsg,
            QRegularExpression(QStringLiteral("closed: 1 - the last from 127.0.0.1 came with ") + reason));
        socket->write(sent);
        QCOMPARE(readAll(*socket), QByteArray());
        QCOMPARE(server.seen().requests, 0);
        server.in(0, [&](NetServer::Handler &) { QCOMPARE(server.worker().missingProxyHeaders(), 1); });
    }

    void nobodyElseMay()
    {
        NetServer server(1, proxied(QStringLiteral("10.0.0.1")));
        const auto plain = server.connectedClient();
        plain->write(Request + "\r\n");
        QVERIFY(readUntil(*plain, " http x").endsWith("127.0.0.1 http x"));
        const auto liar = server.connectedClient();
        liar->write(Header + Request + "\r\n");
        QVERIFY(readAll(*liar).startsWith("HTTP/1.1 505 ")); // No version of HTTP.
        QCOMPARE(server.seen().requests, 1);
    }

    void countsByTheClientsAddress()
    {
        NetServer server(1, proxied(), {100, 2, 100, 100});
        std::vector<std::unique_ptr<QTcpSocket>> held;
        const auto ask = [&](const QByteArray &address) {
            held.push_back(server.connectedClient());
            held.back()->write("PROXY TCP4 " + address
                               + " 203.0.113.1 1 2\r\nGET /pending HTTP/1.1\r\nHost: x\r\n\r\n");
            held.back()->flush();
        };
        for (const QByteArray &address :
             {QByteArray("192.0.2.7"), QByteArray("192.0.2.8"), QByteArray("192.0.2.7")})
            ask(address);
        QTRY_COMPARE(server.seen().requests, 3);
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("closed at once: 1 .* 192.0.2.7")));
        ask("192.0.2.7");
        QCOMPARE(readAll(*held.back()), QByteArray());
        ask("192.0.2.8");
        QTRY_COMPARE(server.seen().requests, 4);
        held.clear();
        QTRY_COMPARE(server.places().taken(), 0);
    }

    void isMovedToAnotherWorkerAsTheClients()
    {
        NetServer server(2, proxied());
        for (const QByteArray &home : {QByteArray("0"), QByteArray("1")}) {
            const auto socket = server.connectedClient();
            socket->write(Header + "GET /client?home=" + home + " HTTP/1.1\r\nHost: x\r\n\r\n");
            QVERIFY(readUntil(*socket, " http x").endsWith("192.0.2.7 http x"));
        }
    }
};

DIALOGUE_TEST(TestProxyProtocol, QCoreApplication)
DIALOGUE_TEST_AS("qt", TestProxyProtocol, QtTransport)
#include "tst_proxyprotocol.moc"
