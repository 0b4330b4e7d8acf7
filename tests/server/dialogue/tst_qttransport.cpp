#include "dialoguetest.h"

#include "testclasses.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTcpServer>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

ServerConfig qtConfig(int workers)
{
    ServerConfig settings = config(workers);
    settings.transport = ServerTransport::Qt;
    return settings;
}

} // namespace

/** A Dialogue over Qt's own sockets. */
class TestQtTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servesRooms_data() { workersTable(); }
    void servesRooms()
    {
        QFETCH(int, workers);
        Dialogue server(qtConfig(workers));
        QVERIFY(server.start());
        QCOMPARE(server.url(), QUrl(u"http://127.0.0.1:%1"_s.arg(server.port())));
        TestClient ann(server.port(), as(u"ann"_s));
        TestClient bob(server.port(), as(u"bob"_s));
        for (TestClient *client : {&ann, &bob}) {
            client->emitEvent(u"dialogue:join"_s, in(u"chat"_s));
            QCOMPARE(client->waitFor(u"dialogue:joined"_s).name, u"dialogue:joined"_s);
        }
        ann.emitEvent(u"dialogue:trigger"_s, saying(u"over Qt"_s));
        for (TestClient *client : {&ann, &bob})
            QCOMPARE(textOf(client->waitFor(u"dialogue:event"_s)), u"over Qt"_s);
        QSignalSpy stopped(&server, &Dialogue::stopped);
        server.stop();
        QVERIFY(ann.waitForClose());
        QVERIFY(bob.waitForClose());
        QTRY_COMPARE(stopped.size(), 1);
        QCOMPARE(server.port(), quint16(0));
    }

    void countsAgainstTheLimits()
    {
        ServerConfig settings = qtConfig(1);
        settings.limits.maxConnections = 1;
        Dialogue server(settings);
        QVERIFY(server.start());
        TestClient first(server.port(), as(u"ann"_s));
        QCOMPARE(first.waitFor(u"connect"_s).name, u"connect"_s);
        QTcpSocket second;
        second.connectToHost(QHostAddress::LocalHost, server.port());
        QTRY_COMPARE(second.state(), QAbstractSocket::UnconnectedState);
        first.close();
        // The place is free once the connection has ended.
        const auto isLetIn = [&server] {
            TestClient client(server.port(), as(u"ann"_s));
            (void)QTest::qWaitFor([&] { return client.isClosed() || !client.received().isEmpty(); }, 20000);
            return !client.isClosed();
        };
        QVERIFY(QTest::qWaitFor(isLetIn, 20000));
    }

    void answersRoutes()
    {
        Dialogue server(qtConfig(1));
        server.http().get("/hello", [](const HttpRequest &request) {
            return HttpResponse::text("hello " + request.peerAddress.toString().toLatin1());
        });
        QVERIFY(server.start());
        QNetworkAccessManager http;
        QUrl url = server.url();
        url.setPath(u"/hello"_s);
        const std::unique_ptr<QNetworkReply> reply(http.get(QNetworkRequest(url)));
        QTRY_VERIFY(reply->isFinished());
        QCOMPARE(reply->readAll(), "hello 127.0.0.1");
    }

    void needsAnAddressOfIp_data()
    {
        QTest::addColumn<QString>("host");
        QTest::newRow("a Unix socket") << u"unix:/tmp/never.sock"_s;
        QTest::newRow("what systemd hands over") << u"systemd"_s;
    }
    void needsAnAddressOfIp()
    {
        QFETCH(QString, host);
        ServerConfig settings = qtConfig(0);
        settings.host = host;
        Dialogue server(settings);
        const Result<void> started = server.start();
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::ConfigError);
        QCOMPARE(started.error().path, u"host"_s);
        QVERIFY2(started.error().message.contains(u"needs transport: native"_s),
                 qPrintable(started.error().message));
    }

    void saysWhatTakesItsPort()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        ServerConfig settings = qtConfig(0);
        settings.port = other.serverPort();
        Dialogue server(settings);
        const Result<void> started = server.start();
        QCOMPARE(started.error().code, ErrorCode::IoError);
        QVERIFY2(started.error().message.contains(u"choose another port or stop what uses it"_s),
                 qPrintable(started.error().message));
    }
};

DIALOGUE_TEST(TestQtTransport, QCoreApplication)
#include "tst_qttransport.moc"
