#include "sessionfixture.h"
#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::engineio;
using dialogue::engineio::test::SessionFixture;

class TestUpgrade : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersTheProbeAndFreesTheGet()
    {
        SessionFixture f;
        f.openPolling();
        const auto get = f.get();
        const auto socket = f.addWebSocket();
        QCOMPARE(get->status(), 0);
        socket->listener->textReceived("2probe");
        QCOMPARE(socket->sent, QList<QByteArray>{"3probe"});
        QCOMPARE(get->body(), QByteArray("6"));
        QCOMPARE(f.get()->body(), QByteArray("6"));
        QCOMPARE(f.session->transport(), TransportName::Polling);
    }

    void movesWhatWaitsToTheWebSocket()
    {
        SessionFixture f;
        f.openPolling();
        const auto socket = f.addWebSocket();
        socket->listener->textReceived("2probe");
        f.send("4a");
        f.send("4b", {"xyz"});
        socket->listener->textReceived("5");
        QCOMPARE(socket->sent, (QList<QByteArray>{"3probe", "4a", "4b", "binary:xyz"}));
        QCOMPARE(f.session->transport(), TransportName::WebSocket);
        f.send("4c");
        QCOMPARE(socket->sent.last(), QByteArray("4c"));
        socket->listener->textReceived("4hello");
        QCOMPARE(f.received, QList<QByteArray>{"hello"});
    }

    void aClientThatAsksForBase64GetsItOnTheWebSocketToo()
    {
        SessionFixture f;
        f.openPolling();
        const auto socket = f.addWebSocket(true);
        socket->listener->textReceived("2probe");
        f.send("4b", {"xyz"});
        socket->listener->textReceived("5");
        f.send("4c", {"123"});
        QCOMPARE(socket->sent, (QList<QByteArray>{"3probe", "4b", "beHl6", "4c", "bMTIz"}));
    }

    void isNotReadOnTheWebSocketWhereItWasNotRead()
    {
        SessionFixture f;
        f.openPolling();
        f.session->setReadPaused(true);
        const auto socket = f.addWebSocket();
        socket->listener->textReceived("5");
        QVERIFY(socket->readPaused);
        f.session->setReadPaused(false);
        QVERIFY(!socket->readPaused);
    }

    void movesGapsToTheWebSocket_data()
    {
        QTest::addColumn<bool>("base64");
        QTest::newRow("binary") << false;
        QTest::newRow("base64") << true;
    }
    void movesGapsToTheWebSocket()
    {
        QFETCH(bool, base64);
        SessionFixture f;
        f.settings.sendQueue = 350;
        f.openPolling();
        const auto socket = f.addWebSocket(base64);
        const auto room = std::make_shared<FakeStream>('a');
        for (quint64 offset = 1; offset <= 9; ++offset)
            QCOMPARE(f.session->send(test::roomFrame(room, offset)), SendResult::Queued);
        socket->listener->textReceived("5");
        QCOMPARE(socket->sent.size(), 4);
        QCOMPARE(socket->sent[0], QByteArray("a!1-6d"));
        QVERIFY(socket->sent[1].startsWith("4-7 "));
        QVERIFY(socket->sent[3].startsWith("4-9 "));
        // There it is not dropped in its turn.
        QVERIFY(!socket->frames[0]->isDroppable());
        QVERIFY(socket->frames[1]->isDroppable());
    }

    void goesOnWaitingForTheReaderOnTheWebSocket()
    {
        SessionFixture f;
        f.openPolling();
        const auto socket = f.addWebSocket();
        f.send("4" + QByteArray(200, 'x'));
        f.session->tellWhenDrained(100);
        f.turnEnd.flushAll();
        socket->queuedBytes = 200;
        socket->listener->textReceived("5");
        QCOMPARE(socket->drainMark, std::optional<qint64>(100));
        f.turnEnd.flushAll();
        QCOMPARE(f.drained, 0);
        socket->listener->drained();
        QCOMPARE(f.drained, 1);
    }

    void worksWithoutAProbe()
    {
        SessionFixture f;
        f.openPolling();
        const auto get = f.get();
        const auto socket = f.addWebSocket();
        socket->listener->textReceived("5");
        QCOMPARE(f.session->transport(), TransportName::WebSocket);
        QCOMPARE(get->body(), QByteArray("1"));
    }

    void takesNoOtherWebSocketFromInsideTheMove()
    {
        SessionFixture f;
        f.openPolling();
        const auto get = f.get();
        SessionFixture::WebSocket second;
        get->whenAnswered = [&] { second = f.addWebSocket(); };
        const auto first = f.addWebSocket();
        first->listener->textReceived("5");
        QCOMPARE(get->body(), QByteArray("1"));
        QCOMPARE(f.session->transport(), TransportName::WebSocket);
        QCOMPARE(second->closeCode, std::optional(1000));
        QVERIFY(!second->listener);
        f.send("4a");
        QCOMPARE(first->sent, QList<QByteArray>{"4a"});
    }

    void leavesTheSessionAloneWhenItFails_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("message") << QByteArray("4hello");
        QTest::newRow("another ping") << QByteArray("2");
        QTest::newRow("close") << QByteArray("1");
        QTest::newRow("garbage") << QByteArray("xyz");
    }
    void leavesTheSessionAloneWhenItFails()
    {
        QFETCH(QByteArray, text);
        SessionFixture f;
        f.openPolling();
        const auto socket = f.addWebSocket();
        socket->listener->textReceived(text);
        QCOMPARE(socket->closeCode, 1000);
        QVERIFY(f.session->isOpen());
        QVERIFY(f.received.isEmpty());
        const auto get = f.get();
        f.send("4a");
        QCOMPARE(get->body(), QByteArray("4a"));
        const auto again = f.addWebSocket();
        again->listener->textReceived("2probe");
        QCOMPARE(again->sent, QList<QByteArray>{"3probe"});
    }

    void closesABinaryProbe()
    {
        SessionFixture f;
        f.openPolling();
        const auto socket = f.addWebSocket();
        socket->listener->binaryReceived("x");
        QCOMPARE(socket->closeCode, 1000);
        QVERIFY(f.session->isOpen());
    }

    void goesOnWhenTheProbeIsLost()
    {
        SessionFixture f;
        f.openPolling();
        const auto socket = f.addWebSocket();
        socket->listener->webSocketClosed(1006);
        QVERIFY(f.session->isOpen());
        QCOMPARE(f.addWebSocket()->closeCode, std::nullopt);
    }

    void timesOut()
    {
        SessionFixture f;
        f.settings.engine.upgradeTimeout = std::chrono::milliseconds(1);
        f.openPolling();
        const auto socket = f.addWebSocket();
        QTRY_COMPARE(socket->closeCode, 1000);
        QVERIFY(f.session->isOpen());
    }

    void closesASecondProbe()
    {
        SessionFixture f;
        f.openPolling();
        const auto first = f.addWebSocket();
        const auto second = f.addWebSocket();
        QCOMPARE(second->closeCode, 1000);
        QCOMPARE(first->closeCode, std::nullopt);
    }

    void closesTheProbeWithTheSession()
    {
        SessionFixture f;
        f.openPolling();
        const auto socket = f.addWebSocket();
        f.post("1");
        QCOMPARE(socket->closeCode, 1000);
        QVERIFY(f.ended);
    }

    void endsWhenMoreWaitsThanTheWebSocketTakes()
    {
        SessionFixture f;
        f.openPolling();
        const auto socket = f.addWebSocket();
        f.send("4a");
        f.send("4b");
        f.send("4c");
        socket->roomFor = 1;
        socket->listener->textReceived("5");
        QCOMPARE(f.closed, CloseReason::SlowReader);
        QCOMPARE(socket->sent, QList<QByteArray>{"4a"});
    }

    void finishesAClosingSession()
    {
        SessionFixture f;
        f.openPolling();
        const auto socket = f.addWebSocket();
        f.send("4last");
        f.session->close(CloseReason::ServerClosed);
        socket->listener->textReceived("5");
        QCOMPARE(socket->sent, QList<QByteArray>{"4last"});
        QCOMPARE(socket->closeCode, 1000);
        QVERIFY(f.ended);
    }
};

DIALOGUE_TEST(TestUpgrade, QCoreApplication)
#include "tst_upgrade.moc"
