#include "netserver.h"
#include "qttransport.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;

/** Upgrades that come together with more. */
class TestWebSocketOpening : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsOnWhenMuchCameWithTheUpgrade();
    void answersAnUpgradeThatComesWithItsEnd_data();
    void answersAnUpgradeThatComesWithItsEnd();
};

void TestWebSocketOpening::readsOnWhenMuchCameWithTheUpgrade()
{
    NetServer server;
    const auto client = server.connectedClient();
    const QByteArray first(200'000, 'a'); // HTTP reads no further than a part of it.
    client->write("GET /pending HTTP/1.1\r\nHost: x\r\n\r\n" + upgradeRequest() + clientFrame(1, first)
                  + clientFrame(1, "second"));
    client->waitForBytesWritten(10000);
    QTRY_COMPARE(server.seen().requests.load(), 1);
    server.in(0,
              [](NetServer::Handler &handler) { handler.pending.at(0)->respond(HttpResponse::text("go")); });
    QVERIFY(readUntil(*client, "second").contains(first));
}

void TestWebSocketOpening::answersAnUpgradeThatComesWithItsEnd_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("close") << clientFrame(8, "\x03\xe8") << QByteArray("\x88\x02\x03\xe8", 4);
    QTest::newRow("a frame that is not masked")
        << QByteArray("\x81\x01x") << QByteArray("\x88\x02\x03\xea", 4);
}

void TestWebSocketOpening::answersAnUpgradeThatComesWithItsEnd()
{
    QFETCH(QByteArray, frame);
    QFETCH(QByteArray, answer);
    NetServer server;
    const auto client = server.connectedClient();
    client->write(upgradeRequest() + frame);
    const QByteArray all = readAll(*client);
    QVERIFY2(all.startsWith("HTTP/1.1 101 "), all.toHex(' ').constData());
    QVERIFY2(all.endsWith("\r\n\r\n" + answer), all.toHex(' ').constData());
}

DIALOGUE_TEST(TestWebSocketOpening, QCoreApplication)
DIALOGUE_TEST_AS("qt", TestWebSocketOpening, QtTransport)
#include "tst_websocketopening.moc"
