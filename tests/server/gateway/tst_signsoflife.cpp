#include "fakehub.h"

#include "testclasses.h"

#include <QTcpSocket>

using namespace dialogue;
using namespace dialogue::test;

/** The hub asks whether clients live. */
class TestSignsOfLife : public QObject
{
    Q_OBJECT

    /** A client that is connected, and silent. */
    static std::unique_ptr<QTcpSocket> silent(const FakeHub &hub)
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress::LocalHost, hub.port());
        socket->write("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                      "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        socket->write(QByteArray::fromHex("8182000000003430")); // "40", masked with zeros
        return socket;
    }

private Q_SLOTS:
    void comeFromThoseWhoAnswer_data() { addWorkers(); }
    void comeFromThoseWhoAnswer()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        const auto dead = silent(hub);
        QTRY_COMPARE(hub.sockets.size(), 1);
        TestClient client(hub.port());
        QTRY_COMPARE(hub.sockets.size(), 2);
        hub.gateway->askWhetherAlive(hub.sockets.first());
        for (int i = 1; i <= 3; ++i) {
            hub.gateway->askWhetherAlive(hub.sockets.last());
            hub.gateway->askWhetherAlive(hub.sockets.last() + 1); // There is no such socket.
            QCOMPARE(hub.heard.size(), i - 1); // Not from inside the call.
            QTRY_COMPARE(hub.heard.size(), i);
        }
        QCOMPARE(hub.heard, QList<SocketId>(3, hub.sockets.last()));
        QTRY_VERIFY(dead->peek(100'000).endsWith(QByteArray::fromHex("810132"))); // "2": it was asked.
        dead->write(QByteArray::fromHex("81810000000033")); // "3"
        QTRY_COMPARE(hub.heard.size(), 4);
        QCOMPARE(hub.heard.last(), hub.sockets.first());
    }

    void needNoTurn_data() { addWorkers(); }
    void needNoTurn()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        const auto client = silent(hub);
        QTRY_COMPARE(hub.sockets.size(), 1);
        hub.whenEvent = [&](SocketId, const IncomingEvent &) { hub.gateway->hold(std::chrono::hours(1)); };
        client->write(QByteArray::fromHex("8187000000003432") + R"(["a"])"); // 42["a"]
        QTRY_COMPARE(hub.events.size(), 1);
        hub.gateway->askWhetherAlive(hub.sockets.first());
        QTRY_VERIFY(client->peek(100'000).endsWith(QByteArray::fromHex("810132"))); // "2"
        client->write(QByteArray::fromHex("81810000000033"));
        QTRY_COMPARE(hub.heard.size(), 1); // Though nothing else is heard of it for an hour.
    }
};

DIALOGUE_TEST(TestSignsOfLife, QCoreApplication)
#include "tst_signsoflife.moc"
