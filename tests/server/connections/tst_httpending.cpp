#include "netserver.h"
#include "qttransport.h"
#include "testclasses.h"

#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

using namespace dialogue;
using namespace std::chrono_literals;

/** How one HTTP connection ends: its peer gone, its request aborted, its worker shut down. */
class TestHttpEnding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOfAPeerThatGoesAwayBeforeTheAnswer();
    void noticesAtOnceThatThePeerWasReset_data();
    void noticesAtOnceThatThePeerWasReset();
    void shutDownAnswersWhatIsPendingAndEndsTheRest();
    void takesNoFurtherRequestFromAWorkerThatGoes();
    void isAbortedOnceWhenAShutDownFollows();
    void mayBeAbortedWhenItsRequestIs();
};

void TestHttpEnding::tellsOfAPeerThatGoesAwayBeforeTheAnswer()
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

void TestHttpEnding::noticesAtOnceThatThePeerWasReset_data()
{
    QTest::addColumn<bool>("close");
    QTest::newRow("keeping the connection") << false;
    QTest::newRow("closing it") << true;
}

void TestHttpEnding::noticesAtOnceThatThePeerWasReset()
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

void TestHttpEnding::shutDownAnswersWhatIsPendingAndEndsTheRest()
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

void TestHttpEnding::takesNoFurtherRequestFromAWorkerThatGoes()
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

void TestHttpEnding::isAbortedOnceWhenAShutDownFollows()
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

void TestHttpEnding::mayBeAbortedWhenItsRequestIs()
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

DIALOGUE_TEST(TestHttpEnding, QCoreApplication)
DIALOGUE_TEST_AS("qt", TestHttpEnding, QtTransport)
#include "tst_httpending.moc"
