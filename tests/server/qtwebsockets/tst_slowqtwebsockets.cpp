#include "ownserver.h"
#include "testclasses.h"
#include "tests/server/fanout/fakestream.h"

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Events = 12000; // Of a kilobyte: more than kernels keep, and the queue.

FramePtr frameOf(const FrameStreamPtr &stream, int number, SlowReaderPolicy policy)
{
    const FramePtr event = eventFrame("/", u"e"_s, {number, QString(1000, u'.')});
    auto frame = std::const_pointer_cast<Frame>(event); // Nobody else has it yet.
    frame->policy = policy;
    frame->stream = stream;
    return frame;
}

} // namespace

/** Readers that fall behind, over an application's own server. */
class TestSlowQtWebSockets : public QObject
{
    Q_OBJECT

    static void plainAndTls()
    {
        QTest::addColumn<bool>("secure");
        QTest::newRow("plain") << false;
        QTest::newRow("TLS") << true;
    }

    static bool joins(OwnServerHub &, OwnClient &client)
    {
        if (!client.waitUntilJoined())
            return false;
        client.socket.setReadBufferSize(1); // It reads no further.
        return true;
    }

private Q_SLOTS:
    void areDisconnected_data() { plainAndTls(); }
    void areDisconnected()
    {
        QFETCH(bool, secure);
        OwnServerHub server(
            0, [](ServerConfig &config) { config.limits.sendQueue = 1'000'000; }, secure);
        OwnClient client(server.url());
        QVERIFY(joins(server, client));
        const SocketId socket = server.hub.sockets[0];
        for (int i = 0; i < Events && server.hub.disconnected.isEmpty(); ++i) {
            server.hub.emitTo(socket, u"e"_s, QString(1000, u'.'));
            if (i % 100 == 0)
                QCoreApplication::processEvents();
        }
        QTRY_COMPARE(server.hub.disconnected.value(socket), DisconnectReason::SlowReader);
    }

    void missWhatIsDropped_data() { plainAndTls(); }
    void missWhatIsDropped()
    {
        QFETCH(bool, secure);
        OwnServerHub server(
            0, [](ServerConfig &config) { config.limits.sendQueue = 1'000'000; }, secure);
        OwnClient client(server.url());
        QVERIFY(joins(server, client));
        const auto stream = std::make_shared<FakeStream>('e');
        for (int i = 0; i < Events; ++i) {
            server.hub.gateway->send(server.hub.sockets[0], frameOf(stream, i, SlowReaderPolicy::DropOldest));
            if (i % 100 == 0)
                QCoreApplication::processEvents();
        }
        client.socket.setReadBufferSize(0);
        client.socket.ping(); // With TLS it looks at what it has when something comes.
        const auto last = u"42[\"e\",%1,"_s.arg(Events - 1);
        QVERIFY(QTest::qWaitFor(
            [&] { return !client.texts.isEmpty() && client.texts.back().startsWith(last); }, 30000));
        QVERIFY2(client.texts.size() < Events, "it never was too slow");
        QVERIFY(server.hub.disconnected.isEmpty());
    }

    void whoReadsGetsAll_data() { plainAndTls(); }
    void whoReadsGetsAll()
    {
        QFETCH(bool, secure);
        OwnServerHub server(
            0, [](ServerConfig &config) { config.limits.sendQueue = 1'000'000; }, secure);
        OwnClient client(server.url());
        QVERIFY(client.waitUntilJoined());
        // More than may wait, as fast as it is taken.
        int sent = 0;
        const auto sendSome = [&] {
            for (int i = 0; i < 500 && sent < Events; ++i, ++sent)
                server.hub.emitTo(server.hub.sockets[0], u"e"_s, QString(1000, u'.'));
            server.hub.gateway->notifyWhenDrained(server.hub.sockets[0], 100'000, quint64(sent));
        };
        sendSome();
        QVERIFY(QTest::qWaitFor(
            [&] {
                if (!server.hub.drained.isEmpty() && server.hub.drained.takeLast().second == quint64(sent)
                    && sent < Events)
                    sendSome();
                return client.texts.size() == Events;
            },
            60000));
        QVERIFY(server.hub.disconnected.isEmpty());
    }
};

DIALOGUE_TEST(TestSlowQtWebSockets, QCoreApplication)
#include "tst_slowqtwebsockets.moc"
