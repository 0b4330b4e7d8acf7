#include "client/engineio/engineclient.h"
#include "tests/client/support/await.h"
#include "tests/client/support/localhostcertificate.h"
#include "tests/client/support/scriptedserver.h"

#include "testclasses.h"

#include <QScopeGuard>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace dialogue;
using namespace dialogue::client;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto Handshake = R"(0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000,)"
                           R"("maxPayload":1000000})";
constexpr int Messages = 3000;
constexpr int MessageSize = 4'000;

} // namespace

/** A server that says more than the handlers here get done has to wait; and is not taken for dead meanwhile.
 */
class TestFlowControl : public QObject
{
    Q_OBJECT

    static void say(ScriptedServer &server, int number)
    {
        server.emitEvent(u"dialogue:event"_s,
                         {{u"event"_s, u"n"_s},
                          {u"roomId"_s, u"lab"_s},
                          {u"data"_s, QString(1000, u'x')},
                          {u"from"_s, u"bob"_s},
                          {u"offset"_s, number},
                          {u"timestamp"_s, 1}});
    }

private Q_SLOTS:
    void readsNoMoreThanItsBoundUntilHalfOfItIsTold()
    {
        ScriptedServer server;
        server.answer = [&](const QString &name, const QJsonObject &payload, ScriptedServer::AckId id) {
            if (name == u"dialogue:join")
                server.letIn(payload, id);
        };
        ClientConfig config = ScriptedServer::quick();
        config.limits.inbox = 100'000;
        const auto client = server.client(config);
        const auto lab = await(client->join(u"lab"_s));
        QVERIFY(lab);
        int said = 0;
        int heard = 0;
        int most = 0;
        bool reads = true;
        QList<bool> heeded;
        server.heed = [&](bool reading) {
            reads = reading;
            heeded.append(reading);
        };
        (*lab)->on(u"n"_s, this, [&](const EventMessage &) {
            most = std::max(most, said - heard);
            ++heard;
        });
        // As a socket does it: some at once, in each turn of the event loop, as long as it may.
        QTimer socket;
        connect(&socket, &QTimer::timeout, this, [&] {
            for (int i = 0; i < 50 && reads && said < 2000; ++i)
                say(server, ++said);
        });
        socket.start(0);
        (*lab)->on(u"n"_s, this, [&](const EventMessage &) { QTest::qSleep(1); }); // Slower than it is said.
        QTRY_COMPARE_WITH_TIMEOUT(heard, 2000, PatienceMs);
        QVERIFY2(most < 200, qPrintable(QString::number(most))); // a hundred, and one turn's fifty
        QVERIFY(heeded.count(false) > 1);
        QVERIFY(heeded.constLast());
    }

    void whatComesWithAJoinIsBoundedToo()
    {
        ScriptedServer server;
        bool reads = true;
        int said = 0;
        int heard = 0;
        int most = 0;
        server.heed = [&](bool reading) { reads = reading; };
        server.answer = [&](const QString &name, const QJsonObject &payload, ScriptedServer::AckId id) {
            if (name == u"dialogue:join")
                server.letIn(payload, id);
        };
        QTimer socket;
        connect(&socket, &QTimer::timeout, this, [&] {
            for (int i = 0; i < 50 && reads && said < 2000; ++i)
                say(server, ++said);
        });
        ClientConfig config = ScriptedServer::quick();
        config.limits.inbox = 100'000;
        const auto client = server.client(config);
        client->join(u"lab"_s).then(this, [&](const Result<RoomContext *> &lab) {
            QVERIFY(lab);
            (*lab)->on(u"n"_s, this, [&](const EventMessage &) {
                most = std::max(most, said - heard);
                ++heard;
                QTest::qSleep(heard <= 10 ? 5 : 0); // so that what came with the join takes some turns
            });
            for (int i = 0; i < 10; ++i)
                say(server, ++said);
            socket.start(0);
        });
        QTRY_COMPARE_WITH_TIMEOUT(heard, 2000, PatienceMs);
        QVERIFY2(most < 200, qPrintable(QString::number(most)));
    }

