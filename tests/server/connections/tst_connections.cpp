#include "netserver.h"
#include "qttransport.h"
#include "testclasses.h"

#include <QTest>

class TestConnections : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersARequest();
    void answersPipelinedRequestsInOrder();
    void readsAHeadThatComesByteByByte();
    void opensAWebSocketAndEchoes();
    void opensAWebSocketWhateverElseTheHeadHolds();
    void readsFramesThatCameWithTheHandshake();
};

void TestConnections::answersARequest()
{
    NetServer server;
    const auto client = server.connectedClient();
    client->write("POST /a%20b?c=d HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
    const QByteArray answer = readUntil(*client, "hello");
    QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer.constData());
    QVERIFY2(answer.contains("Content-Length: 15\r\n"), answer.constData());
    QVERIFY2(answer.contains("Connection: keep-alive\r\n"), answer.constData());
    QVERIFY2(answer.endsWith("\r\n\r\nPOST /a b hello"), answer.constData());
}

void TestConnections::answersPipelinedRequestsInOrder()
{
    NetServer server;
    const auto client = server.connectedClient();
    QByteArray requests;
    for (int i = 0; i < 500; ++i)
        requests += "GET /" + QByteArray::number(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
    client->write(requests + "GET /close HTTP/1.1\r\nHost: x\r\n\r\n");
    const QByteArray answers = readAll(*client);
    qsizetype from = 0;
    for (int i = 0; i < 500; ++i) {
        from = answers.indexOf("GET /" + QByteArray::number(i) + " ", from);
        QVERIFY2(from >= 0, QByteArray::number(i).constData());
    }
    QCOMPARE(answers.count("HTTP/1.1 200"), 501);
}

void TestConnections::readsAHeadThatComesByteByByte()
{
    NetServer server;
    const auto client = server.connectedClient();
    client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    const QByteArray request = "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                               "3\r\nabc\r\n2;e=f\r\nde\r\n0\r\n\r\n";
    for (const char byte : request) {
        client->write(&byte, 1);
        client->waitForBytesWritten();
    }
    QVERIFY(readUntil(*client, "abcde").endsWith("POST /x abcde"));
}

void TestConnections::opensAWebSocketAndEchoes()
{
    NetServer server;
    const auto client = server.connectedClient();
    client->write(upgradeRequest());
    const QByteArray answer = readUntil(*client, "\r\n\r\n");
    QVERIFY2(answer.startsWith("HTTP/1.1 101 "), answer.constData());
    QVERIFY2(answer.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), answer.constData()); // RFC 6455, section 1.3
    client->write(clientFrame(1, "hello"));
    QCOMPARE(readUntil(*client, "hello"), QByteArray("\x81\x05hello"));
    client->write(clientFrame(2, "data"));
    QCOMPARE(readUntil(*client, "data"),
             QByteArray("\x81\x06"
                        "binary\x82\x04"
                        "data"));
    client->write(clientFrame(8, QByteArray("\x03\xe8", 2)));
    QCOMPARE(readAll(*client), QByteArray("\x88\x02\x03\xe8", 4));
    QTRY_COMPARE(server.seen().closed.load(), 1);
    QCOMPARE(server.seen().closeCode.load(), 1000);
    QTRY_COMPARE(server.connectionCount(), 0);
    QCOMPARE(server.places().taken(), 0);
}

void TestConnections::opensAWebSocketWhateverElseTheHeadHolds()
{
    NetServer server;
    const auto client = server.connectedClient();
    QByteArray fields = "Host: x\r\nOrigin: http://example.org\r\nCookie: " + QByteArray(9000, 'c');
    for (int i = 0; i < 200; ++i)
        fields += "\r\nX-" + QByteArray::number(i) + ": y";
    client->write(upgradeRequest().replace("Host: x", fields) + clientFrame(1, "hello"));
    const QByteArray answer = readUntil(*client, "hello");
    QVERIFY2(answer.startsWith("HTTP/1.1 101 "), answer.constData());
    QVERIFY2(answer.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), answer.constData());
}

void TestConnections::readsFramesThatCameWithTheHandshake()
{
    NetServer server;
    const auto client = server.connectedClient();
    client->write(upgradeRequest() + clientFrame(1, "early") + clientFrame(1, "birds"));
    const QByteArray answer = readUntil(*client, "birds");
    QVERIFY2(answer.endsWith("\x81\x05"
                             "early\x81\x05"
                             "birds"),
             answer.constData());
}

DIALOGUE_TEST(TestConnections, QCoreApplication)
DIALOGUE_TEST_AS("qt", TestConnections, QtTransport)
#include "tst_connections.moc"
