#include "await.h"
#include "clientfixture.h"
#include "front.h"
#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

using Kind = ConnectionFailure::Kind;

/** What stands between a client and its server, and what the client makes of it. */
class TestFailures : public QObject
{
    Q_OBJECT

    std::unique_ptr<Dialogue> m_server;

    static ClientConfig to(quint16 port, TransportKind transport)
    {
        ClientConfig config = clientConfig(port, u"ann"_s);
        config.transports = {transport};
        config.reconnection = false;
        return config;
    }
    static void transportsTable()
    {
        QTest::addColumn<TransportKind>("transport");
        QTest::newRow("websocket") << TransportKind::WebSocket;
        QTest::newRow("polling") << TransportKind::Polling;
    }
    static ConnectionFailure failureOf(const ClientConfig &config)
    {
        DialogueClient client(config);
        QSignalSpy failures(&client, &DialogueClient::connectionFailed);
        if (!QTest::qWaitFor([&] { return !failures.isEmpty(); }, PatienceMs))
            return ConnectionFailure(Error{ErrorCode::Timeout, u"the test's own patience ended"_s});
        return failures[0][0].value<ConnectionFailure>();
    }

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<Dialogue>(serverConfig());
        QVERIFY(m_server->start());
    }
    void cleanup() { m_server.reset(); }

    void anAnswerIsOfItsKind_data()
    {
        QTest::addColumn<TransportKind>("transport");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<Kind>("kind");
        for (const auto &[name, transport] : {std::pair("websocket", TransportKind::WebSocket),
                                              std::pair("polling", TransportKind::Polling)}) {
            QTest::addRow("%s 503", name)
                << transport << QByteArray("503 Service Unavailable") << Kind::HttpStatus;
            QTest::addRow("%s 403", name) << transport << QByteArray("403 Forbidden") << Kind::HttpStatus;
            QTest::addRow("%s 511", name)
                << transport << QByteArray("511 Network Authentication Required") << Kind::CaptivePortal;
        }
        QTest::newRow("websocket 401")
            << TransportKind::WebSocket << QByteArray("401 Unauthorized") << Kind::Unauthorized;
        QTest::newRow("polling 401") << TransportKind::Polling << QByteArray("401 Unauthorized")
                                     << Kind::Unauthorized;
    }
    void anAnswerIsOfItsKind()
    {
        QFETCH(TransportKind, transport);
        QFETCH(QByteArray, line);
        QFETCH(Kind, kind);
        Front front(0, [&](const QByteArray &) { return Front::status(line); });
        const ConnectionFailure failure = failureOf(to(front.serverPort(), transport));
        QCOMPARE(failure.kind, kind);
        QCOMPARE(failure.httpStatus, line.left(3).toInt());
        QCOMPARE(failure.error.code, ErrorCode::ConnectionLost);
    }

    void aPageForPeopleIsACaptivePortals()
    {
        Front front(0, [](const QByteArray &) {
            return Front::status("200 OK", "Content-Type: text/html\r\n", "\n<!DOCTYPE html><p>Sign in</p>");
        });
        QCOMPARE(failureOf(to(front.serverPort(), TransportKind::Polling)).kind, Kind::CaptivePortal);
    }

    void nobodyListens_data() { transportsTable(); }
    void nobodyListens()
    {
        QFETCH(TransportKind, transport);
        const quint16 port = m_server->port();
        m_server.reset();
        QCOMPARE(failureOf(to(port, transport)).kind, Kind::Unreachable);
    }

    void aProxyThatIsAwayIsOne_data() { transportsTable(); }
    void aProxyThatIsAwayIsOne()
    {
        QFETCH(TransportKind, transport);
        ClientConfig config = to(80, transport);
        config.url = QUrl(u"http://far.example"_s);
        config.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, m_server->port());
        m_server.reset();
        QCOMPARE(failureOf(config).kind, Kind::Proxy);
    }

    void redirectsAreFollowed_data()
    {
        QTest::addColumn<TransportKind>("transport");
        QTest::addColumn<QByteArray>("line");
        for (const char *line :
             {"301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"}) {
            QTest::addRow("websocket %.3s", line) << TransportKind::WebSocket << QByteArray(line);
            QTest::addRow("polling %.3s", line) << TransportKind::Polling << QByteArray(line);
        }
    }
    void redirectsAreFollowed()
    {
        QFETCH(TransportKind, transport);
        QFETCH(QByteArray, line);
        bool isMoved = false;
        Front front(m_server->port(), [&](const QByteArray &head) {
            const QByteArray target = head.split(' ').at(1);
            return std::exchange(isMoved, true)
                ? QByteArray()
                : Front::status(line,
                                "Location: http://127.0.0.1:" + QByteArray::number(front.serverPort())
                                    + target + "\r\n");
        });
        ClientConfig config = to(front.serverPort(), transport);
        config.headers = {{"X-Key", "secret"}};
        DialogueClient client(config);
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY2(lab, lab ? "" : qPrintable(lab.error().text()));
        QVERIFY(await((*lab)->triggerWithAck(u"n"_s, 1)));
        QCOMPARE(client.transport(), transport);
        QCOMPARE(client.userId(), u"ann"_s);
        QVERIFY(front.heads[1].toLower().contains("x-key: secret"));
        QCOMPARE(front.heads[1].count("transport="), 1);
    }

    void anotherOriginLearnsNoSecrets_data()
    {
        QTest::addColumn<TransportKind>("transport");
        QTest::addColumn<QByteArray>("host");
        QTest::newRow("websocket, another host") << TransportKind::WebSocket << QByteArray("localhost");
        QTest::newRow("polling, another host") << TransportKind::Polling << QByteArray("localhost");
        QTest::newRow("websocket, another port") << TransportKind::WebSocket << QByteArray("127.0.0.1");
        QTest::newRow("polling, another port") << TransportKind::Polling << QByteArray("127.0.0.1");
    }
    void anotherOriginLearnsNoSecrets()
    {
        QFETCH(TransportKind, transport);
        QFETCH(QByteArray, host);
        Front there(m_server->port());
        Front front(0, [&](const QByteArray &) {
            return Front::status("302 Found",
                                 "Location: http://eve:guess@" + host + ':'
                                     + QByteArray::number(there.serverPort()) + "/socket.io/\r\n");
        });
        ClientConfig config = to(front.serverPort(), transport);
        config.url.setUserInfo(u"ann:secret"_s);
        config.headers = {{"X-Key", "secret"}};
        DialogueClient client(config);
        QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), PatienceMs);
        const QByteArray here = front.heads.constFirst().toLower(); // As some versions of Qt write them.
        const QByteArray elsewhere = there.heads.constFirst().toLower();
        QVERIFY(here.contains("x-key") && here.contains("authorization"));
        QVERIFY(!elsewhere.contains("x-key"));
        QVERIFY(!elsewhere.contains("authorization"));
        QVERIFY(client.userId() != u"ann"_s);
    }

    void aRedirectThatLeadsNowhereIsTold_data()
    {
        QTest::addColumn<TransportKind>("transport");
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<int>("asked");
        QTest::newRow("polling, in a circle") << TransportKind::Polling << QByteArray("/socket.io/") << 6;
        QTest::newRow("websocket, in a circle") << TransportKind::WebSocket << QByteArray("/socket.io/") << 6;
        QTest::newRow("polling, no http") << TransportKind::Polling << QByteArray("ftp://127.0.0.1/") << 1;
    }
    void aRedirectThatLeadsNowhereIsTold()
    {
        QFETCH(TransportKind, transport);
        QFETCH(QByteArray, location);
        QFETCH(int, asked);
        Front front(0, [&](const QByteArray &) {
            return Front::status("302 Found", "Location: " + location + "\r\n");
        });
        const ClientConfig config = to(front.serverPort(), transport);
        const ConnectionFailure failure = failureOf(config);
        QCOMPARE(failure.kind, Kind::Redirect);
        QCOMPARE(failure.redirectedTo, config.url.resolved(QUrl(QString::fromUtf8(location))));
        QCOMPARE(front.heads.size(), asked);
    }

    void theServersPasswordGoesAlong_data() { transportsTable(); }
    void theServersPasswordGoesAlong()
    {
        QFETCH(TransportKind, transport);
        const QByteArray wanted
            = "Authorization: Basic " + QByteArray("ann:s\xc3\xa9same").toBase64() + "\r\n";
        Front front(m_server->port(), [&](const QByteArray &head) {
            return head.toLower().contains(wanted.toLower())
                ? QByteArray()
                : Front::status("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n");
        });
        ClientConfig config = to(front.serverPort(), transport);
        config.url.setUserName(u"ann"_s);
        config.url.setPassword(u"s\u00e9same"_s);
        DialogueClient client(config);
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY2(lab, lab ? "" : qPrintable(lab.error().text()));
        QVERIFY(await((*lab)->triggerWithAck(u"n"_s, 1)));
    }

    void aChallengeIsAnswered_data()
    {
        QTest::addColumn<bool>("byProxy");
        QTest::newRow("of the server") << false;
        QTest::newRow("of the proxy") << true;
    }
    /** By sending a request again, which is no broken connection. */
    void aChallengeIsAnswered()
    {
        QFETCH(bool, byProxy);
        int challenges = 0;
        Front front(m_server->port(), [&](const QByteArray &head) {
            if (head.contains("uthorization: Digest"))
                return QByteArray();
            ++challenges;
            return Front::status(byProxy ? "407 Proxy Authentication Required" : "401 Unauthorized",
                                 QByteArray(byProxy ? "Proxy" : "WWW")
                                     + "-Authenticate: Digest realm=\"x\", nonce=\"abc\", qop=\"auth\"\r\n");
        });
        ClientConfig config = to(front.serverPort(), TransportKind::Polling);
        if (byProxy) {
            config.url = QUrl(u"http://far.example"_s);
            config.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, front.serverPort(),
                                         u"ann"_s, u"secret"_s);
        } else {
            config.url.setUserInfo(u"ann:secret"_s);
        }
        DialogueClient client(config);
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY2(lab, lab ? "" : qPrintable(lab.error().text()));
        QVERIFY(await((*lab)->triggerWithAck(u"n"_s, 1)));
        QVERIFY(challenges > 0);
    }

    void aServerThatAsksForMoreIsAnsweredByPolling()
    {
        Front front(m_server->port(), [&](const QByteArray &head) {
            return head.contains("uthorization: Digest")
                ? QByteArray()
                : Front::status("401 Unauthorized",
                                "WWW-Authenticate: Digest realm=\"x\", nonce=\"abc\", qop=\"auth\"\r\n");
        });
        ClientConfig config = to(front.serverPort(), TransportKind::WebSocket);
        config.transports.append(TransportKind::Polling);
        config.url.setUserInfo(u"ann:secret"_s);
        DialogueClient client(config);
        QVERIFY(await(client.join(u"lab"_s)));
        QCOMPARE(client.transport(), TransportKind::Polling);
    }

    void aTunnelThatIsToldTheWrongPasswordIsAProxyThatAsks()
    {
        Front proxy(0, [&](const QByteArray &) {
            return Front::status("407 Proxy Authentication Required",
                                 "Proxy-Authenticate: Basic realm=\"x\"\r\n");
        });
        ClientConfig config = to(80, TransportKind::WebSocket);
        config.url = QUrl(u"http://far.example"_s);
        config.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, proxy.serverPort(), u"ann"_s,
                                     u"wrong"_s);
        QCOMPARE(failureOf(config).kind, Kind::ProxyAuthentication);
    }

    void aWrongPasswordIsToldOnce()
    {
        Front front(m_server->port(), [&](const QByteArray &) {
            return Front::status("401 Unauthorized",
                                 "WWW-Authenticate: Digest realm=\"x\", nonce=\"abc\", qop=\"auth\"\r\n");
        });
        ClientConfig config = to(front.serverPort(), TransportKind::Polling);
        config.url.setUserInfo(u"ann:wrong"_s);
        QCOMPARE(failureOf(config).kind, Kind::Unauthorized);
        QCOMPARE(front.heads.size(), 2); // unasked, and in answer to the challenge
    }

    void theProxysPasswordGoesAlong_data() { transportsTable(); }
    void theProxysPasswordGoesAlong()
    {
        QFETCH(TransportKind, transport);
        const QByteArray wanted
            = "Proxy-Authorization: Basic " + QByteArray("ann:secret").toBase64() + "\r\n";
        Front server(m_server->port());
        Tunnel tunnel(server.serverPort());
        Front proxy(transport == TransportKind::WebSocket ? tunnel.port() : server.serverPort(),
                    [&](const QByteArray &head) {
                        return head.toLower().contains(wanted.toLower())
                            ? QByteArray()
                            : Front::status("407 Proxy Authentication Required",
                                            "Proxy-Authenticate: Basic realm=\"x\"\r\n");
                    });
        ClientConfig config = to(80, transport);
        config.url = QUrl(u"http://far.example"_s);
        config.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, proxy.serverPort(), u"ann"_s,
                                     u"secret"_s);
        DialogueClient client(config);
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY2(lab, lab ? "" : qPrintable(lab.error().text()));
        QVERIFY(await((*lab)->triggerWithAck(u"n"_s, 1)));
        if (transport == TransportKind::WebSocket) // it is not for the server behind the tunnel
            QVERIFY(!server.heads.constFirst().toLower().contains("proxy-authorization"));
    }

    void saysWhoItIsAndWhatItIsToldAnewEachTime_data() { transportsTable(); }
    void saysWhoItIsAndWhatItIsToldAnewEachTime()
    {
        QFETCH(TransportKind, transport);
        Front front(m_server->port());
        ClientConfig config = to(front.serverPort(), transport);
        int times = 0;
        config.freshHeaders = [&times]() -> QList<std::pair<QByteArray, QByteArray>> {
            return {{"X-Time", QByteArray::number(++times)}};
        };
        DialogueClient client(config);
        QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), PatienceMs);
        QVERIFY(front.heads.constFirst().toLower().contains("user-agent: dialogue/"));
        QVERIFY(front.heads.constFirst().toLower().contains("x-time: 1\r\n"));
        front.heads.clear();
        client.disconnectFromServer();
        client.connectToServer();
        QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), PatienceMs);
        QVERIFY(front.heads.constLast().toLower().contains("x-time: 2\r\n"));
    }
};

DIALOGUE_TEST(TestFailures, QCoreApplication)
#include "tst_failures.moc"
