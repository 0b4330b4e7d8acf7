#include "fakehub.h"
#include "testclasses.h"
#include "tests/server/net/fakestream.h"

using namespace dialogue;
using namespace dialogue::test;

class TestWorkerCounters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsHowManyFramesThePolicyDropped_data()
    {
        QTest::addColumn<QByteArray>("transport");
        QTest::newRow("polling") << QByteArray("polling");
        QTest::newRow("WebSocket") << QByteArray("websocket");
    }
    void tellsHowManyFramesThePolicyDropped()
    {
        QFETCH(QByteArray, transport);
        FakeHub hub(1, [](ServerConfig &config) { config.limits.sendQueue = 100000; });
        QTcpSocket stalled;
        if (transport == "polling") {
            const QByteArray opened
                = bodyOf(request(hub.port(), "GET", "/socket.io/?EIO=4&transport=polling"));
            const QByteArray sid
                = QJsonDocument::fromJson(opened.mid(1)).object()[u"sid"].toString().toLatin1();
            request(hub.port(), "POST", "/socket.io/?EIO=4&transport=polling&sid=" + sid, "40");
        } else {
            stalled.setReadBufferSize(1);
            stalled.connectToHost(QHostAddress::LocalHost, hub.port());
            stalled.write("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                          "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            stalled.write(QByteArray::fromHex("8182000000003430")); // "40", masked with zeros
        }
        QTRY_COMPARE(hub.sockets.size(), 1);
        qint64 dropped = 0;
        const auto room = std::make_shared<FakeStream>('a');
        const QByteArray event = "42[\"news\",\"" + QByteArray(50000, 'x') + "\"]";
        // The kernel takes some megabytes for a WebSocket first.
        for (int i = 0; i < 1000 && dropped == 0; ++i) {
            const auto frame = Frame::create(event);
            frame->policy = SlowReaderPolicy::DropOldest;
            frame->stream = room;
            frame->offset = quint64(i) + 1;
            hub.gateway->send(hub.sockets.first(), frame);
            bool counted = false;
            hub.gateway->snapshot([&](const std::vector<WorkerCounters> &all) {
                dropped = all.at(0).framesDropped;
                counted = true;
            });
            QVERIFY(QTest::qWaitFor([&counted] { return counted; }));
        }
        QVERIFY(dropped > 0);
        QVERIFY(hub.disconnected.isEmpty());
    }
};

DIALOGUE_TEST(TestWorkerCounters, QCoreApplication)
#include "tst_workercounters.moc"
