#include "netserver.h"
#include "qttransport.h"
#include "testclasses.h"

#include <QTest>

#include <fstream>

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace dialogue;
using namespace std::chrono_literals;

/** What many connections at a time, and connections that move, do to the server. */
class TestManyConnections : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void answersTwoThousandThatConnectAtOnce();
    void leavesNothingOfFiveThousandThatCameAndWent();
    void movesAConnectionToItsHome();
    void movesAConnectionWithPipelinedRequests();
    void movesAnUpgrade();
    void movesBackAndForthOnOneConnection();
};

namespace {

/** Plain sockets: a client side in Qt would cost more than what is tested. */
int connectPlain(quint16 port, bool wait)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | (wait ? 0 : SOCK_NONBLOCK), 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int result = ::connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address);
    if (fd < 0 || (result != 0 && errno != EINPROGRESS))
        qFatal("cannot connect: %d", errno);
    return fd;
}

bool waitFor(int fd, short events)
{
    pollfd waiting{fd, events, 0};
    return ::poll(&waiting, 1, 20000) == 1;
}

qint64 residentBytes()
{
    std::ifstream statm("/proc/self/statm");
    qint64 total = 0;
    qint64 resident = 0;
    statm >> total >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

} // namespace

void TestManyConnections::initTestCase()
{
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = limit.rlim_max;
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &limit), 0);
    QVERIFY2(limit.rlim_cur >= 5000, "This test needs 5,000 descriptors: raise the hard limit (ulimit -Hn)");
}

void TestManyConnections::answersTwoThousandThatConnectAtOnce()
{
    NetServer server(2);
    std::vector<int> clients;
    for (int i = 0; i < 2000; ++i)
        clients.push_back(connectPlain(server.port(), false));
    const QByteArray request = upgradeRequest();
    for (const int fd : clients) {
        QVERIFY(waitFor(fd, POLLOUT));
        QCOMPARE(::send(fd, request.constData(), std::size_t(request.size()), 0), ssize_t(request.size()));
    }
    for (const int fd : clients) {
        QVERIFY(waitFor(fd, POLLIN));
        char answer[12];
        QCOMPARE(::recv(fd, answer, sizeof answer, MSG_WAITALL), ssize_t(sizeof answer));
        QCOMPARE(QByteArray(answer, sizeof answer), QByteArray("HTTP/1.1 101"));
    }
    QCOMPARE(server.seen().opened.load(), 2000);
    for (const int fd : clients)
        ::close(fd);
    QTRY_COMPARE_WITH_TIMEOUT(server.connectionCount(), 0, 20000);
    QCOMPARE(server.seen().closed.load(), 2000);
    QCOMPARE(server.places().taken(), 0);
}

void TestManyConnections::leavesNothingOfFiveThousandThatCameAndWent()
{
    NetServer server;
    const QByteArray request = upgradeRequest();
    const auto comeAndGo = [&](int count) {
        for (int done = 0; done < count;) {
            std::vector<int> clients;
            for (int i = 0; i < 250; ++i, ++done) {
                clients.push_back(connectPlain(server.port(), true));
                // Some say nothing, some half of it, some open a WebSocket.
                const qsizetype length = done % 3 == 0 ? 0
                    : done % 3 == 1                    ? request.size() / 2
                                                       : request.size();
                ::send(clients.back(), request.constData(), std::size_t(length), 0);
            }
            // Or there are none to see gone, as they have not come yet.
            QTRY_COMPARE_WITH_TIMEOUT(server.places().taken(), 250, 20000);
            for (const int fd : clients)
                ::close(fd);
            QTRY_COMPARE_WITH_TIMEOUT(server.places().taken(), 0, 20000);
            QTRY_COMPARE_WITH_TIMEOUT(server.connectionCount(), 0, 20000);
        }
    };
    comeAndGo(1000); // What allocators and pools keep, they have now.
    const qint64 before = residentBytes();
    comeAndGo(5000);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // Those keep what is freed.
    const qint64 grown = residentBytes() - before;
    QVERIFY2(grown < 4 * 1024 * 1024,
             QByteArray::number(grown).constData()); // Leaked sockets would be 40 MB.
#else
    Q_UNUSED(before)
#endif
    QCOMPARE(server.places().taken(), 0);
    QCOMPARE(server.seen().opened.load(), server.seen().closed.load());
}

void TestManyConnections::movesAConnectionToItsHome()
{
    NetServer server(3);
    for (int i = 0; i < 9; ++i) {
        const QByteArray home = QByteArray::number(i % 3);
        const auto client = server.connectedClient();
        client->write("GET /worker?home=" + home + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        QVERIFY(readAll(*client).endsWith("\r\n\r\n" + home));
    }
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TestManyConnections::movesAConnectionWithPipelinedRequests()
{
    NetServer server(2);
    const auto client = server.connectedClient();
    const QByteArray post
        = "POST /x?home=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n" + QByteArray(5000, 'b');
    client->write(post + post + "GET /worker?home=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const QByteArray answers = readAll(*client);
    QCOMPARE(answers.count("POST /x " + QByteArray(5000, 'b')), 2);
    QVERIFY(answers.endsWith("\r\n\r\n1"));
}

void TestManyConnections::movesAnUpgrade()
{
    NetServer server(2);
    for (int i = 0; i < 4; ++i) {
        const auto client = server.connectedClient();
        client->write(upgradeRequest("/?home=1") + clientFrame(1, "moved"));
        QVERIFY(readUntil(*client, "moved").endsWith("\x81\x05moved"));
    }
    server.in(1, [](NetServer::Handler &handler) { QVERIFY(handler.listeners.size() <= 4); });
    server.in(0, [](NetServer::Handler &handler) { QVERIFY(handler.listeners.empty()); });
}

void TestManyConnections::movesBackAndForthOnOneConnection()
{
    NetServer server(2);
    const auto client = server.connectedClient();
    for (int i = 0; i < 20; ++i) {
        const QByteArray home = QByteArray::number(i % 2);
        client->write("GET /worker?home=" + home + " HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(readUntil(*client, "\r\n\r\n" + home).endsWith("\r\n\r\n" + home));
    }
}

DIALOGUE_TEST(TestManyConnections, QCoreApplication)
DIALOGUE_TEST_AS("qt", TestManyConnections, QtTransport)
#include "tst_manyconnections.moc"