    void handlersOfOtherThreadsCountToo()
    {
        ScriptedServer server;
        server.answer = [&](const QString &name, const QJsonObject &payload, ScriptedServer::AckId id) {
            if (name == u"dialogue:join")
                server.letIn(payload, id);
        };
        bool reads = true;
        server.heed = [&](bool reading) { reads = reading; };
        ClientConfig config = ScriptedServer::quick();
        config.limits.inbox = 100'000;
        const auto client = server.client(config);
        const auto lab = await(client->join(u"lab"_s));
        QVERIFY(lab);
        // A thread that is busy with something else.
        QSemaphore busy;
        QThread other;
        QObject context;
        context.moveToThread(&other);
        other.start();
        const auto end = qScopeGuard([&] {
            busy.release(2);
            other.quit();
            other.wait();
        });
        std::atomic<int> heard = 0;
        int said = 0;
        int toSay = 2000;
        QTimer socket;
        connect(&socket, &QTimer::timeout, this, [&] {
            for (int i = 0; i < 50 && reads && said < toSay; ++i)
                say(server, ++said);
        });
        QMetaObject::invokeMethod(
            &context, [&] { busy.acquire(); }, Qt::QueuedConnection);
        (*lab)->on(u"n"_s, &context, [&](const EventMessage &) { ++heard; });
        socket.start(0);
        QTRY_VERIFY_WITH_TIMEOUT(!reads, PatienceMs);
        const int saidBefore = said;
        QTest::qWait(50); // which is for ever, where nobody hears
        QCOMPARE(said, saidBefore);
        QVERIFY2(said < 200, qPrintable(QString::number(said))); // a hundred, and a turn's fifty
        QCOMPARE(heard.load(), 0);
        busy.release();
        QTRY_COMPARE_WITH_TIMEOUT(heard.load(), 2000, PatienceMs);
        // Nor does another connection begin with nothing waiting.
        QMetaObject::invokeMethod(
            &context, [&] { busy.acquire(); }, Qt::QueuedConnection);
        toSay = 4000;
        // As many as before, but for what longer numbers take: that others were told is heard of a little
        // later.
        QTRY_VERIFY_WITH_TIMEOUT(!reads && said >= 2000 + saidBefore - 10, PatienceMs);
        socket.stop();
        reads = true;
        server.cut();
        QTRY_COMPARE_WITH_TIMEOUT(server.connections, 2, PatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(client->isConnected() && !reads, PatienceMs);
    }

    void whatIsNotReadIsNoSilence()
    {
        ScriptedServer server;
        server.handshake = R"({"sid":"s","upgrades":[],"pingInterval":40,"pingTimeout":40,)"
                           R"("maxPayload":1000000})";
        bool reads = true;
        QTimer heart;
        connect(&heart, &QTimer::timeout, this, [&] {
            if (reads) // which it must be to come through
                server.say("2");
        });
        heart.start(10);
        server.answer = [&](const QString &name, const QJsonObject &payload, ScriptedServer::AckId id) {
            if (name == u"dialogue:join")
                server.letIn(payload, id);
        };
        server.heed = [&](bool reading) { reads = reading; };
        ClientConfig config = ScriptedServer::quick();
        config.limits.inbox = 10'000;
        const auto client = server.client(config);
        const auto lab = await(client->join(u"lab"_s));
        QVERIFY(lab);
        int heard = 0;
        int pongsUnasked = 0;
        (*lab)->on(u"n"_s, this, [&](const EventMessage &) {
            ++heard;
            QTest::qSleep(5);
            pongsUnasked += reads ? 0 : static_cast<int>(std::exchange(server.pongs, {}).size());
        });
        server.pongs.clear();
        for (int i = 1; i <= 100; ++i) // half a second, of which the most without a word of the server's
            say(server, i);
        QTRY_COMPARE_WITH_TIMEOUT(heard, 100, PatienceMs);
        QVERIFY(pongsUnasked > 1);
        QCOMPARE(server.connections, 1);
        QVERIFY(client->isConnected());
        // Once it reads again, a silence is one.
        heart.stop();
        QTRY_VERIFY_WITH_TIMEOUT(server.connections > 1, PatienceMs);
    }

    void aFloodThatNoBoundHoldsEndsTheConnection()
    {
        ScriptedServer server;
        const auto client = server.client();
        QTRY_VERIFY(client->isConnected());
        QSignalSpy errors(client.get(), &DialogueClient::errorOccurred);
        const QByteArray large = "42[\"" + QByteArray(1'000'000, 'x') + "\"]";
        for (int i = 0; i < 80; ++i) // at once, before anybody could stop reading
            server.say(large);
        QTRY_VERIFY(!errors.isEmpty());
        QCOMPARE(errors[0][0].value<Error>().code, ErrorCode::LimitReached);
    }

    void theSocketWaitsToo_data()
    {
        QTest::addColumn<bool>("secure");
        QTest::newRow("ws") << false;
        QTest::newRow("wss") << true;
    }
    void theSocketWaitsToo()
    {
        QFETCH(bool, secure);
        QWebSocketServer server(u"test"_s,
                                secure ? QWebSocketServer::SecureMode : QWebSocketServer::NonSecureMode);
        const QSslCertificate certificate = localhostCertificate();
        if (secure) {
            QSslConfiguration ssl = QSslConfiguration::defaultConfiguration();
            ssl.setLocalCertificate(certificate);
            ssl.setPrivateKey(localhostKey());
            server.setSslConfiguration(ssl);
        }
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QWebSocketServer::newConnection, this, [&] {
            QWebSocket *const there = server.nextPendingConnection();
            there->setParent(&server);
            there->sendTextMessage(QString::fromLatin1(Handshake));
            for (int i = 0; i < Messages; ++i)
                there->sendTextMessage(u'4' + QString(MessageSize, u'x'));
        });

        ClientConfig config;
        config.url.setScheme(secure ? u"https"_s : u"http"_s);
        config.url.setHost(u"localhost"_s);
        config.url.setPort(server.serverPort());
        config.ssl.setCaCertificates({certificate});
        config.transports = {TransportKind::WebSocket};
        config.limits.inbox = 500'000;
        config.limits.messageSize = 100'000;
        EngineClient client(config, {});
        int heard = 0;
        qint64 most = 0;
        connect(&client, &EngineClient::textReceived, this, [&] {
            most = std::max(most, client.inboxBytes());
            if (++heard <= 50)
                QTest::qSleep(5); // One a turn, and in each turn more comes than that.
        });
        client.open();
        QTRY_COMPARE_WITH_TIMEOUT(heard, Messages, PatienceMs);
        // Beyond the bound it is what the socket had read: one buffer, and of TLS another one.
        QVERIFY2(most > config.limits.inbox / 2, qPrintable(QString::number(most)));
        QVERIFY2(most < config.limits.inbox + 4 * config.limits.messageSize,
                 qPrintable(QString::number(most)));
    }

