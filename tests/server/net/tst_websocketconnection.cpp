#include "netserver.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace dialogue;
using namespace std::chrono_literals;

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
    void overflowsWhenThePeerNeverReads();
    void dropsOldestForAReaderThatNeverReads();
    void keepsFramesWholeForASlowReader();
    void abortsAPeerThatDoesNotTakeTheClose();
    void holdsBackAPausedPeer();
    void readsOnWhenMuchCameWithTheUpgrade();
    void answersAnUpgradeThatComesWithItsEnd_data();
    void answersAnUpgradeThatComesWithItsEnd();
    void toldOnceWhenTheWorkerGoes();
    void goesWithItsWorkerWhileStillToBeDeleted();

private:
    static std::unique_ptr<QTcpSocket> open(const NetServer &server)
    {
        auto client = server.connectedClient();
        client->write(upgradeRequest());
        if (!readUntil(*client, "\r\n\r\n").startsWith("HTTP/1.1 101 "))
            qFatal("no WebSocket");
        return client;
    }
};

namespace {

FramePtr roomFrame(const QByteArray &text, SlowReaderPolicy policy)
{
    const auto frame = Frame::create(text);
    frame->policy = policy;
    frame->stream = 1;
    return frame;
}

WebSocketConnection *only(NetServer::Handler &handler) { return handler.listeners.at(0)->webSocket; }

} // namespace

