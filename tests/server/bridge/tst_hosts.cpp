#include "fakehub.h"

#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::test;

namespace {

QByteArray ask(const FakeHub &hub, const QByteArray &target, const QByteArray &host,
               const QByteArray &headers = {})
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, hub.port());
    socket.write("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n");
    QByteArray answer;
    (void)QTest::qWaitFor(
        [&] {
            answer += socket.readAll();
            return answer.contains("\r\n\r\n");
        },
        20000);
    return answer;
}

const QByteArray Upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

} // namespace

/** Which hosts and pages get an answer, whatever they ask for. */
class TestHosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyAllowedOnesAreAnswered_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("polling") << QByteArray("/socket.io/?EIO=4&transport=polling") << QByteArray()
                                 << QByteArray("HTTP/1.1 200 ");
        QTest::newRow("WebSocket") << QByteArray("/socket.io/?EIO=4&transport=websocket") << Upgrade
                                   << QByteArray("HTTP/1.1 101 ");
        QTest::newRow("a route") << QByteArray("/route") << QByteArray() << QByteArray("HTTP/1.1 200 ");
    }
    void onlyAllowedOnesAreAnswered()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, status);
        FakeHub hub(1,
                    [](ServerConfig &config) { config.allowedHosts = {QStringLiteral("chat.example.org")}; });
        QVERIFY(ask(hub, target, "chat.example.org:3000", headers).startsWith(status));
        QVERIFY(ask(hub, target, "127.0.0.1", headers).startsWith(status));
        const QByteArray rebound = "evil.example:3000"; // Of its own origin, for all that a browser knows.
        const QByteArray refused
            = ask(hub, target, rebound, headers + "Origin: http://evil.example:3000\r\n");
        QVERIFY2(refused.startsWith("HTTP/1.1 421 "), refused.constData());
        QCOMPARE(hub.exchanges.size(), target == "/route" ? 2 : 0);
    }

    void aRefusedPostReachesNobody()
    {
        FakeHub hub(1,
                    [](ServerConfig &config) { config.allowedHosts = {QStringLiteral("chat.example.org")}; });
        const QByteArray target = "/socket.io/?EIO=4&transport=polling";
        const QByteArray opened = ask(hub, target, "127.0.0.1");
        const QByteArray session = target + "&sid=" + opened.mid(opened.indexOf("\"sid\":\"") + 7, 20);
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, hub.port());
        socket.write("POST " + session + " HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 2\r\n\r\n40");
        QByteArray answer;
        QTRY_VERIFY((answer += socket.readAll()).contains("\r\n\r\n"));
        QVERIFY(answer.startsWith("HTTP/1.1 421 "));
        QVERIFY(bodyOf(request(hub.port(), "POST", session, "40")) == "ok");
        QTRY_COMPARE(hub.sockets.size(), 1);
    }

    void aServerDoesNotStartWithWhatNothingFits_data()
    {
        QTest::addColumn<QStringList>("origins");
        QTest::addColumn<QStringList>("hosts");
        QTest::addColumn<QString>("path");
        QTest::newRow("an origin") << QStringList{QStringLiteral("*"), QStringLiteral("app.example.org")}
                                   << QStringList() << QStringLiteral("cors.origins[1]");
        QTest::newRow("a host") << QStringList() << QStringList{QStringLiteral("http://app.example.org")}
                                << QStringLiteral("allowedHosts[0]");
    }
    void aServerDoesNotStartWithWhatNothingFits()
    {
        QFETCH(QStringList, origins);
        QFETCH(QStringList, hosts);
        ServerConfig config;
        config.port = 0;
        config.cors.origins = origins;
        config.allowedHosts = hosts;
        WorkerGateway gateway(config, nullptr, nullptr);
        const Result<void> listening = gateway.listen();
        QVERIFY(!listening);
        QTEST(listening.error().path, "path");
    }
};

DIALOGUE_TEST(TestHosts, QCoreApplication)
#include "tst_hosts.moc"
