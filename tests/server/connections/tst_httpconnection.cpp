#include "netserver.h"
#include "qttransport.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace std::chrono_literals;

/** What one HTTP connection answers to awkward peers. */
class TestHttpConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void deliversTheRefusalOfABodyThatIsStillComing();
    void takesABodyOfExactlyTheLimit();
    void readsAChunkedBodyLargerThanItsReadAhead();
    void asksForTheBodyWhenThePeerWaits();
    void answersAPendingRequestLater();
    void keepsPipelinedRequestsUntilTheAnswerIsOut();
    void tellsThatAnotherRequestWaits_data();
    void tellsThatAnotherRequestWaits();
    void handsUpTheNextOnceTheOneThatWaitedIsAnswered();
    void answersHeadWithoutBody();
    void keepsAnHttp10ConnectionOnlyWhenAsked_data();
    void keepsAnHttp10ConnectionOnlyWhenAsked();
    void refusesAnEndlessChunkHeaderThatCameBehindAnotherRequest();
};

void TestHttpConnection::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("status");
    const QByteArray get = "GET / HTTP/1.1\r\nHost: x\r\n";
    QTest::newRow("no HTTP") << QByteArray("\x16\x03\x01\x02\n") << QByteArray("400");
    QTest::newRow("head too large") << get + "A: " + QByteArray(20000, 'a') + "\r\n\r\n" << QByteArray("431");
    QTest::newRow("head too large, endless") << get + "A: " + QByteArray(20000, 'a') << QByteArray("431");
    QTest::newRow("body too large") << QByteArray(
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100001\r\n\r\n")
                                    << QByteArray("413");
    QTest::newRow("chunks too large")
        << QByteArray("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n186a1\r\n")
            + QByteArray(100001, 'b')
        << QByteArray("413");
    QTest::newRow("bad chunk") << QByteArray(
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n")
                               << QByteArray("400");
    QTest::newRow("refused upgrade") << upgradeRequest("/refused") << QByteArray("403");
    QTest::newRow("upgrade without a key")
        << upgradeRequest().replace("Sec-WebSocket-Key", "X-Key") << QByteArray("400");
    QTest::newRow("upgrade with a short key")
        << upgradeRequest().replace("dGhlIHNhbXBsZSBub25jZQ==", "dGhl") << QByteArray("400");
    QTest::newRow("upgrade of another version")
        << upgradeRequest().replace("Version: 13", "Version: 8") << QByteArray("426");
}

void TestHttpConnection::refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, status);
    NetServer server;
    const auto client = server.connectedClient();
    client->write(request);
    const QByteArray answer = readAll(*client);
    QCOMPARE(answer.left(13), "HTTP/1.1 " + status + " ");
    QVERIFY2(answer.contains("\r\nConnection: close\r\n"), answer.constData());
    client->disconnectFromHost();
    QTRY_COMPARE(server.connectionCount(), 0);
    QCOMPARE(server.places().taken(), 0);
    QCOMPARE(server.seen().opened.load(), 0);
}

void TestHttpConnection::deliversTheRefusalOfABodyThatIsStillComing()
{
    NetServer server;
    const auto client = server.connectedClient();
    client->write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n");
    for (int i = 0; i < 30; ++i) {
        client->write(QByteArray(100000, 'x'));
        client->waitForBytesWritten(10000);
    }
    QVERIFY(readAll(*client).startsWith("HTTP/1.1 413 "));
}

void TestHttpConnection::takesABodyOfExactlyTheLimit()
{
    NetServer server;
    const auto client = server.connectedClient();
    client->write("POST /close HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n"
                  + QByteArray(100000, 'x'));
    QVERIFY(readAll(*client).endsWith(" " + QByteArray(100000, 'x')));
}

void TestHttpConnection::readsAChunkedBodyLargerThanItsReadAhead()
{
    NetServer server;
    const auto client = server.connectedClient();
    QByteArray body;
    for (int i = 0; i < 9000; ++i)
        body += "a;extension=\"of the chunk\"\r\n0123456789\r\n";
    client->write("POST /close HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + body
                  + "0\r\n\r\n");
    QVERIFY(readAll(*client).endsWith("/close " + QByteArray("0123456789").repeated(9000)));
}

