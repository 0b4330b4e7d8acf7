#include "tests/server/fanout/fakestream.h"
#include "websockettest.h"

#include "testclasses.h"

#include <QTest>

#include <dlfcn.h>
#include <sys/socket.h>

using namespace dialogue;

namespace {

std::atomic<int> sends = 0; ///< Of all threads, to any socket.

template <class Function>
Function real(const char *name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

} // namespace

// Here before the C library's: what the server asks of the kernel is counted.
extern "C" ssize_t sendmsg(int fd, const msghdr *message, int flags)
{
    static const auto next = real<ssize_t (*)(int, const msghdr *, int)>("sendmsg");
    ++sends;
    return next(fd, message, flags);
}

extern "C" ssize_t send(int fd, const void *bytes, size_t size, int flags)
{
    static const auto next = real<ssize_t (*)(int, const void *, size_t, int)>("send");
    ++sends;
    return next(fd, bytes, size, flags);
}

namespace {

/** Calls \a look at the end of each turn, after what was scheduled before it, until it says no. In its
 * thread. */
class EachTurn : private Flushable
{
public:
    EachTurn(NetWorker &worker, std::function<bool()> look)
        : m_worker(worker)
        , m_look(std::move(look))
    {
        m_worker.turnEnd().schedule(this);
    }
    [[nodiscard]] bool isDone() const { return m_done; }

private:
    void flush() override
    {
        m_done = !m_look();
        if (!m_done)
            m_worker.turnEnd().postpone(this, std::chrono::nanoseconds(0));
    }

    NetWorker &m_worker;
    std::function<bool()> m_look;
    std::atomic<bool> m_done = false;
};

} // namespace

/** Nobody takes the turns of others: counted in turns of a worker's event loop. */
class TestFairTurns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesSoManyMessagesInATurn();
    void takesSoManyRequestsInATurn();
    void sendsToSoManyInATurn();
    void sendsSoOftenToOneInATurn();
    void asksTheKernelNothingForOneThatDoesNotRead();
};

void TestFairTurns::takesSoManyMessagesInATurn()
{
    NetServer server;
    const auto client = openWebSocket(server);
    QTRY_COMPARE(server.seen().opened.load(), 1);
    constexpr int messages = 6000;
    int most = 0;
    std::unique_ptr<EachTurn> watch;
    server.in(0, [&](NetServer::Handler &handler) {
        handler.echo = false;
        only(handler)->setReadPaused(true);
    });
    client->write(clientFrame(1, "x").repeated(messages));
    QVERIFY(client->waitForBytesWritten(10000));
    server.in(0, [&](NetServer::Handler &handler) {
        only(handler)->setReadPaused(false);
        watch = std::make_unique<EachTurn>(server.worker(), [&, last = 0]() mutable {
            const int now = server.seen().messages;
            most = std::max(most, now - std::exchange(last, now));
            return now < messages;
        });
    });
    QTRY_VERIFY(watch->isDone());
    QCOMPARE(server.seen().messages.load(), messages);
    // What is held and what the socket tells of may both come in one turn.
    QVERIFY2(most <= 512, qPrintable(QString::number(most)));
    server.in(0, [&](NetServer::Handler &) { watch.reset(); });
}

