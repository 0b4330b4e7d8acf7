#include "client/engineio/endpoint.h"
#include "tests/client/support/await.h"
#include "tests/client/support/clientfixture.h"
#include "tests/client/support/tunnel.h"

#include "testclasses.h"

#include <QScopeGuard>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

/** An application with rules of its own. */
class ByHost : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        if (query.url().scheme().startsWith(u"http"_s) && query.peerHostName() == u"far.example"_s)
            return {QNetworkProxy(QNetworkProxy::Socks5Proxy, u"socks.example"_s, 1080)};
        return {QNetworkProxy::NoProxy};
    }
};

} // namespace

class TestProxies : public QObject
{
    Q_OBJECT

    static ClientConfig to(const QString &url)
    {
        ClientConfig config = clientConfig(0, u"ann"_s);
        config.url = QUrl(url);
        return config;
    }

private Q_SLOTS:
    void init() { qputenv("http_proxy", "http://system.example:3128"); }
    void cleanup()
    {
        qunsetenv("http_proxy");
        QNetworkProxyFactory::setApplicationProxyFactory(nullptr);
    }

    void theSystemsIsUsed()
    {
        const ClientConfig config = to(u"ws://far.example"_s);
        QVERIFY(!client::knownProxy(config)); // it is to be asked
        const QNetworkProxy proxy
            = QNetworkProxyFactory::systemProxyForQuery(client::proxyQuery(config)).constFirst();
        QCOMPARE(proxy.type(), QNetworkProxy::HttpProxy);
        QCOMPARE(proxy.hostName(), u"system.example"_s);
        QCOMPARE(proxy.port(), 3128);
    }

    void theApplicationsIsAskedForThisServer()
    {
        QNetworkProxyFactory::setApplicationProxyFactory(new ByHost); // Qt owns it
        QCOMPARE(client::knownProxy(to(u"ws://far.example"_s))->hostName(), u"socks.example"_s);
    }

    void noneMeansNone()
    {
        ClientConfig config = to(u"http://far.example"_s);
        config.proxy = QNetworkProxy::NoProxy;
        QCOMPARE(client::knownProxy(config)->type(), QNetworkProxy::NoProxy);
    }

    void thisMachineNeedsNone()
    {
        QNetworkProxy::setApplicationProxy({QNetworkProxy::HttpProxy, u"app.example"_s, 1});
        const auto restore
            = qScopeGuard([] { QNetworkProxy::setApplicationProxy(QNetworkProxy::DefaultProxy); });
        for (const QString &host : {u"localhost"_s, u"127.0.0.1"_s, u"[::1]"_s})
            QCOMPARE(client::knownProxy(to(u"http://"_s + host))->type(), QNetworkProxy::NoProxy);
    }

    void talksThroughAProxy_data()
    {
        QTest::addColumn<int>("proxy"); // NoProxy: none configured, so the system's
        QTest::addColumn<int>("transport");
        QTest::newRow("the system's, websocket")
            << int(QNetworkProxy::NoProxy) << int(TransportKind::WebSocket);
        QTest::newRow("CONNECT, websocket") << int(QNetworkProxy::HttpProxy) << int(TransportKind::WebSocket);
        QTest::newRow("SOCKS 5, websocket")
            << int(QNetworkProxy::Socks5Proxy) << int(TransportKind::WebSocket);
        QTest::newRow("SOCKS 5, polling") << int(QNetworkProxy::Socks5Proxy) << int(TransportKind::Polling);
    }
    void talksThroughAProxy()
    {
        QFETCH(int, proxy);
        QFETCH(int, transport);
        Dialogue server(serverConfig());
        QVERIFY(server.start());
        Tunnel tunnel(server.port());
        ClientConfig config = to(u"http://far.example"_s); // which nobody resolves
        config.transports = {TransportKind(transport)};
        if (proxy == QNetworkProxy::NoProxy)
            qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(tunnel.port()));
        else
            config.proxy = QNetworkProxy(QNetworkProxy::ProxyType(proxy), u"127.0.0.1"_s, tunnel.port());
        DialogueClient client(config);
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        QVERIFY(await((*lab)->triggerWithAck(u"n"_s, 1)));
        QCOMPARE(client.transport(), TransportKind(transport));
        QVERIFY(tunnel.asked.contains("far.example"));
    }
};

DIALOGUE_TEST(TestProxies, QCoreApplication)
#include "tst_proxies.moc"
