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
    void countsMappedAddressesAsOne();
    void countsIpv6ByItsFirst64Bits();
    void survivesRunningOutOfDescriptors();
};

namespace {

std::shared_ptr<ConnectionLimits> someLimits() { return std::make_shared<ConnectionLimits>(100, 100); }

Peer peer(const char *address) { return {.address = QHostAddress(QString::fromLatin1(address))}; }

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
    Listener listener(someLimits(), {}, [&](qintptr descriptor, ConnectionSlot &&) {
        ++accepted;
        ::close(int(descriptor));
    });
    QVERIFY(listener.listen(host, 0));
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
    Listener listener(someLimits(), {}, [&](qintptr descriptor, ConnectionSlot &&) {
        noDelay = optionOf(descriptor, IPPROTO_TCP, TCP_NODELAY);
        keepAlive = optionOf(descriptor, SOL_SOCKET, SO_KEEPALIVE);
        ::close(int(descriptor));
    });
    QVERIFY(listener.listen(QStringLiteral("127.0.0.1"), 0));
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
    Listener listener(someLimits(), {}, [](qintptr, ConnectionSlot &&) {});
    const Result<void> result = listener.listen(host, taken ? other.serverPort() : quint16(0));
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
    NetServer server(1, {}, inAll, perAddress);
    std::vector<std::unique_ptr<QTcpSocket>> clients;
    for (int i = 0; i < 3; ++i)
        clients.push_back(server.connectedClient());
    QTRY_COMPARE(server.connectionCount(), 3);
    const auto further = server.connectedClient();
    QCOMPARE(readAll(*further), QByteArray());
    QCOMPARE(further->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(server.limits().refused(), 1U);
    clients[0]->write("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(readUntil(*clients[0], "GET /x ").startsWith("HTTP/1.1 200 "));
}

void TestListener::aPlaceIsFreeAgainWhenAConnectionEnds()
{
    NetServer server(1, {}, 1);
    for (int i = 0; i < 5; ++i) {
        const auto client = server.connectedClient();
        client->write("GET /close HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(readAll(*client).startsWith("HTTP/1.1 200 "));
        client->disconnectFromHost();
        QTRY_COMPARE(server.limits().connections(), 0);
    }
}

void TestListener::countsMappedAddressesAsOne()
{
    const auto limits = std::make_shared<ConnectionLimits>(10, 1);
    auto slot = limits->admit(peer("::ffff:10.0.0.1"));
    QVERIFY(slot);
    QVERIFY(!limits->admit(peer("10.0.0.1")));
    QVERIFY(limits->admit(peer("10.0.0.2")));
    ConnectionSlot moved = std::move(*slot);
    slot.reset();
    QCOMPARE(limits->connections(), 1);
    moved.release();
    moved.release();
    QCOMPARE(limits->connections(), 0);
    QVERIFY(limits->admit(peer("10.0.0.1")));
}

void TestListener::countsIpv6ByItsFirst64Bits()
{
    const auto limits = std::make_shared<ConnectionLimits>(10, 1);
    auto slot = limits->admit(peer("2001:db8:0:1::1"));
    QVERIFY(slot);
    QVERIFY(!limits->admit(peer("2001:db8:0:1:ffff::2")));
    QVERIFY(limits->admit(peer("2001:db8:0:2::1")));
    slot.reset();
    QVERIFY(limits->admit(peer("2001:db8:0:1:ffff::2")));
}

void TestListener::doesNotCountTrustedProxiesByTheirAddress()
{
    NetServer server(1, {.trustedProxies = *TrustedProxies::parse({QStringLiteral("loopback")})}, 3, 1);
    std::vector<std::unique_ptr<QTcpSocket>> clients;
    for (int i = 0; i < 3; ++i)
        clients.push_back(server.connectedClient());
    QTRY_COMPARE(server.connectionCount(), 3);
    const auto further = server.connectedClient(); // But in all.
    QCOMPARE(readAll(*further), QByteArray());
    clients.clear();
    QTRY_COMPARE(server.limits().connections(), 0);
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
