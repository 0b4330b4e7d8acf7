#include "dialoguetest.h"

#include "testclasses.h"

#include <QSignalSpy>
#include <QWebSocketServer>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

struct OwnServer : QWebSocketServer
{
    OwnServer()
        : QWebSocketServer(u"own"_s, NonSecureMode)
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("%s", qPrintable(errorString()));
    }
};

} // namespace

/** A Dialogue whose clients an application's own QWebSocketServer accepts. */
class TestOwnWebSockets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areInTheSameRooms_data() { workersTable(); }
    void areInTheSameRooms()
    {
        QFETCH(int, workers);
        Dialogue server(config(workers));
        OwnServer own;
        QVERIFY(server.serve(&own));
        QVERIFY(server.start());
        TestClient ann(own.serverPort(), as(u"ann"_s));
        TestClient bob(server.port(), as(u"bob"_s));
        for (TestClient *client : {&ann, &bob}) {
            client->emitEvent(u"dialogue:join"_s, in(u"chat"_s));
            QCOMPARE(client->waitFor(u"dialogue:joined"_s).name, u"dialogue:joined"_s);
        }
        ann.emitEvent(u"dialogue:trigger"_s, saying(u"from ann"_s));
        bob.emitEvent(u"dialogue:trigger"_s, saying(u"from bob"_s));
        for (TestClient *client : {&ann, &bob}) {
            const QSet<QString> heard{textOf(client->waitFor(u"dialogue:event"_s)),
                                      textOf(client->waitFor(u"dialogue:event"_s))};
            QCOMPARE(heard, (QSet<QString>{u"from ann"_s, u"from bob"_s}));
        }
        QSignalSpy stopped(&server, &Dialogue::stopped);
        server.stop();
        QVERIFY(ann.waitForClose());
        QVERIFY(bob.waitForClose());
        QTRY_COMPARE(stopped.size(), 1);
    }

    void areAllThereIsWithoutAnAddress()
    {
        ServerConfig settings = config(2);
        settings.host = u"none"_s;
        Dialogue server(settings);
        OwnServer own;
        QVERIFY(server.start());
        QVERIFY(!server.isListening());
        QVERIFY(server.urls().isEmpty());
        QCOMPARE(server.port(), quint16(0));
        QVERIFY(server.serve(&own));
        TestClient ann(own.serverPort(), as(u"ann"_s));
        ann.emitEvent(u"dialogue:join"_s, in(u"chat"_s));
        QCOMPARE(ann.waitFor(u"dialogue:joined"_s).name, u"dialogue:joined"_s);
        int entries = 0;
        server.workerCounters(&server, [&](const auto &counters) { entries = int(counters.size()); });
        QTRY_COMPARE(entries, 1); // No thread was made for nothing.
    }

    void areToldToComeLaterBeforeTheStartAndAfterTheEnd()
    {
        Dialogue server(config(0));
        OwnServer own;
        QVERIFY(server.serve(&own));
        const auto refused = [&] {
            QWebSocket socket;
            QSignalSpy closed(&socket, &QWebSocket::disconnected);
            socket.open(own.serverUrl());
            return closed.wait(20000) ? socket.closeReason() : u"not refused"_s;
        };
        // QWebSocket takes 1013 for no code, as it is younger than RFC 6455.
        QVERIFY(refused() != u"not refused"_s);
        QVERIFY(server.start());
        QSignalSpy stopped(&server, &Dialogue::stopped);
        server.stop();
        QVERIFY(refused() != u"not refused"_s);
        QTRY_COMPARE(stopped.size(), 1);
        QVERIFY(refused() != u"not refused"_s);
    }

    void wereAcceptedBeforeTheyWereServed()
    {
        Dialogue server(config(0));
        OwnServer own;
        QVERIFY(server.start());
        QSignalSpy arrived(&own, &QWebSocketServer::newConnection);
        TestClient ann(own.serverPort(), as(u"ann"_s));
        QTRY_COMPARE(arrived.size(), 1);
        QSignalSpy connected(&server, &Dialogue::clientConnected);
        QVERIFY(server.serve(&own));
        QTRY_COMPARE(connected.size(), 1);
    }
};

DIALOGUE_TEST(TestOwnWebSockets, QCoreApplication)
#include "tst_ownwebsockets.moc"