void TestFairTurns::takesSoManyRequestsInATurn()
{
    NetServer server;
    const auto client = server.connectedClient();
    constexpr int requests = 1000;
    int most = 0;
    std::unique_ptr<EachTurn> watch;
    client->write("GET /pending HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(server.seen().requests.load(), 1);
    client->write(QByteArray("GET /x HTTP/1.1\r\nHost: a\r\n\r\n").repeated(requests));
    QVERIFY(client->waitForBytesWritten(10000));
    server.in(0, [&](NetServer::Handler &handler) {
        watch = std::make_unique<EachTurn>(server.worker(), [&, last = 1]() mutable {
            const int now = server.seen().requests;
            most = std::max(most, now - std::exchange(last, now));
            return now < requests + 1;
        });
        std::exchange(handler.pending, {}).at(0)->respond(HttpResponse::text("first"));
    });
    QByteArray answers;
    while (answers.count("HTTP/1.1 200 ") < requests + 1 && client->waitForReadyRead(10000))
        answers += client->readAll();
    QTRY_VERIFY(watch->isDone());
    QCOMPARE(answers.count("HTTP/1.1 200 "), requests + 1);
    // What was received and what is being received may both go on in one turn.
    QVERIFY2(most <= 48, qPrintable(QString::number(most)));
    server.in(0, [&](NetServer::Handler &) { watch.reset(); });
}

void TestFairTurns::sendsToSoManyInATurn()
{
    constexpr int connections = 7;
    NetServer server(1, {.ioUring = false, .connectionsPerFlush = 2});
    std::vector<std::unique_ptr<QTcpSocket>> clients;
    for (int i = 0; i < connections; ++i)
        clients.push_back(openWebSocket(server));
    QTRY_COMPARE(server.seen().opened.load(), connections);
    QList<int> sentByTurn;
    std::unique_ptr<EachTurn> watch;
    server.in(0, [&](NetServer::Handler &handler) {
        for (int i = 0; i < connections - 1; ++i)
            handler.listeners.at(std::size_t(i))->webSocket->send(Frame::create("all"));
        watch = std::make_unique<EachTurn>(server.worker(), [&, before = sends.load()]() mutable {
            sentByTurn.append(sends - std::exchange(before, sends.load()));
            if (sentByTurn.size() == 1) // Who comes now is not behind them all.
                handler.listeners.back()->webSocket->send(Frame::create("bystander"));
            return sentByTurn.size() < 4;
        });
    });
    QTRY_VERIFY(watch->isDone());
    QCOMPARE(sentByTurn.first(2), (QList<int>{2, 3}));
    QCOMPARE(sentByTurn.at(2), 2);
    for (int i = 0; i < connections; ++i)
        QVERIFY(readUntil(*clients[std::size_t(i)], i < connections - 1 ? "all" : "bystander").size() > 2);
    server.in(0, [&](NetServer::Handler &) { watch.reset(); });
}

void TestFairTurns::sendsSoOftenToOneInATurn()
{
    constexpr int frames = 2000;
    NetServer server(1, {.ioUring = false});
    const auto client = openWebSocket(server);
    QTRY_COMPARE(server.seen().opened.load(), 1);
    int most = 0;
    std::unique_ptr<EachTurn> watch;
    QByteArray expected;
    server.in(0, [&](NetServer::Handler &handler) {
        for (int i = 0; i < frames; ++i) {
            const FramePtr frame = Frame::create("frame " + QByteArray::number(i));
            expected += frame->bytes();
            only(handler)->send(frame);
        }
        watch = std::make_unique<EachTurn>(server.worker(), [&, before = sends.load()]() mutable {
            most = std::max(most, sends - std::exchange(before, sends.load()));
            return only(handler)->queuedBytes() > 0;
        });
    });
    QByteArray read;
    while (read.size() < expected.size() && client->waitForReadyRead(10000))
        read += client->readAll();
    QCOMPARE(read, expected);
    QTRY_VERIFY(watch->isDone());
    QVERIFY2(most <= 8, qPrintable(QString::number(most)));
    server.in(0, [&](NetServer::Handler &) { watch.reset(); });
}

void TestFairTurns::asksTheKernelNothingForOneThatDoesNotRead()
{
    NetServer server(1, {.sendQueue = 1000000, .ioUring = false});
    const auto client = openWebSocket(server);
    client->setReadBufferSize(1);
    QTRY_COMPARE(server.seen().opened.load(), 1);
    const auto stream = std::make_shared<FakeStream>('a');
    quint64 offset = 0;
    const auto publish = [&](NetServer::Handler &handler) {
        const auto frame = Frame::create(QByteArray(10000, 'x'));
        frame->policy = SlowReaderPolicy::DropOldest;
        frame->stream = stream;
        frame->offset = ++offset;
        only(handler)->send(frame);
    };
    // Each in a turn of its own, until it is full.
    while (server.worker().sendQueueCounters().dropped < 10)
        server.in(0, publish);
    const int before = sends;
    for (int i = 0; i < 1000; ++i)
        server.in(0, publish);
    QCOMPARE(server.worker().sendQueueCounters().dropped, quint64(1010));
    QCOMPARE(sends - before, 0);
}

DIALOGUE_TEST(TestFairTurns, QCoreApplication)
#include "tst_fairturns.moc"