void TestWebSocketConnection::joinsFragments()
{
    NetServer server;
    const auto client = open(server);
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
    const auto client = open(server);
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
    const auto client = open(server);
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
    const auto client = open(server);
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
    const auto client = open(server);
    client->write(clientFrame(1, "abort me") + clientFrame(1, "unheard"));
    QCOMPARE(readAll(*client), QByteArray());
    QTRY_COMPARE(server.seen().closed.load(), 1);
    QCOMPARE(server.seen().closeCode.load(), 1006);
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestWebSocketConnection::answersPingsBetweenFrames()
{
    NetServer server;
    const auto client = open(server);
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
    const auto client = open(server);
    client->abort();
    QTRY_COMPARE(server.seen().closed.load(), 1);
    QCOMPARE(server.seen().closeCode.load(), 1006);
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestWebSocketConnection::refusesUnmaskedFrames()
{
    NetServer server;
    const auto client = open(server);
    client->write("\x81\x02hi");
    const QByteArray read = readAll(*client);
    QCOMPARE(read.left(1), QByteArray("\x88"));
    QCOMPARE(read.mid(2, 2), QByteArray("\x03\xea")); // 1002
}

void TestWebSocketConnection::overflowsWhenThePeerNeverReads()
{
    NetServer server(1, {.sendQueue = 100000});
    const auto client = open(server);
    client->setReadBufferSize(1);
    QTRY_COMPARE(server.seen().opened.load(), 1);
    const FramePtr frame = roomFrame(QByteArray(50000, 'x'), SlowReaderPolicy::Disconnect);
    qint64 most = 0;
    for (int i = 0; i < 10000 && server.seen().overflows == 0; ++i) {
        server.in(0, [&](NetServer::Handler &handler) {
            only(handler)->send(frame);
            most = std::max(most, only(handler)->queuedBytes());
        });
    }
    QCOMPARE(server.seen().overflows.load(), 1);
    QVERIFY(most <= 100000);
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestWebSocketConnection::dropsOldestForAReaderThatNeverReads()
{
    NetServer server(1, {.sendQueue = 1000000});
    const auto client = open(server);
    client->setReadBufferSize(1);
    QTRY_COMPARE(server.seen().opened.load(), 1);
    quint64 dropped = 0; // As the worker counts it.
    int last = 0;
    for (; last < 10000 && dropped < 20; ++last) {
        server.in(0, [&](NetServer::Handler &handler) {
            const QByteArray number = QByteArray::number(last).rightJustified(6, '0');
            only(handler)->send(roomFrame(number + QByteArray(100000, 'x'), SlowReaderPolicy::DropOldest));
            dropped = *server.worker().droppedFrames();
        });
    }
    QCOMPARE(dropped, 20);
    // What arrives are whole frames in order, with one gap, up to the newest.
    client->setReadBufferSize(0);
    const qsizetype size = Frame::create(QByteArray(100006, 'x'))->bytes().size();
    QByteArray read = client->readAll();
    while (read.size() < (last - 20) * size && client->waitForReadyRead(10000))
        read += client->readAll();
    QCOMPARE(read.size(), (last - 20) * size);
    QCOMPARE(read.last(size).mid(10, 6).toInt(), last - 1);
    int previous = -1;
    int gaps = 0;
    for (qsizetype at = 0; at < read.size(); at += size) {
        const int number = read.mid(at + 10, 6).toInt();
        QVERIFY(number > previous);
        gaps += number != previous + 1;
        previous = number;
    }
    QCOMPARE(gaps, 1);
    QCOMPARE(server.seen().overflows.load(), 0);
}

void TestWebSocketConnection::keepsFramesWholeForASlowReader()
{
    NetServer server(1, {.sendQueue = 64 * 1024 * 1024});
    const auto client = open(server);
    QTRY_COMPARE(server.seen().opened.load(), 1);
    QByteArray expected;
    server.in(0, [&](NetServer::Handler &handler) {
        for (int i = 0; i < 3000; ++i) {
            const FramePtr frame
                = roomFrame(QByteArray(i * 5, char('a' + i % 26)), SlowReaderPolicy::Disconnect);
            expected += frame->bytes();
            QVERIFY(only(handler)->send(frame) != SendResult::Dropped);
        }
        only(handler)->close(1000);
    });
    QByteArray read;
    while (client->waitForReadyRead(10000))
        read += client->read(70000);
    read += client->readAll();
    QVERIFY(read.startsWith(expected));
    QCOMPARE(read.mid(expected.size()), QByteArray("\x88\x02\x03\xe8", 4));
}

void TestWebSocketConnection::abortsAPeerThatDoesNotTakeTheClose()
{
    NetServer server(1, {.sendQueue = 64 * 1024 * 1024, .closeTimeout = 50ms});
    const auto client = open(server);
    client->setReadBufferSize(1);
    QTRY_COMPARE(server.seen().opened.load(), 1);
    server.in(0, [&](NetServer::Handler &handler) {
        only(handler)->send(roomFrame(QByteArray(32 * 1024 * 1024, 'x'), SlowReaderPolicy::Disconnect));
        only(handler)->close(1000);
    });
    QTRY_COMPARE(server.seen().closed.load(), 1);
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestWebSocketConnection::holdsBackAPausedPeer()
{
    NetServer server;
    const auto client = open(server);
    QTRY_COMPARE(server.seen().opened.load(), 1);
    server.in(0, [&](NetServer::Handler &handler) { only(handler)->setReadPaused(true); });
    client->write(clientFrame(1, "waiting"));
    client->waitForBytesWritten(10000);
    // Another connection's whole exchange happens meanwhile.
    const auto other = open(server);
    other->write(clientFrame(1, "other"));
    QVERIFY(readUntil(*other, "other").endsWith("other"));
    QCOMPARE(server.seen().messages.load(), 1);
    server.in(0, [&](NetServer::Handler &handler) { only(handler)->setReadPaused(false); });
    QVERIFY(readUntil(*client, "waiting").endsWith("waiting"));
}

void TestWebSocketConnection::readsOnWhenMuchCameWithTheUpgrade()
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

void TestWebSocketConnection::answersAnUpgradeThatComesWithItsEnd_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("close") << clientFrame(8, "\x03\xe8") << QByteArray("\x88\x02\x03\xe8", 4);
    QTest::newRow("a frame that is not masked")
        << QByteArray("\x81\x01x") << QByteArray("\x88\x02\x03\xea", 4);
}

void TestWebSocketConnection::answersAnUpgradeThatComesWithItsEnd()
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

void TestWebSocketConnection::toldOnceWhenTheWorkerGoes()
{
    std::unique_ptr<QTcpSocket> client;
    {
        NetServer server;
        client = open(server);
        QTRY_COMPARE(server.seen().opened.load(), 1);
        server.in(0, [](NetServer::Handler &handler) { only(handler)->close(1001); });
    }
    QVERIFY(readAll(*client).startsWith(QByteArray("\x88\x02\x03\xe9", 4)));
}

void TestWebSocketConnection::goesWithItsWorkerWhileStillToBeDeleted()
{
    NetServer server;
    const auto client = open(server);
    bool outlivesItsReport = false;
    bool outlivesTheWorker = true;
    server.in(0, [&](NetServer::Handler &handler) {
        WebSocketConnection *connection = only(handler);
        const QPointer<WebSocketConnection> alive(connection);
        connection->sendText("waits for the end of the turn");
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

QTEST_GUILESS_MAIN(TestWebSocketConnection)
#include "tst_websocketconnection.moc"