void TestHttpConnection::asksForTheBodyWhenThePeerWaits()
{
    NetServer server;
    const auto client = server.connectedClient();
    client->write("POST /x HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    QCOMPARE(readUntil(*client, "\r\n\r\n"), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    client->write("ok");
    QVERIFY(readUntil(*client, "ok").startsWith("HTTP/1.1 200 "));
}

void TestHttpConnection::answersAPendingRequestLater()
{
    NetServer server;
    const auto client = server.connectedClient();
    client->write("GET /pending HTTP/1.1\r\nHost: x\r\n\r\n");
    client->waitForBytesWritten(10000);
    QTRY_COMPARE(server.seen().requests.load(), 1);
    server.in(
        0, [](NetServer::Handler &handler) { handler.pending.at(0)->respond(HttpResponse::text("later")); });
    QVERIFY(readUntil(*client, "later").endsWith("later"));
    QCOMPARE(server.seen().aborted.load(), 0);
}

void TestHttpConnection::keepsPipelinedRequestsUntilTheAnswerIsOut()
{
    NetServer server;
    const auto client = server.connectedClient();
    client->write("GET /pending HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n");
    client->waitForBytesWritten(10000);
    QTRY_COMPARE(server.seen().requests.load(), 1);
    server.in(
        0, [](NetServer::Handler &handler) { handler.pending.at(0)->respond(HttpResponse::text("first")); });
    const QByteArray answers = readUntil(*client, "GET /next ");
    QVERIFY(answers.contains("first"));
    QVERIFY(answers.indexOf("first") < answers.indexOf("GET /next "));
}

void TestHttpConnection::tellsThatAnotherRequestWaits_data()
{
    QTest::addColumn<QByteArray>("before"); // in one write with the request that waits
    QTest::addColumn<QByteArray>("later");
    QTest::addColumn<bool>("hurried");
    const QByteArray get = "GET /next HTTP/1.1\r\nHost: x\r\n\r\n";
    const QByteArray post = "POST /next HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n";
    QTest::newRow("in one write") << get << QByteArray() << true;
    QTest::newRow("in the next") << QByteArray() << get << true;
    QTest::newRow("in two") << get.left(20) << get.mid(20) << true;
    QTest::newRow("a body that is still to come") << QByteArray() << post << true;
    QTest::newRow("half a head") << get.left(20) << QByteArray("Accept: text/plain") << false;
    QTest::newRow("what is no request") << QByteArray("\x16\x03\x01\x02\n") << QByteArray() << false;
}

void TestHttpConnection::tellsThatAnotherRequestWaits()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, later);
    QFETCH(bool, hurried);
    NetServer server;
    const auto client = server.connectedClient();
    client->write("GET /patient HTTP/1.1\r\nHost: x\r\n\r\n" + before);
    client->waitForBytesWritten(10000);
    QTRY_VERIFY(server.seen().requests.load() > 0);
    client->write(later);
    if (hurried) {
        QVERIFY(readUntil(*client, "hurried").contains("hurried"));
        return;
    }
    client->disconnectFromHost(); // What came before is read first.
    QTRY_COMPARE(server.connectionCount(), 0);
    QCOMPARE(client->readAll(), QByteArray());
    QCOMPARE(server.seen().aborted.load(), 1);
}

void TestHttpConnection::handsUpTheNextOnceTheOneThatWaitedIsAnswered()
{
    NetServer server;
    const auto client = server.connectedClient();
    QByteArray expected;
    for (int i = 0; i < 40; ++i) { // More than one turn takes.
        const QByteArray number = QByteArray::number(i);
        client->write("GET /patient HTTP/1.1\r\nHost: x\r\n\r\nPOST /" + number
                      + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nok");
        expected += "hurried POST /" + number + " ok";
    }
    client->write("GET /close HTTP/1.1\r\nHost: x\r\n\r\n");
    QByteArray bodies;
    const QByteArrayList lines = readAll(*client).split('\n');
    for (const QByteArray &line : lines) {
        if (const qsizetype at = line.indexOf("hurried"); at >= 0)
            bodies += "hurried ";
        if (const qsizetype at = line.indexOf("POST /"); at >= 0)
            bodies += line.mid(at, line.indexOf(" ok") + 3 - at);
    }
    QCOMPARE(bodies, expected);
}

void TestHttpConnection::answersHeadWithoutBody()
{
    NetServer server;
    const auto client = server.connectedClient();
    client->write("HEAD /close HTTP/1.1\r\nHost: x\r\n\r\n");
    const QByteArray answer = readAll(*client);
    QVERIFY2(answer.contains("Content-Length: 12\r\n"), answer.constData());
    QVERIFY2(answer.endsWith("\r\n\r\n"), answer.constData());
}

void TestHttpConnection::keepsAnHttp10ConnectionOnlyWhenAsked_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("connection");
    QTest::newRow("by default") << QByteArray() << QByteArray("close");
    QTest::newRow("asked") << QByteArray("Connection: keep-alive\r\n") << QByteArray("keep-alive");
}

void TestHttpConnection::keepsAnHttp10ConnectionOnlyWhenAsked()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, connection);
    NetServer server;
    const auto client = server.connectedClient();
    client->write("GET /x HTTP/1.0\r\n" + header + "\r\n");
    const QByteArray answer = readUntil(*client, "GET /x ");
    QVERIFY2(answer.contains("\r\nConnection: " + connection + "\r\n"), answer.constData());
}

void TestHttpConnection::refusesAnEndlessChunkHeaderThatCameBehindAnotherRequest()
{
    NetServer server(1, {.bodyTimeout = 1h});
    const auto client = server.connectedClient();
    client->write("GET /pending HTTP/1.1\r\nHost: x\r\n\r\n"
                  "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5;"
                  + QByteArray(80'000, 'x'));
    client->waitForBytesWritten(10000);
    QTRY_COMPARE(server.seen().requests.load(), 1);
    server.in(0,
              [](NetServer::Handler &handler) { handler.pending.at(0)->respond(HttpResponse::text("go")); });
    QVERIFY(readUntil(*client, "HTTP/1.1 400 ").contains("HTTP/1.1 400 "));
}

DIALOGUE_TEST(TestHttpConnection, QCoreApplication)
DIALOGUE_TEST_AS("qt", TestHttpConnection, QtTransport)
#include "tst_httpconnection.moc"
