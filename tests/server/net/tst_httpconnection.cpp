#include "netserver.h"

#include <QtTest>

#include <sys/socket.h>
#include <unistd.h>

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
    void endsAHeadThatNeverEnds();
    void endsABodyThatNeverEnds();
    void closesAnIdleConnectionQuietly();
    void tellsOfAPeerThatGoesAwayBeforeTheAnswer();
    void noticesAtOnceThatThePeerWasReset_data();
    void noticesAtOnceThatThePeerWasReset();
    void answersAPendingRequestLater();
    void keepsPipelinedRequestsUntilTheAnswerIsOut();
    void takesNoFurtherRequestWhileThePeerDoesNotRead_data();
    void takesNoFurtherRequestWhileThePeerDoesNotRead();
    void letsASlowPeerReadALargeAnswer();
    void resetsAPeerThatReadsNothing();
    void answersHeadWithoutBody();
    void keepsAnHttp10ConnectionOnlyWhenAsked_data();
    void keepsAnHttp10ConnectionOnlyWhenAsked();
    void shutDownAnswersWhatIsPendingAndEndsTheRest();
    void takesNoFurtherRequestFromAWorkerThatGoes();
    void isAbortedOnceWhenAShutDownFollows();
    void mayBeAbortedWhenItsRequestIs();
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
    QCOMPARE(server.limits().connections(), 0);
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

void TestHttpConnection::endsAHeadThatNeverEnds()
{
    NetServer server(1, {.headerTimeout = 50ms});
    const auto client = server.connectedClient();
    client->write("GET / HTTP/1.1\r\nHost:");
    QVERIFY(readAll(*client).startsWith("HTTP/1.1 408 "));
}

void TestHttpConnection::endsABodyThatNeverEnds()
{
    NetServer server(1, {.bodyTimeout = 50ms});
    const auto client = server.connectedClient();
    client->write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345");
    QVERIFY(readAll(*client).startsWith("HTTP/1.1 408 "));
    QCOMPARE(server.seen().requests.load(), 0);
}

