#include "netserver.h"
#include "qttransport.h"
#include "testclasses.h"

#include <QTest>
#include <QTimer>

using namespace dialogue;
using namespace std::chrono_literals;

/** How long one HTTP connection waits for a peer, to write or to read. */
class TestHttpDeadlines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsAHeadThatNeverEnds();
    void endsABodyThatNeverEnds();
    void closesAnIdleConnectionQuietly();
    void takesNoFurtherRequestWhileThePeerDoesNotRead_data();
    void takesNoFurtherRequestWhileThePeerDoesNotRead();
    void letsASlowPeerReadALargeAnswer();
    void resetsAPeerThatReadsNothing();
};

void TestHttpDeadlines::endsAHeadThatNeverEnds()
{
    NetServer server(1, {.headerTimeout = 50ms});
    const auto client = server.connectedClient();
    client->write("GET / HTTP/1.1\r\nHost:");
    QVERIFY(readAll(*client).startsWith("HTTP/1.1 408 "));
}

void TestHttpDeadlines::endsABodyThatNeverEnds()
{
    NetServer server(1, {.bodyTimeout = 50ms});
    const auto client = server.connectedClient();
    client->write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345");
    QVERIFY(readAll(*client).startsWith("HTTP/1.1 408 "));
    QCOMPARE(server.seen().requests.load(), 0);
}

void TestHttpDeadlines::closesAnIdleConnectionQuietly()
{
    NetServer server(1, {.headerTimeout = 50ms, .closeTimeout = 50ms});
    const auto client = server.connectedClient();
    client->write("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
    const QByteArray answer = readAll(*client);
    QVERIFY2(answer.endsWith("GET /x "), answer.constData());
    // The peer never closes its side; the server does not wait for it for ever.
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestHttpDeadlines::takesNoFurtherRequestWhileThePeerDoesNotRead_data()
{
    QTest::addColumn<int>("padding");
    QTest::newRow("all at hand") << 0;
    QTest::newRow("more than is read ahead") << 15000;
}

void TestHttpDeadlines::takesNoFurtherRequestWhileThePeerDoesNotRead()
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

void TestHttpDeadlines::letsASlowPeerReadALargeAnswer()
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

void TestHttpDeadlines::resetsAPeerThatReadsNothing()
{
    NetServer server(1, {.headerTimeout = 50ms, .closeTimeout = 60s});
    const auto client = server.connectedClient();
    client->setReadBufferSize(1);
    client->write("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_COMPARE(server.seen().requests.load(), 1);
    QTRY_COMPARE(server.connectionCount(), 0);
    QCOMPARE(server.seen().aborted.load(), 0);
}

DIALOGUE_TEST(TestHttpDeadlines, QCoreApplication)
DIALOGUE_TEST_AS("qt", TestHttpDeadlines, QtTransport)
#include "tst_httpdeadlines.moc"
