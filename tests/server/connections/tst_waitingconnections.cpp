#include "netserver.h"
#include "qttransport.h"

#include "testclasses.h"

#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace dialogue;

namespace {

/** Sends once, and then neither reads nor closes, as a QTcpSocket would by itself. */
class MuteClient
{
public:
    MuteClient(quint16 port, const QByteArray &bytes)
        : m_descriptor(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(m_descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0
            || ::send(m_descriptor, bytes.constData(), std::size_t(bytes.size()), 0) != bytes.size())
            qFatal("cannot send");
    }
    ~MuteClient() { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(MuteClient)

private:
    int m_descriptor;
};

} // namespace

/** Connections that serve nothing give way to newcomers; others do not notice. */
class TestWaitingConnections : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void giveWay_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("silent") << QByteArray();
        QTest::newRow("a slow head") << QByteArray("GET / HTTP/1.1\r\nHo");
        QTest::newRow("a slow handshake") << upgradeRequest().chopped(2);
        QTest::newRow("a slow body") << QByteArray(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nslow");
        QTest::newRow("idle") << QByteArray("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
        QTest::newRow("closing") << QByteArray("GET /close HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    void giveWay()
    {
        QFETCH(QByteArray, sent);
        NetServer server(1, {}, {100, 100, 3, 3});
        std::vector<std::unique_ptr<MuteClient>> crowd;
        for (int i = 0; i < 3; ++i)
            crowd.push_back(std::make_unique<MuteClient>(server.port(), sent));
        QTRY_COMPARE(server.places().waiting(), 3);
        // A moment later anybody gets in.
        QVERIFY(QTest::qWaitFor([&server] { return getsIn(server); }, 30000));
        QVERIFY(server.places().gaveWay() >= 1);
        QVERIFY(server.places().waiting() <= 3);
    }

    void thoseWithARequestOrAWebSocketStay()
    {
        NetServer server(1, {}, {100, 100, 3, 3});
        const auto pending = server.connectedClient();
        pending->write("GET /pending HTTP/1.1\r\nHost: x\r\n\r\n");
        const auto webSocket = server.connectedClient();
        webSocket->write(upgradeRequest());
        QVERIFY(readUntil(*webSocket, "\r\n\r\n").startsWith("HTTP/1.1 101 "));
        QTRY_COMPARE(server.seen().requests, 1);
        QCOMPARE(server.places().waiting(), 0);
        std::vector<std::unique_ptr<QTcpSocket>> crowd;
        QVERIFY(QTest::qWaitFor(
            [&] {
                crowd.push_back(server.connectedClient());
                return server.places().gaveWay() >= 6; // Twice as many as there are places.
            },
            30000));
        server.in(0, [](NetServer::Handler &handler) {
            handler.pending.front()->respond(HttpResponse::text("at last"));
        });
        QVERIFY(readUntil(*pending, "at last").startsWith("HTTP/1.1 200 "));
        webSocket->write(clientFrame(1, "still here"));
        QVERIFY(readUntil(*webSocket, "still here").endsWith("still here"));
    }

    void whoIsIdleBetweenRequestsIsNotTheFirstToGo()
    {
        NetServer server(1, {}, {100, 100, 3, 3});
        const auto client = server.connectedClient();
        const QByteArray request = "GET /x HTTP/1.1\r\nHost: x\r\n\r\n";
        std::vector<std::unique_ptr<QTcpSocket>> crowd;
        for (int i = 0; i < 2; ++i)
            crowd.push_back(server.connectedClient());
        bool served = true;
        QVERIFY(QTest::qWaitFor(
            [&] {
                client->write(request);
                served = readUntil(*client, "GET /x ").startsWith("HTTP/1.1 200 ");
                crowd.push_back(server.connectedClient());
                return !served || server.places().gaveWay() >= 3;
            },
            30000));
        QVERIFY(served);
    }

private:
    static bool getsIn(NetServer &server)
    {
        const auto client = server.connectedClient();
        client->write("GET /in HTTP/1.1\r\nHost: x\r\n\r\n");
        return readUntil(*client, "GET /in ").startsWith("HTTP/1.1 200 ");
    }
};

DIALOGUE_TEST(TestWaitingConnections, QCoreApplication)
DIALOGUE_TEST_AS("qt", TestWaitingConnections, QtTransport)
#include "tst_waitingconnections.moc"