void TestHttpConnection::closesAnIdleConnectionQuietly()
{
    NetServer server(1, {.headerTimeout = 50ms, .closeTimeout = 50ms});
    const auto client = server.connectedClient();
    client->write("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
    const QByteArray answer = readAll(*client);
    QVERIFY2(answer.endsWith("GET /x "), answer.constData());
    // The peer never closes its side; the server does not wait for it for ever.
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestHttpConnection::tellsOfAPeerThatGoesAwayBeforeTheAnswer()
{
    NetServer server;
    const auto client = server.connectedClient();
    client->write("GET /pending HTTP/1.1\r\nHost: x\r\n\r\n");
    client->waitForBytesWritten(10000);
    QTRY_COMPARE(server.seen().requests.load(), 1);
    client->abort();
    QTRY_COMPARE(server.seen().aborted.load(), 1);
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestHttpConnection::noticesAtOnceThatThePeerWasReset_data()
{
    QTest::addColumn<bool>("close");
    QTest::newRow("keeping the connection") << false;
    QTest::newRow("closing it") << true;
}

void TestHttpConnection::noticesAtOnceThatThePeerWasReset()
{
    QFETCH(bool, close);
    NetServer server;
    const auto client = server.connectedClient();
    client->write("GET /pending HTTP/1.1\r\nHost: x\r\n\r\n");
    client->waitForBytesWritten(10000);
    QTRY_COMPARE(server.seen().requests.load(), 1);
    server.in(0, [&](NetServer::Handler &handler) {
        // In the worker's own turn, so that the answer is the first to find out.
        const linger reset{1, 0};
        ::setsockopt(int(client->socketDescriptor()), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        const int nowhere = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        ::dup2(nowhere,
               int(client->socketDescriptor())); // Closes the connection, the client notwithstanding.
        ::close(nowhere);
        HttpResponse response = HttpResponse::text("too late");
        response.close = close;
        handler.pending.at(0)->respond(std::move(response));
    });
    QTRY_COMPARE(server.connectionCount(), 0); // Well before any time-out.
    QCOMPARE(server.seen().aborted.load(), 0);
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

void TestHttpConnection::takesNoFurtherRequestWhileThePeerDoesNotRead_data()
{
    QTest::addColumn<int>("padding");
    QTest::newRow("all at hand") << 0;
    QTest::newRow("more than is read ahead") << 15000;
}

void TestHttpConnection::takesNoFurtherRequestWhileThePeerDoesNotRead()
{
    QFETCH(int, padding);
    constexpr int Requests = 8;
    NetServer server;
    const auto client = server.connectedClient();
    client->setReadBufferSize(1);
    const QByteArray request
        = "GET /large HTTP/1.1\r\nHost: x\r\nX: " + QByteArray(padding, 'y') + "\r\n\r\n";
    client->write(request.repeated(Requests) + "GET /last HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY(server.seen().requests.load() > 0);
    server.in(0, [](NetServer::Handler &) {}); // Its turn is over.
    QVERIFY(server.seen().requests.load() < Requests);
    client->setReadBufferSize(0);
    qint64 size = 0;
    QByteArray end;
    while (!end.endsWith("GET /last ") && (client->bytesAvailable() > 0 || client->waitForReadyRead(10000))) {
        const QByteArray bytes = client->readAll();
        size += bytes.size();
        end = (end + bytes.right(100)).right(100);
    }
    QVERIFY2(end.endsWith("GET /last "), end.constData());
    QVERIFY(size > Requests * NetServer::Handler::LargeBody);
    QCOMPARE(server.seen().requests.load(), Requests + 1);
}

void TestHttpConnection::letsASlowPeerReadALargeAnswer()
{
    // It takes twice as long as it may be idle.
    NetServer server(1, {.headerTimeout = 1s, .closeTimeout = 1ms});
    const auto client = server.connectedClient();
    constexpr qint64 Portion = NetServer::Handler::LargeBody / 100;
    client->setReadBufferSize(Portion);
    client->write("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    qint64 size = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, client.get(), [&] { size += client->read(Portion).size(); });
    timer.start(20ms);
    QTRY_VERIFY_WITH_TIMEOUT(
        size > NetServer::Handler::LargeBody || client->state() != QAbstractSocket::ConnectedState, 60000);
    size += client->readAll().size();
    QVERIFY2(size > NetServer::Handler::LargeBody, QByteArray::number(size).constData());
}

void TestHttpConnection::resetsAPeerThatReadsNothing()
{
    NetServer server(1, {.headerTimeout = 50ms, .closeTimeout = 60s});
    const auto client = server.connectedClient();
    client->setReadBufferSize(1);
    client->write("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_COMPARE(server.seen().requests.load(), 1);
    QTRY_COMPARE(server.connectionCount(), 0);
    QCOMPARE(server.seen().aborted.load(), 0);
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

void TestHttpConnection::shutDownAnswersWhatIsPendingAndEndsTheRest()
{
    NetServer server;
    const auto idle = server.connectedClient();
    const auto waiting = server.connectedClient();
    waiting->write("GET /pending HTTP/1.1\r\nHost: x\r\n\r\n");
    waiting->waitForBytesWritten(10000);
    QTRY_COMPARE(server.seen().requests.load(), 1);
    QTRY_COMPARE(server.connectionCount(), 2);
    std::atomic<bool> empty = false;
    server.in(0, [&](NetServer::Handler &) { server.worker().shutDown([&] { empty = true; }); });
    QCOMPARE(readAll(*idle), QByteArray());
    idle->disconnectFromHost();
    QVERIFY(!empty);
    server.in(0,
              [](NetServer::Handler &handler) { handler.pending.at(0)->respond(HttpResponse::text("bye")); });
    const QByteArray answer = readAll(*waiting);
    QVERIFY2(answer.contains("Connection: close\r\n") && answer.endsWith("bye"), answer.constData());
    waiting->disconnectFromHost();
    QTRY_VERIFY(empty);
}

void TestHttpConnection::takesNoFurtherRequestFromAWorkerThatGoes()
{
    NetServer server;
    std::vector<std::unique_ptr<QTcpSocket>> clients;
    for (int i = 0; i < 2; ++i) {
        clients.push_back(server.connectedClient());
        clients.back()->write(
            "GET /pending HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n");
        clients.back()->waitForBytesWritten(10000);
    }
    QTRY_COMPARE(server.seen().requests.load(), 2);
    server.in(0, [&](NetServer::Handler &handler) {
        // The end of one is the answer of the other, as a session's requests are.
        handler.whenAborted = [&handler](HttpConnection *) {
            if (!handler.pending.empty())
                handler.pending.front()->respond(HttpResponse::text("last"));
        };
        server.destroyWorker(0);
    });
    QCOMPARE(server.seen().requests.load(), 2);
}

void TestHttpConnection::isAbortedOnceWhenAShutDownFollows()
{
    NetServer server(1, {.bodyTimeout = 50ms});
    server.in(0, [&](NetServer::Handler &handler) {
        handler.whenAborted = [&](HttpConnection *) { server.worker().shutDown({}); };
    });
    const auto client = server.connectedClient();
    client->write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345");
    QVERIFY(readAll(*client).startsWith("HTTP/1.1 408 "));
    QCOMPARE(server.seen().aborted.load(), 1);
}

void TestHttpConnection::mayBeAbortedWhenItsRequestIs()
{
    NetServer server(1, {.bodyTimeout = 50ms});
    server.in(0, [&](NetServer::Handler &handler) {
        handler.whenAborted = [](HttpConnection *connection) { connection->abort(); };
    });
    const auto client = server.connectedClient();
    client->write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345");
    QCOMPARE(readAll(*client), QByteArray());
    QCOMPARE(server.seen().aborted.load(), 1);
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

QTEST_GUILESS_MAIN(TestHttpConnection)
#include "tst_httpconnection.moc"
