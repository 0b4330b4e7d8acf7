#include "fakehub.h"

#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::test;

/** The hub asks whether clients live. */
class TestSignsOfLife : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comeFromThoseWhoAnswer_data() { addWorkers(); }
    void comeFromThoseWhoAnswer()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        const auto dead = silentClient(hub);
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
        const auto client = silentClient(hub);
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
