#include "ownserver.h"
#include "testclasses.h"

#include <QSslSocket>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Many = 20000;

/** Keeps what comes, as one who is asked about it later. */
struct KeepingHub
{
    explicit KeepingHub(bool secure)
        : server(
            0, [](ServerConfig &config) { config.limits.inboundPerClient = 10; }, secure)
    {
        server.hub.whenEvent = [this](SocketId, const IncomingEvent &event) {
            order.append(event.args.toArray().at(0).toInt());
            if (keeps)
                kept.push_back(server.hub.gateway->keep());
        };
    }
    OwnServerHub server;
    bool keeps = true;
    QList<int> order;
    std::vector<KeptMessage> kept;
};

} // namespace

/** Clients whose messages the hub does not keep up with, over an application's own server. */
class TestHeldBackQtWebSockets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areReadNoFurther_data()
    {
        QTest::addColumn<bool>("secure");
        QTest::addColumn<int>("size");
        QTest::newRow("small messages") << false << 1;
        QTest::newRow("messages") << false << 1000;
        QTest::newRow("messages over TLS") << true << 1000;
    }
    void areReadNoFurther()
    {
        QFETCH(bool, secure);
        QFETCH(int, size);
        KeepingHub hub(secure);
        OwnClient client(hub.server.url());
        QVERIFY(client.waitUntilJoined());
        const QString filler(size, u'x');
        for (int i = 0; i < Many; ++i)
            client.say(u"42[\"e\",%1,\"%2\"]"_s.arg(i).arg(filler));
        QTRY_COMPARE(hub.order.size(), 10);
        QTest::qWait(200); // That nothing more comes.
        QCOMPARE(hub.order.size(), 10);
        if (size > 100 && !secure) // With TLS it does not know.
            QVERIFY2(client.socket.bytesToWrite() > 0, "the server has taken all of it in");
        hub.keeps = false;
        hub.kept.clear();
        QTRY_COMPARE_WITH_TIMEOUT(hub.order.size(), Many, 30000);
        for (int i = 0; i < Many; ++i)
            QCOMPARE(hub.order[i], i);
        QVERIFY(!client.closed);
    }

    void areReadNoFurtherOverTls()
    {
        KeepingHub hub(true);
        hub.server.hub.whenConnecting = [&hub](SocketId) { hub.order.append(-1); };
        QSslSocket client;
        client.setPeerVerifyMode(QSslSocket::VerifyNone);
        client.connectToHostEncrypted(u"127.0.0.1"_s, hub.server.own->serverPort());
        QTRY_VERIFY(client.isEncrypted());
        client.write("GET /?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                     "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        QByteArray told;
        QTRY_VERIFY((told += client.readAll()).contains("0{"));
        client.write(QByteArray("\x81\x82\0\0\0\0", 6) + "40");
        QTRY_COMPARE(hub.order.size(), 1);
        const QByteArray event = "42[\"e\",1,\"" + QByteArray(50000, 'x') + "\"]";
        const QByteArray frame = QByteArray("\x81\xfe", 2) + char(event.size() >> 8)
            + char(event.size() & 0xff) + QByteArray(4, '\0') + event;
        for (int i = 0; i < 600; ++i) // More than kernels keep between the two.
            client.write(frame);
        QTRY_COMPARE(hub.order.size(), 11);
        QTest::qWait(500); // That it takes no more, after what kernels keep.
        QVERIFY2(client.encryptedBytesToWrite() > 0, "the server has taken all of it in");
        hub.keeps = false;
        hub.kept.clear();
        QTRY_COMPARE_WITH_TIMEOUT(hub.order.size(), 601, 30000);
    }

    void areNoticedToHaveGoneOnceTheyAreHeard()
    {
        KeepingHub hub(false);
        OwnClient client(hub.server.url());
        QVERIFY(client.waitUntilJoined());
        for (int i = 0; i < 100; ++i)
            client.say(u"42[\"e\",%1]"_s.arg(i));
        client.socket.close();
        QVERIFY(client.waitUntilClosed());
        QTRY_COMPARE(hub.order.size(), 10);
        QVERIFY(hub.server.hub.disconnected.isEmpty());
        hub.keeps = false;
        hub.kept.clear();
        QTRY_COMPARE(hub.order.size(), 100);
        QTRY_COMPARE(hub.server.hub.disconnected.size(), 1);
    }
};

DIALOGUE_TEST(TestHeldBackQtWebSockets, QCoreApplication)
#include "tst_heldbackqtwebsockets.moc"
