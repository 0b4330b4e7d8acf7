#include "fakehub.h"
#include "testclasses.h"
#include "tests/server/fanout/fakestream.h"

using namespace dialogue;
using namespace dialogue::test;

namespace {

/** A hub with one client, which reads nothing. */
class HubOfOneWhoDoesNotRead
{
public:
    explicit HubOfOneWhoDoesNotRead(const QByteArray &transport)
    {
        if (transport == "polling") {
            const QByteArray opened
                = bodyOf(request(hub.port(), "GET", "/socket.io/?EIO=4&transport=polling"));
            const QByteArray sid
                = QJsonDocument::fromJson(opened.mid(1)).object()[u"sid"].toString().toLatin1();
            request(hub.port(), "POST", "/socket.io/?EIO=4&transport=polling&sid=" + sid, "40");
        } else {
            m_stalled = silentClient(hub, false);
        }
    }

    /** Events until \a isEnough of what was counted; the kernel takes some megabytes for a WebSocket first.
     */
    bool sendUntil(SlowReaderPolicy policy, const std::function<bool(const WorkerCounters &)> &isEnough)
    {
        const auto room = std::make_shared<FakeStream>('a');
        const QByteArray event = "42[\"news\",\"" + QByteArray(50000, 'x') + "\"]";
        for (int i = 0; i < 1000; ++i) {
            const auto frame = Frame::create(event);
            frame->policy = policy;
            frame->stream = room;
            frame->offset = quint64(i) + 1;
            hub.gateway->send(hub.sockets.first(), frame);
            if (isEnough(counters()))
                return true;
        }
        return false;
    }

    WorkerCounters counters()
    {
        std::optional<WorkerCounters> counted;
        hub.gateway->snapshot([&](const std::vector<WorkerCounters> &all) { counted = all.at(0); });
        return QTest::qWaitFor([&counted] { return counted.has_value(); }) ? *counted : WorkerCounters();
    }

    FakeHub hub{1, [](ServerConfig &config) { config.limits.sendQueue = 100000; }};

private:
    std::unique_ptr<QTcpSocket> m_stalled;
};

} // namespace

class TestWorkerCounters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsHowManyFramesThePolicyDropped_data() { transports(); }
    void tellsHowManyFramesThePolicyDropped()
    {
        QFETCH(QByteArray, transport);
        HubOfOneWhoDoesNotRead f(transport);
        QTRY_COMPARE(f.hub.sockets.size(), 1);
        QVERIFY(f.sendUntil(SlowReaderPolicy::DropOldest,
                            [](const WorkerCounters &counted) { return counted.framesDropped > 0; }));
        QVERIFY(f.hub.disconnected.isEmpty());
        QCOMPARE(f.counters().slowReaders, 0);
    }

    void tellsHowManyDidNotRead_data() { transports(); }
    void tellsHowManyDidNotRead()
    {
        QFETCH(QByteArray, transport);
        HubOfOneWhoDoesNotRead f(transport);
        QTRY_COMPARE(f.hub.sockets.size(), 1);
        QVERIFY(f.sendUntil(SlowReaderPolicy::Disconnect,
                            [&f](const WorkerCounters &) { return !f.hub.disconnected.isEmpty(); }));
        QCOMPARE(f.counters().slowReaders, 1);
        QCOMPARE(f.counters().framesDropped, 0);
    }

private:
    static void transports()
    {
        QTest::addColumn<QByteArray>("transport");
        QTest::newRow("polling") << QByteArray("polling");
        QTest::newRow("WebSocket") << QByteArray("websocket");
    }
};

DIALOGUE_TEST(TestWorkerCounters, QCoreApplication)
#include "tst_workercounters.moc"