    void pollingAsksForNoMore()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        int asked = 0;
        int heard = 0;
        int most = 0;
        const QByteArray body = QByteArrayList(100, '4' + QByteArray(1000, 'x')).join('\x1e');
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *const socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [&, socket] {
                if (!socket->readAll().endsWith("\r\n\r\n"))
                    return;
                const QByteArray answer = ++asked == 1 ? QByteArray(Handshake)
                    : asked <= 31                      ? body
                                                       : QByteArray("6");
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(answer.size())
                              + "\r\n\r\n" + answer);
            });
        });
        ClientConfig config;
        config.url = QUrl(u"http://127.0.0.1:%1"_s.arg(server.serverPort()));
        config.transports = {TransportKind::Polling};
        config.limits.inbox = 150'000;
        EngineClient client(config, {});
        connect(&client, &EngineClient::textReceived, this, [&] {
            most = std::max(most, 100 * (std::min(asked, 31) - 1) - heard);
            QTest::qSleep(++heard % 10 == 0 ? 5 : 0);
        });
        client.open();
        QTRY_COMPARE_WITH_TIMEOUT(heard, 3000, PatienceMs);
        QVERIFY2(most <= 400, qPrintable(QString::number(most)));
    }
};

DIALOGUE_TEST(TestFlowControl, QCoreApplication)
#include "tst_flowcontrol.moc"
