#include "qttransport.h"
#include "testclasses.h"
#include "tests/server/fanout/fakestream.h"
#include "websockettest.h"

#include <QTest>

using namespace dialogue;
using namespace std::chrono_literals;

namespace {

FramePtr roomFrame(const QByteArray &text, SlowReaderPolicy policy, quint64 offset = 0)
{
    static const auto stream = std::make_shared<FakeStream>('a');
    const auto frame = Frame::create(text);
    frame->policy = policy;
    frame->stream = stream;
    frame->offset = offset;
    return frame;
}

} // namespace

/** Peers of a WebSocket that read slowly or not at all, and one that is not read. */
class TestWebSocketSlowReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void overflowsWhenThePeerNeverReads();
    void dropsOldestForAReaderThatNeverReads();
    void keepsFramesWholeForASlowReader();
    void abortsAPeerThatDoesNotTakeTheClose();
    void tellsOnceTheReaderHasTakenEnough();
    void tellsNothingOfAReaderThatIsGone();
    void holdsBackAPausedPeer();
};

void TestWebSocketSlowReader::overflowsWhenThePeerNeverReads()
{
    NetServer server(1, {.sendQueue = 100000});
    const auto client = openWebSocket(server);
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

void TestWebSocketSlowReader::dropsOldestForAReaderThatNeverReads()
{
    NetServer server(1, {.sendQueue = 1000000});
    const auto client = openWebSocket(server);
    client->setReadBufferSize(1);
    QTRY_COMPARE(server.seen().opened.load(), 1);
    quint64 dropped = 0; // As the worker counts it.
    int last = 0;
    for (; last < 10000 && dropped < 20; ++last) {
        server.in(0, [&](NetServer::Handler &handler) {
            const QByteArray number = QByteArray::number(last).rightJustified(6, '0');
            only(handler)->send(
                roomFrame(number + QByteArray(100000, 'x'), SlowReaderPolicy::DropOldest, quint64(last) + 1));
            dropped = server.worker().sendQueueCounters().dropped;
        });
    }
    QCOMPARE(dropped, 20);
    // What arrives are whole frames in order up to the newest, and in place of those that are missing what
    // says so.
    client->setReadBufferSize(0);
    const qsizetype size = Frame::create(QByteArray(100006, 'x'))->bytes().size();
    QByteArray read = client->readAll();
    while (read.size() < (last - 20) * size + 10 && client->waitForReadyRead(10000))
        read += client->readAll();
    QCOMPARE(read.last(size).mid(10, 6).toInt(), last - 1);
    int next = 0;
    int gaps = 0;
    for (qsizetype at = 0; at < read.size();) {
        if (quint8(read.at(at + 1)) == 127) {
            QCOMPARE(read.mid(at + 10, 6).toInt(), next++);
            at += size;
            continue;
        }
        const FramePtr gap
            = FakeStream('a').gapFrame(quint64(next) + 1, quint64(next) + 20, GapReason::Dropped);
        QCOMPARE(read.mid(at, gap->bytes().size()), gap->bytes());
        at += gap->bytes().size();
        next += 20;
        ++gaps;
    }
    QCOMPARE(next, last);
    QCOMPARE(gaps, 1);
    server.in(0,
              [&](NetServer::Handler &) { QCOMPARE(server.worker().sendQueueCounters().gaps, quint64(1)); });
    QCOMPARE(server.seen().overflows.load(), 0);
}

void TestWebSocketSlowReader::keepsFramesWholeForASlowReader()
{
    NetServer server(1, {.sendQueue = 64 * 1024 * 1024});
    const auto client = openWebSocket(server);
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

void TestWebSocketSlowReader::abortsAPeerThatDoesNotTakeTheClose()
{
    NetServer server(1, {.sendQueue = 64 * 1024 * 1024, .closeTimeout = 50ms});
    const auto client = openWebSocket(server);
    client->setReadBufferSize(1);
    QTRY_COMPARE(server.seen().opened.load(), 1);
    server.in(0, [&](NetServer::Handler &handler) {
        only(handler)->send(roomFrame(QByteArray(32 * 1024 * 1024, 'x'), SlowReaderPolicy::Disconnect));
        only(handler)->close(1000);
    });
    QTRY_COMPARE(server.seen().closed.load(), 1);
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestWebSocketSlowReader::tellsOnceTheReaderHasTakenEnough()
{
    constexpr qint64 mark = 100000;
    NetServer server(1, {.sendQueue = 64 * 1024 * 1024});
    const auto client = openWebSocket(server);
    QTRY_COMPARE(server.seen().opened.load(), 1);
    server.in(0, [&](NetServer::Handler &handler) { only(handler)->tellWhenDrained(0); });
    QTRY_COMPARE(server.seen().drained.load(), 1); // Nothing waits.
    const FramePtr frame = roomFrame(QByteArray(16 * 1024, 'x'), SlowReaderPolicy::Disconnect);
    constexpr int frames = 2000;
    server.in(0, [&](NetServer::Handler &handler) {
        for (int i = 0; i < frames; ++i)
            only(handler)->send(frame);
        only(handler)->tellWhenDrained(mark);
    });
    qint64 waiting = 0;
    qint64 read = 0;
    do {
        QVERIFY(client->waitForReadyRead(10000) || client->bytesAvailable() > 0);
        read += client->readAll().size();
        // What it was told was so when it was told, and is so still: nothing was sent since.
        server.in(0, [&](NetServer::Handler &handler) {
            if (server.seen().drained == 2)
                waiting = std::max(waiting, only(handler)->queuedBytes());
        });
    } while (read < frames * frame->bytes().size());
    QTRY_COMPARE(server.seen().drained.load(), 2);
    QVERIFY(waiting <= mark);
    server.in(0, [&](NetServer::Handler &handler) { only(handler)->send(frame); });
    readUntil(*client, "xxx");
    QCOMPARE(server.seen().drained.load(), 2); // Once
}

void TestWebSocketSlowReader::tellsNothingOfAReaderThatIsGone()
{
    NetServer server(1, {.sendQueue = 64 * 1024 * 1024});
    const auto client = openWebSocket(server);
    client->setReadBufferSize(1);
    QTRY_COMPARE(server.seen().opened.load(), 1);
    server.in(0, [&](NetServer::Handler &handler) {
        only(handler)->send(roomFrame(QByteArray(32 * 1024 * 1024, 'x'), SlowReaderPolicy::Disconnect));
        only(handler)->tellWhenDrained(100000);
        only(handler)->abort();
    });
    QTRY_COMPARE(server.connectionCount(), 0);
    QCOMPARE(server.seen().drained.load(), 0);
}

void TestWebSocketSlowReader::holdsBackAPausedPeer()
{
    NetServer server;
    const auto client = openWebSocket(server);
    QTRY_COMPARE(server.seen().opened.load(), 1);
    server.in(0, [&](NetServer::Handler &handler) { only(handler)->setReadPaused(true); });
    client->write(clientFrame(1, "waiting"));
    client->waitForBytesWritten(10000);
    // Another connection's whole exchange happens meanwhile.
    const auto other = openWebSocket(server);
    other->write(clientFrame(1, "other"));
    QVERIFY(readUntil(*other, "other").endsWith("other"));
    QCOMPARE(server.seen().messages.load(), 1);
    server.in(0, [&](NetServer::Handler &handler) { only(handler)->setReadPaused(false); });
    QVERIFY(readUntil(*client, "waiting").endsWith("waiting"));
}

DIALOGUE_TEST(TestWebSocketSlowReader, QCoreApplication)
DIALOGUE_TEST_AS("qt", TestWebSocketSlowReader, QtTransport)
#include "tst_websocketslowreader.moc"
