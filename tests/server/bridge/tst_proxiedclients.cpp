#include "fakehub.h"

#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::test;

namespace {

const QByteArray Handshake = "/socket.io/?EIO=4&transport=polling";

QByteArray sidOf(const QByteArray &answer) { return answer.mid(answer.indexOf("\"sid\":\"") + 7, 20); }

} // namespace

/** Clients that come through a proxy are who it says they are. */
class TestProxiedClients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areToldApart_data() { addWorkers(); }
    void areToldApart()
    {
        QFETCH(int, workers);
        FakeHub hub(workers,
                    [](ServerConfig &config) { config.trustedProxies = {QStringLiteral("loopback")}; });
        const QByteArray opened = request(hub.port(), "GET", Handshake, {},
                                          "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n");
        request(hub.port(), "POST", Handshake + "&sid=" + sidOf(opened), "40");
        QTRY_COMPARE(hub.sockets.size(), 1);
        const HandshakeInfo &handshake = hub.requests[hub.sockets.first()].handshake;
        QCOMPARE(handshake.address, QHostAddress(QStringLiteral("192.0.2.7")));
        QVERIFY(handshake.secure);
    }

    void haveTheirOwnShareOfTheSessions()
    {
        FakeHub hub(1, [](ServerConfig &config) {
            config.trustedProxies = {QStringLiteral("loopback")};
            config.limits.maxConnectionsPerIp = 1;
            config.limits.maxSessionsPerIp = 1;
        });
        const auto opens = [&hub](const QByteArray &client) {
            return request(hub.port(), "GET", Handshake, {}, "Forwarded: for=\"" + client + "\"\r\n")
                .startsWith("HTTP/1.1 200 ");
        };
        QVERIFY(opens("192.0.2.7"));
        QVERIFY(opens("192.0.2.8"));
        QVERIFY(!opens("192.0.2.7"));
        QVERIFY(opens("[2001:db8::1]"));
        QVERIFY(!opens("[2001:db8::2]")); // Of the same 64 bits.
        QVERIFY(opens("[2001:db8:0:1::1]"));
    }

    void areOfTheServersOwnOriginByTheHostTheyAskedFor()
    {
        FakeHub hub(1, [](ServerConfig &config) { config.trustedProxies = {QStringLiteral("loopback")}; });
        const QByteArray origin = "Origin: https://chat.example.org\r\n";
        QVERIFY(request(hub.port(), "GET", Handshake, {}, origin).startsWith("HTTP/1.1 403 "));
        QVERIFY(request(hub.port(), "GET", Handshake, {}, origin + "X-Forwarded-Host: chat.example.org\r\n")
                    .startsWith("HTTP/1.1 200 "));
        QVERIFY(request(hub.port(), "GET", Handshake, {}, origin + "Forwarded: host=chat.example.org\r\n")
                    .startsWith("HTTP/1.1 200 "));
    }

    void aServerDoesNotStartWithProxiesThatCannotBe()
    {
        ServerConfig config;
        config.port = 0;
        config.trustedProxies = {QStringLiteral("nginx")};
        WorkerGateway gateway(config, nullptr, nullptr);
        const Result<void> listening = gateway.listen();
        QVERIFY(!listening);
        QCOMPARE(listening.error().code, ErrorCode::ConfigError);
        QCOMPARE(listening.error().path, QStringLiteral("trustedProxies[0]"));
    }
};

DIALOGUE_TEST(TestProxiedClients, QCoreApplication)
#include "tst_proxiedclients.moc"
