#include "fakehub.h"

#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::test;

/** The hub sends as fast as a client reads. */
class TestPacing : public QObject
{
    Q_OBJECT

    static FramePtr large() { return eventFrame("/", QStringLiteral("large"), {QString(500'000, u'x')}); }

private Q_SLOTS:
    void tellsAtOnceWhereNothingWaits_data() { addWorkers(); }
    void tellsAtOnceWhereNothingWaits()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        TestClient client(hub.port());
        QTRY_COMPARE(hub.sockets.size(), 1);
        hub.gateway->notifyWhenDrained(hub.sockets.first(), 1000, 7);
        QVERIFY2(hub.drained.isEmpty(), "from inside the call");
        QTRY_COMPARE(hub.drained.size(), 1);
        QCOMPARE(hub.drained.first().first, hub.sockets.first());
        QCOMPARE(hub.drained.first().second, quint64(7));
    }

    void tellsEachWhenItsMarkIsReached_data() { addWorkers(); }
    void tellsEachWhenItsMarkIsReached()
    {
        QFETCH(int, workers);
        FakeHub hub(workers, [](ServerConfig &config) { config.limits.sendQueue = 64 * 1024 * 1024; });
        const auto client = silentClient(hub, false);
        QTRY_COMPARE(hub.sockets.size(), 1);
        const SocketId socket = hub.sockets.first();
        for (int i = 0; i < 60; ++i)
            hub.gateway->send(socket, large());
        hub.gateway->notifyWhenDrained(socket, 0, 1);
        hub.gateway->notifyWhenDrained(socket, 10'000'000, 2);
        hub.gateway->notifyWhenDrained(socket, 60'000'000, 3);
        hub.gateway->notifyWhenDrained(socket + 1, 60'000'000, 4); // There is no such socket.
        QTRY_COMPARE(hub.drained.size(), 1);
        QCOMPARE(hub.drained.first().second, quint64(3));
        client->setReadBufferSize(0);
        connect(client.get(), &QTcpSocket::readyRead, client.get(), [&client] { client->readAll(); });
        client->readAll();
        QTRY_COMPARE(hub.drained.size(), 3);
        // Both marks may be passed in one go.
        QCOMPARE((QSet<quint64>{hub.drained.at(1).second, hub.drained.at(2).second}), (QSet<quint64>{1, 2}));
    }

    void tellsNothingOfOneThatIsGone_data() { addWorkers(); }
    void tellsNothingOfOneThatIsGone()
    {
        QFETCH(int, workers);
        FakeHub hub(workers, [](ServerConfig &config) { config.limits.sendQueue = 64 * 1024 * 1024; });
        const auto client = silentClient(hub, false);
        QTRY_COMPARE(hub.sockets.size(), 1);
        const SocketId socket = hub.sockets.first();
        for (int i = 0; i < 60; ++i)
            hub.gateway->send(socket, large());
        hub.gateway->notifyWhenDrained(socket, 0, 1);
        client->abort();
        QTRY_COMPARE(hub.disconnected.size(), 1);
        TestClient other(hub.port());
        QTRY_COMPARE(hub.sockets.size(), 2);
        hub.gateway->notifyWhenDrained(hub.sockets.last(), 1000, 2);
        QTRY_COMPARE(hub.drained.size(), 1);
        QCOMPARE(hub.drained.first().second, quint64(2));
    }

    // Two rooms of one client are replayed at a time, say.
    void holdsNoMoreForAPollingClientThanItAskedFor_data() { addWorkers(); }
    void holdsNoMoreForAPollingClientThanItAskedFor()
    {
        QFETCH(int, workers);
        FakeHub hub(workers);
        const QByteArray opened = bodyOf(request(hub.port(), "GET", "/socket.io/?EIO=4&transport=polling"));
        const QByteArray sid = QJsonDocument::fromJson(opened.mid(1)).object()[u"sid"].toString().toLatin1();
        const QByteArray session = "/socket.io/?EIO=4&transport=polling&sid=" + sid;
        request(hub.port(), "POST", session, "40");
        QTRY_COMPARE(hub.sockets.size(), 1);
        request(hub.port(), "GET", session);
        const SocketId socket = hub.sockets.first();
        hub.gateway->send(socket, large());
        hub.gateway->notifyWhenDrained(socket, 1000, 1);
        hub.gateway->notifyWhenDrained(socket, 2000, 2);
        hub.gateway->notifyWhenDrained(socket, 1'000'000, 3);
        QTRY_COMPARE(hub.drained.size(), 1); // Of the last
        QVERIFY(bodyOf(request(hub.port(), "GET", session)).size() > 500'000);
        QTRY_COMPARE(hub.drained.size(), 3);
        QCOMPARE(hub.drained.at(1).second, quint64(1));
        QCOMPARE(hub.drained.at(2).second, quint64(2));
    }
};

DIALOGUE_TEST(TestPacing, QCoreApplication)
#include "tst_pacing.moc"
