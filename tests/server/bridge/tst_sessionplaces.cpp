#include "fakehub.h"

#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::test;

namespace {

const QByteArray PollingHandshake = "/socket.io/?EIO=4&transport=polling";
const QByteArray WebSocketHandshake
    = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

QByteArray open(const FakeHub &hub, const QByteArray &headers = {})
{
    return request(hub.port(), "GET", PollingHandshake, {}, headers);
}

bool isOpen(const QByteArray &answer) { return answer.startsWith("HTTP/1.1 200 "); }

QByteArray sessionOf(const QByteArray &answer)
{
    return PollingHandshake + "&sid=" + answer.mid(answer.indexOf("\"sid\":\"") + 7, 20);
}

/** Asks for \a count sessions at once, on one connection; how many were opened, the others being refused. */
qsizetype flood(const FakeHub &hub, int count)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, hub.port());
    socket.write(("GET " + PollingHandshake + " HTTP/1.1\r\nHost: x\r\n\r\n").repeated(count));
    QByteArray answers;
    (void)QTest::qWaitFor(
        [&] {
            answers += socket.readAll();
            return answers.count("HTTP/1.1 ") == count && answers.endsWith('}');
        },
        20000);
    const qsizetype opened = answers.count("HTTP/1.1 200 ");
    if (answers.count("HTTP/1.1 503 ") != count - opened)
        qFatal("neither opened nor refused: %s", answers.constData());
    return opened;
}

/** Tries until a session is opened. */
bool comesIn(const FakeHub &hub)
{
    return QTest::qWaitFor([&hub] { return isOpen(open(hub)); }, 20000);
}

WorkerCounters sumOf(const FakeHub &hub)
{
    std::optional<WorkerCounters> sum;
    hub.gateway->snapshot([&sum](const std::vector<WorkerCounters> &workers) {
        sum.emplace();
        for (const WorkerCounters &each : workers) {
            sum->sessions += each.sessions;
            sum->sessionsGivenWay += each.sessionsGivenWay;
        }
    });
    (void)QTest::qWaitFor([&sum] { return sum.has_value(); }, 20000);
    return sum.value_or(WorkerCounters());
}

} // namespace

/** How many sessions there may be, and who has to make room for whom. */
class TestSessionPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areCountedApartFromConnections()
    {
        FakeHub hub(1, [](ServerConfig &config) { config.limits.maxConnections = 3; });
        for (int i = 0; i < 4; ++i)
            QVERIFY(isOpen(open(hub)));
    }

    void areBounded_data()
    {
        QTest::addColumn<int>("inAll");
        QTest::addColumn<int>("perAddress");
        QTest::newRow("in all") << 3 << 100;
        QTest::newRow("per address") << 100 << 3;
    }
    void areBounded()
    {
        QFETCH(int, inAll);
        QFETCH(int, perAddress);
        FakeHub hub(2, [&](ServerConfig &config) {
            config.limits.maxSessions = inAll;
            config.limits.maxSessionsPerIp = perAddress;
        });
        std::vector<std::unique_ptr<TestClient>> clients;
        for (int i = 0; i < 3; ++i) {
            clients.push_back(std::make_unique<TestClient>(hub.port()));
            QVERIFY(!clients.back()->waitFor(QStringLiteral("connect")).name.isEmpty());
        }
        const QByteArray refused = open(hub);
        QVERIFY2(refused.startsWith("HTTP/1.1 503 "), refused.constData());
        QVERIFY(refused.contains("\r\nRetry-After: 1\r\n"));
        QVERIFY(refused.endsWith("{\"code\":4,\"message\":\"Too many sessions; try again in a moment\"}"));
        QVERIFY(request(hub.port(), "GET", "/socket.io/?EIO=4&transport=websocket", {}, WebSocketHandshake)
                    .startsWith("HTTP/1.1 503 "));
        clients.pop_back();
        QVERIFY(comesIn(hub));
    }

    void afterAFloodAnybodyGetsIn_data() { addWorkers(); }
    void afterAFloodAnybodyGetsIn()
    {
        QFETCH(int, workers);
        FakeHub hub(workers, [](ServerConfig &config) { config.limits.sessionsWithoutConnectPerIp = 20; });
        TestClient connected(hub.port());
        QVERIFY(!connected.waitFor(QStringLiteral("connect")).name.isEmpty());
        const qsizetype opened = flood(hub, 500);
        QVERIFY(opened >= 20 && opened < 500);
        // Well before the time to join something, 45 s, is over for those.
        QVERIFY(comesIn(hub));
        TestClient newcomer(hub.port());
        QVERIFY(!newcomer.waitFor(QStringLiteral("connect")).name.isEmpty());
        QVERIFY(sumOf(hub).sessionsGivenWay >= 1);
        QVERIFY(sumOf(hub).sessions <= 20 + 2); // Those that wait, and those that have joined.
        connected.emitEvent(QStringLiteral("still here"));
        QTRY_COMPARE(hub.events.size(), 1);
    }

    void whatGaveWayIsGone()
    {
        FakeHub hub(2, [](ServerConfig &config) { config.limits.sessionsWithoutConnectPerIp = 1; });
        const QByteArray first = open(hub);
        QVERIFY(isOpen(first));
        QVERIFY(comesIn(hub));
        QTRY_VERIFY(request(hub.port(), "POST", sessionOf(first), "40")
                        .endsWith("{\"code\":1,\"message\":\"Session ID unknown\"}"));
        QVERIFY(hub.sockets.isEmpty());
    }

    void aWebSocketThatJoinsNothingGivesWayToo()
    {
        FakeHub hub(1, [](ServerConfig &config) { config.limits.sessionsWithoutConnectPerIp = 1; });
        QWebSocket mute;
        mute.open(
            QUrl(QStringLiteral("ws://127.0.0.1:%1/socket.io/?EIO=4&transport=websocket").arg(hub.port())));
        QTRY_COMPARE(mute.state(), QAbstractSocket::ConnectedState);
        QVERIFY(comesIn(hub));
        QTRY_COMPARE(mute.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(mute.closeCode(), QWebSocketProtocol::CloseCodeNormal);
    }

    void oneAddressTakesNoPlaceFromAnother()
    {
        FakeHub hub(1, [](ServerConfig &config) {
            config.trustedProxies = {QStringLiteral("loopback")};
            config.limits.sessionsWithoutConnectPerIp = 5;
        });
        QVERIFY(flood(hub, 100) < 100);
        QVERIFY(isOpen(open(hub, "X-Forwarded-For: 192.0.2.7\r\n")));
    }

    void whoIsRefusedCountsAmongThoseThatJoinedNothing()
    {
        FakeHub hub(1, [](ServerConfig &config) { config.limits.sessionsWithoutConnectPerIp = 1; });
        hub.admits = false;
        const QByteArray session = sessionOf(open(hub));
        request(hub.port(), "POST", session, "40");
        QTRY_COMPARE(hub.sockets.size(), 1);
        // While the hub makes up its mind, it has its place and leaves one to others ...
        const QByteArray other = open(hub);
        QVERIFY(isOpen(other));
        hub.gateway->refuse(hub.sockets.first(), QStringLiteral("no"));
        QVERIFY(request(hub.port(), "GET", session).endsWith("44{\"message\":\"no\"}"));
        // ... then it is the first to go: the one who was there before it came back goes for it, it for the
        // next.
        QVERIFY(isOpen(open(hub)));
        QTRY_VERIFY(request(hub.port(), "GET", session).endsWith("Session ID unknown\"}"));
    }
};

DIALOGUE_TEST(TestSessionPlaces, QCoreApplication)
#include "tst_sessionplaces.moc"
