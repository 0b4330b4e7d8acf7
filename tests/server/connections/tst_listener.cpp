#include "netserver.h"
#include "testclasses.h"

#include <QTcpServer>
#include <QTest>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>

using namespace dialogue;

class TestListener : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listensOn_data();
    void listensOn();
    void acceptsWhatSendsAtOnceAndNoticesDeadPeers();
    void saysWhyItCannotListen_data();
    void saysWhyItCannotListen();
    void closesConnectionsOverTheLimit_data();
    void closesConnectionsOverTheLimit();
    void aPlaceIsFreeAgainWhenAConnectionEnds();
    void doesNotCountTrustedProxiesByTheirAddress();
    void survivesRunningOutOfDescriptors();
};

namespace {

std::shared_ptr<Places> somePlaces() { return std::make_shared<Places>(PlaceLimits{100, 100, 100, 100}); }

/** Connections with a request in hand. */
std::vector<std::unique_ptr<QTcpSocket>> waitingForAnswers(NetServer &server, int count)
{
    std::vector<std::unique_ptr<QTcpSocket>> clients;
    for (int i = 0; i < count; ++i) {
        clients.push_back(server.connectedClient());
        clients.back()->write("GET /pending HTTP/1.1\r\nHost: x\r\n\r\n");
        clients.back()->flush();
    }
    if (!QTest::qWaitFor([&] { return server.seen().requests == count; }, 10000))
        qFatal("the requests did not arrive");
    return clients;
}

} // namespace

void TestListener::listensOn_data()
{
    QTest::addColumn<QString>("host");
    for (const char *host : {"127.0.0.1", "localhost", "0.0.0.0", "::"})
        QTest::newRow(host) << QString::fromLatin1(host);
}

void TestListener::listensOn()
{
    QFETCH(QString, host);
    int accepted = 0;
    Listener listener(somePlaces(), {}, [&](qintptr descriptor, Place &&) {
        ++accepted;
        ::close(int(descriptor));
    });
    listener.listen(*ListenSocket::tcp(host, 0));
    QVERIFY(listener.port() > 0);
    QTcpSocket client;
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), listener.port());
    QTRY_COMPARE(accepted, 1);
}

void TestListener::acceptsWhatSendsAtOnceAndNoticesDeadPeers()
{
    std::optional<int> noDelay;
    std::optional<int> keepAlive;
    const auto optionOf = [](qintptr descriptor, int level, int option) {
        int value = 0;
        socklen_t size = sizeof value;
        return ::getsockopt(int(descriptor), level, option, &value, &size) == 0 ? value : -1;
    };
    Listener listener(somePlaces(), {}, [&](qintptr descriptor, Place &&) {
        noDelay = optionOf(descriptor, IPPROTO_TCP, TCP_NODELAY);
        keepAlive = optionOf(descriptor, SOL_SOCKET, SO_KEEPALIVE);
        ::close(int(descriptor));
    });
    listener.listen(*ListenSocket::tcp(QStringLiteral("127.0.0.1"), 0));
    QTcpSocket client;
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), listener.port());
    QTRY_VERIFY(noDelay && keepAlive);
    QVERIFY(*noDelay > 0);
    QVERIFY(*keepAlive > 0);
}

void TestListener::saysWhyItCannotListen_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("taken");
    QTest::addColumn<QString>("path");
    QTest::newRow("not an address") << QStringLiteral("no.such.host") << false << QStringLiteral("host");
    QTest::newRow("not of this machine")
        << QStringLiteral("192.0.2.1") << false << QStringLiteral("host"); // RFC 5737: nobody has it.
    QTest::newRow("port in use") << QStringLiteral("127.0.0.1") << true << QStringLiteral("port");
}

void TestListener::saysWhyItCannotListen()
{
    QFETCH(QString, host);
    QFETCH(bool, taken);
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const Result<ListenSocket> result = ListenSocket::tcp(host, taken ? other.serverPort() : quint16(0));
    QVERIFY(!result);
    QTEST(result.error().path, "path");
    QVERIFY(result.error().message.contains(host));
}

void TestListener::closesConnectionsOverTheLimit_data()
{
    QTest::addColumn<int>("inAll");
    QTest::addColumn<int>("perAddress");
    QTest::newRow("in all") << 3 << 100;
    QTest::newRow("per address") << 100 << 3;
}

void TestListener::closesConnectionsOverTheLimit()
{
    QFETCH(int, inAll);
    QFETCH(int, perAddress);
    NetServer server(1, {}, {inAll, perAddress, 100, 100});
    const auto clients = waitingForAnswers(server, 3);
    const auto further = server.connectedClient();
    QCOMPARE(readAll(*further), QByteArray());
    QCOMPARE(further->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(server.places().refused(), 1U);
    server.in(0, [](NetServer::Handler &handler) {
        for (HttpConnection *connection : handler.pending)
            connection->respond(HttpResponse::text("at last"));
    });
    for (const auto &client : clients)
        QVERIFY(readUntil(*client, "at last").startsWith("HTTP/1.1 200 "));
}

void TestListener::aPlaceIsFreeAgainWhenAConnectionEnds()
{
    NetServer server(1, {}, {1, 100, 100, 100});
    for (int i = 0; i < 5; ++i) {
        const auto client = server.connectedClient();
        client->write("GET /close HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(readAll(*client).startsWith("HTTP/1.1 200 "));
        client->disconnectFromHost();
        QTRY_COMPARE(server.places().taken(), 0);
    }
}

void TestListener::doesNotCountTrustedProxiesByTheirAddress()
{
    NetServer server(1, {.trustedProxies = *TrustedProxies::parse({QStringLiteral("loopback")})},
                     {3, 1, 100, 100});
    auto clients = waitingForAnswers(server, 3);
    const auto further = server.connectedClient(); // But in all.
    QCOMPARE(readAll(*further), QByteArray());
    clients.clear();
    QTRY_COMPARE(server.places().taken(), 0);
}

void TestListener::survivesRunningOutOfDescriptors()
{
    NetServer server;
    const auto waiting = server.connectedClient();
    waiting->write("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(readUntil(*waiting, "GET /x ").startsWith("HTTP/1.1 200 "));
    QTcpSocket client;
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), server.port());
    // From here on there is no descriptor for anything new; the connection itself completes in the kernel.
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit none = before;
    none.rlim_cur = 3;
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &none), 0);
    const bool connected = client.waitForConnected(10000);
    waiting->write("GET /y HTTP/1.1\r\nHost: x\r\n\r\n");
    const QByteArray answer = readUntil(*waiting, "GET /y ");
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
    QVERIFY(connected);
    QVERIFY(answer.contains("GET /y "));
    client.write("GET /z HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(readUntil(client, "GET /z ").contains("GET /z "));
}

DIALOGUE_TEST(TestListener, QCoreApplication)
#include "tst_listener.moc"
