#include "netserver.h"
#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

using namespace dialogue;

/** A worker in the embedder's own thread (workers: 0), on the dispatcher that Qt chose. */
class TestLocalWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void echoes();
    void pausesReading();

private:
    void listen();

    NetServer::Seen m_seen;
    std::unique_ptr<NetServer::Handler> m_handler;
    std::unique_ptr<NetWorker> m_worker;
    std::unique_ptr<Listener> m_listener;
    QUrl m_url;
};

void TestLocalWorker::listen()
{
    m_worker.reset();
    m_handler = std::make_unique<NetServer::Handler>(0, &m_seen);
    m_worker = std::make_unique<NetWorker>(0, NetConfig{});
    m_worker->setHandler(m_handler.get());
    m_worker->setPeers({m_worker.get()});
    m_listener = std::make_unique<Listener>(
        std::make_shared<Places>(PlaceLimits{10, 10, 10, 10}), TrustedProxies(),
        [this](qintptr descriptor, Place &&place) { m_worker->adopt(descriptor, std::move(place)); });
    m_listener->listen(*ListenSocket::tcp(QStringLiteral("127.0.0.1"), 0));
    m_url = QUrl(QStringLiteral("ws://127.0.0.1:%1/").arg(m_listener->port()));
}

void TestLocalWorker::echoes()
{
    listen();
    QWebSocket client;
    QSignalSpy connected(&client, &QWebSocket::connected);
    QSignalSpy received(&client, &QWebSocket::textMessageReceived);
    QSignalSpy disconnected(&client, &QWebSocket::disconnected);
    client.open(m_url);
    QVERIFY(connected.wait());
    for (int i = 0; i < 100; ++i)
        client.sendTextMessage(QString::number(i) + QString(i * 1000, QLatin1Char('x')));
    QTRY_COMPARE(received.size(), 100);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(received.at(i).first().toString().size(), QString::number(i).size() + i * 1000);
    client.sendTextMessage(QStringLiteral("close me"));
    QVERIFY(disconnected.wait());
    QCOMPARE(int(client.closeCode()), 4000);
    QCOMPARE(client.closeReason(), QStringLiteral("as you wish"));
    QTRY_COMPARE(m_worker->connectionCount(), 0U);
}

void TestLocalWorker::pausesReading()
{
    listen();
    QWebSocket client;
    QWebSocket other;
    QSignalSpy connected(&client, &QWebSocket::connected);
    QSignalSpy received(&client, &QWebSocket::textMessageReceived);
    QSignalSpy otherReceived(&other, &QWebSocket::textMessageReceived);
    client.open(m_url);
    QVERIFY(connected.wait());
    QTRY_COMPARE(m_handler->listeners.size(), 1U);
    m_handler->listeners.front()->webSocket->setReadPaused(true);
    client.sendTextMessage(QStringLiteral("waiting"));
    client.flush();
    connect(&other, &QWebSocket::connected, &other, [&] { other.sendTextMessage(QStringLiteral("other")); });
    other.open(m_url);
    QVERIFY(otherReceived.wait());
    QCOMPARE(received.size(), 0);
    m_handler->listeners.front()->webSocket->setReadPaused(false);
    QTRY_COMPARE(received.size(), 1);
}

DIALOGUE_TEST(TestLocalWorker, QCoreApplication)
#include "tst_localworker.moc"
