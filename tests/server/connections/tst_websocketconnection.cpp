#include "qttransport.h"
#include "testclasses.h"
#include "websockettest.h"

#include <QPointer>
#include <QTest>

using namespace dialogue;

/** What one WebSocket does with what its peer and its listener do. */
class TestWebSocketConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joinsFragments();
    void echoesBigMessages_data();
    void echoesBigMessages();
    void closes1009AboveTheLimit();
    void closesWithAReasonAfterWhatWasSent();
    void abortsFromInsideACallback();
    void answersPingsBetweenFrames();
    void reportsALostPeer();
    void refusesUnmaskedFrames();
    void toldOnceWhenTheWorkerGoes();
    void goesWithItsWorkerWhileStillToBeDeleted();
};

void TestWebSocketConnection::joinsFragments()
{
    NetServer server;
    const auto client = openWebSocket(server);
    client->write(clientFrame(1, "one ", false) + clientFrame(9, "p") + clientFrame(0, "two ", false)
                  + clientFrame(0, "three"));
    const QByteArray read = readUntil(*client, "three");
    QVERIFY(read.contains(QByteArray("\x81\x0d") + "one two three"));
    QVERIFY(read.contains("\x8a\x01p"));
}

void TestWebSocketConnection::echoesBigMessages_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 125, 126, 65535, 65536, 1000000})
        QTest::newRow(QByteArray::number(size).constData()) << size;
}

void TestWebSocketConnection::echoesBigMessages()
{
    QFETCH(int, size);
    NetServer server;
    const auto client = openWebSocket(server);
    client->write(clientFrame(1, QByteArray(size, 'b')) + clientFrame(1, "done"));
    const FramePtr expected = Frame::create(QByteArray(size, 'b'));
    QCOMPARE(readUntil(*client, "done"),
             expected->bytes()
                 + "\x81\x04"
                   "done");
}

void TestWebSocketConnection::closes1009AboveTheLimit()
{
    NetServer server;
    const auto client = openWebSocket(server);
    client->write(clientFrame(1, QByteArray(1000001, 'b')));
    const QByteArray read = readAll(*client);
    QCOMPARE(read.left(1), QByteArray("\x88"));
    QCOMPARE(read.mid(2, 2), QByteArray("\x03\xf1")); // 1009
    QTRY_COMPARE(server.seen().closed.load(), 1);
    QCOMPARE(server.seen().closeCode.load(), 1009);
    QCOMPARE(server.seen().messages.load(), 0);
    client->disconnectFromHost();
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestWebSocketConnection::closesWithAReasonAfterWhatWasSent()
{
    NetServer server;
    const auto client = openWebSocket(server);
    client->write(clientFrame(1, "last words") + clientFrame(1, "close me") + clientFrame(1, "unheard"));
    const QByteArray read = readAll(*client);
    QCOMPARE(read,
             QByteArray("\x81\x0a"
                        "last words\x88\x0d\x0f\xa0"
                        "as you wish"));
    QTRY_COMPARE(server.seen().closed.load(), 1);
    QCOMPARE(server.seen().closeCode.load(), 4000);
    QCOMPARE(server.seen().messages.load(), 2);
}

void TestWebSocketConnection::abortsFromInsideACallback()
{
    NetServer server;
    const auto client = openWebSocket(server);
    client->write(clientFrame(1, "abort me") + clientFrame(1, "unheard"));
    QCOMPARE(readAll(*client), QByteArray());
    QTRY_COMPARE(server.seen().closed.load(), 1);
    QCOMPARE(server.seen().closeCode.load(), 1006);
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestWebSocketConnection::answersPingsBetweenFrames()
{
    NetServer server;
    const auto client = openWebSocket(server);
    QByteArray sent;
    for (int i = 0; i < 200; ++i)
        sent += clientFrame(9, "ping") + clientFrame(1, QByteArray(5000, 'x'));
    client->write(sent + clientFrame(1, "done"));
    QByteArray read = readUntil(*client, "done");
    const FramePtr echo = Frame::create(QByteArray(5000, 'x'));
    int echoes = 0;
    int pongs = 0;
    while (!read.isEmpty()) {
        if (read.startsWith("\x8a\x04"
                            "ping")) {
            read.remove(0, 6);
            ++pongs;
        } else if (read.startsWith(echo->bytes())) {
            read.remove(0, echo->bytes().size());
            ++echoes;
        } else {
            QCOMPARE(read,
                     QByteArray("\x81\x04"
                                "done"));
            read.clear();
        }
    }
    QCOMPARE(echoes, 200);
    QCOMPARE(pongs, 200);
}

void TestWebSocketConnection::reportsALostPeer()
{
    NetServer server;
    const auto client = openWebSocket(server);
    client->abort();
    QTRY_COMPARE(server.seen().closed.load(), 1);
    QCOMPARE(server.seen().closeCode.load(), 1006);
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestWebSocketConnection::refusesUnmaskedFrames()
{
    NetServer server;
    const auto client = openWebSocket(server);
    client->write("\x81\x02hi");
    const QByteArray read = readAll(*client);
    QCOMPARE(read.left(1), QByteArray("\x88"));
    QCOMPARE(read.mid(2, 2), QByteArray("\x03\xea")); // 1002
}

void TestWebSocketConnection::toldOnceWhenTheWorkerGoes()
{
    std::unique_ptr<QTcpSocket> client;
    {
        NetServer server;
        client = openWebSocket(server);
        QTRY_COMPARE(server.seen().opened.load(), 1);
        server.in(0, [](NetServer::Handler &handler) { only(handler)->close(1001); });
    }
    QVERIFY(readAll(*client).startsWith(QByteArray("\x88\x02\x03\xe9", 4)));
}

void TestWebSocketConnection::goesWithItsWorkerWhileStillToBeDeleted()
{
    NetServer server;
    const auto client = openWebSocket(server);
    bool outlivesItsReport = false;
    bool outlivesTheWorker = true;
    server.in(0, [&](NetServer::Handler &handler) {
        WebSocketConnection *connection = only(handler);
        const QPointer<WebSocketConnection> alive(connection);
        connection->send(Frame::create("waits for the end of the turn"));
        connection->abort();
        QCoreApplication::sendPostedEvents(connection, QEvent::MetaCall);
        outlivesItsReport = alive && server.seen().closed == 1;
        server.destroyWorker(0);
        outlivesTheWorker = alive;
    });
    QVERIFY(outlivesItsReport); // Else nothing was tried.
    QVERIFY(!outlivesTheWorker);
    QCOMPARE(readAll(*client), QByteArray());
}

DIALOGUE_TEST(TestWebSocketConnection, QCoreApplication)
DIALOGUE_TEST_AS("qt", TestWebSocketConnection, QtTransport)
#include "tst_websocketconnection.moc"
