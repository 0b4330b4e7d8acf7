#include "moment.h"
#include "sessionfixture.h"
#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::engineio;
using dialogue::engineio::test::SessionFixture;

class TestWebSocketSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensWithoutUpgrades()
    {
        SessionFixture f;
        const auto socket = f.openWebSocket();
        QCOMPARE(socket->sent.size(), 1);
        QVERIFY(socket->sent.first().startsWith(R"(0{"sid":"0123456789abcdefghij","upgrades":[],)"));
        QCOMPARE(f.session->transport(), TransportName::WebSocket);
    }

    void carriesTextAndBinaryBothWays()
    {
        SessionFixture f;
        const auto socket = f.openWebSocket();
        socket->sent.clear();
        socket->listener->textReceived("4hello");
        socket->listener->binaryReceived("\x09");
        QCOMPARE(f.received, (QList<QByteArray>{"hello", "binary:\x09"}));
        f.send("4a", {"xyz"});
        QCOMPARE(socket->sent, (QList<QByteArray>{"4a", "binary:xyz"}));
    }

    void sendsBinaryAsTextToThoseWhoAsk()
    {
        SessionFixture f;
        const auto socket = f.openWebSocket(true);
        socket->sent.clear();
        f.send("4a", {QByteArray("\1\2\3\4", 4)});
        QCOMPARE(socket->sent, (QList<QByteArray>{"4a", "bAQIDBA=="}));
    }

    void isBehindWhileItsSocketTakesNoMore()
    {
        SessionFixture f;
        const auto socket = f.openWebSocket();
        QVERIFY(!f.session->isBehind());
        socket->isStuck = true;
        QVERIFY(f.session->isBehind());
    }

    void closes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<CloseReason>("reason");
        QTest::newRow("unknown type") << QByteArray("abc") << CloseReason::ParseError;
        QTest::newRow("empty") << QByteArray() << CloseReason::ParseError;
        QTest::newRow("ping") << QByteArray("2") << CloseReason::TransportError;
        QTest::newRow("close") << QByteArray("1") << CloseReason::ClientClosed;
    }
    void closes()
    {
        QFETCH(QByteArray, text);
        QFETCH(CloseReason, reason);
        SessionFixture f;
        const auto socket = f.openWebSocket();
        socket->listener->textReceived(text);
        QCOMPARE(socket->closeCode, 1000);
        QCOMPARE(f.closed, reason);
        QVERIFY(f.ended);
    }

    void endsWithItsWebSocket_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<CloseReason>("reason");
        QTest::newRow("lost") << 1006 << CloseReason::ConnectionLost;
        QTest::newRow("left") << 1001 << CloseReason::TransportClosed;
        QTest::newRow("too large") << 1009 << CloseReason::PayloadTooLarge;
    }
    void endsWithItsWebSocket()
    {
        QFETCH(int, code);
        QFETCH(CloseReason, reason);
        SessionFixture f;
        const auto socket = f.openWebSocket();
        socket->listener->webSocketClosed(code);
        QCOMPARE(f.closed, reason);
        QVERIFY(f.ended);
    }

    void closesASlowReader()
    {
        SessionFixture f;
        const auto socket = f.openWebSocket();
        socket->listener->sendQueueOverflowed();
        QCOMPARE(f.closed, CloseReason::SlowReader);
    }

    void holdsBackWhatWasReadBeforeThePause()
    {
        SessionFixture f;
        const auto socket = f.openWebSocket();
        f.session->setReadPaused(true);
        QVERIFY(socket->readPaused);
        socket->listener->textReceived("4a");
        socket->listener->textReceived("4b");
        QVERIFY(f.received.isEmpty());
        f.session->setReadPaused(false);
        QVERIFY(!socket->readPaused);
        QCOMPARE(f.received, (QList<QByteArray>{"a", "b"}));
    }

    void refusesASecondWebSocket()
    {
        SessionFixture f;
        const auto socket = f.openWebSocket();
        const auto second = f.addWebSocket();
        QCOMPARE(second->closeCode, 1000);
        QVERIFY(!socket->closeCode);
        QVERIFY(f.session->isOpen());
    }

    void pingsAndGivesUp()
    {
        SessionFixture f;
        f.settings.engine.pingInterval = std::chrono::milliseconds(5);
        f.settings.engine.pingTimeout = std::chrono::milliseconds(100);
        const auto socket = f.openWebSocket();
        socket->sent.clear();
        QTRY_COMPARE(socket->sent, QList<QByteArray>{"2"});
        socket->listener->textReceived("3");
        QTRY_COMPARE(socket->sent, (QList<QByteArray>{"2", "2"}));
        QTRY_VERIFY(f.closed);
        QCOMPARE(f.closed, CloseReason::PingTimeout);
        QCOMPARE(socket->sent.size(), 2);
    }

    void waitsOnceMoreForAClientThatTalks()
    {
        SessionFixture silent;
        SessionFixture talking;
        talking.settings.deadlines = &silent.deadlines;
        for (SessionFixture *const f : {&silent, &talking}) {
            f->settings.engine.pingInterval = std::chrono::milliseconds(1);
            f->settings.engine.pingTimeout = std::chrono::milliseconds(100);
        }
        const auto talker = talking.openWebSocket();
        silent.openWebSocket();
        std::optional<bool> talkerWasThere;
        silent.whenClosed = [&] { talkerWasThere = !talking.closed; };
        const test::Moment whileBothAreWaitedFor(&silent.deadlines, std::chrono::milliseconds(50),
                                                 [&] { talker->listener->textReceived("4a"); });
        QTRY_COMPARE(silent.closed, CloseReason::PingTimeout);
        QCOMPARE(talkerWasThere, std::optional(true));
        QTRY_COMPARE(talking.closed, CloseReason::PingTimeout);
    }

    void sendsBinaryAsTextWithThePacketItBelongsTo()
    {
        SessionFixture f;
        const auto socket = f.openWebSocket(true);
        const auto frame = Frame::create("452-[]", {"abc", "def"});
        frame->policy = SlowReaderPolicy::DropOldest;
        frame->stream = std::make_shared<FakeStream>('a');
        frame->offset = 7;
        QCOMPARE(f.session->send(frame), SendResult::Sent);
        QCOMPARE(socket->sent.last(3), (QList<QByteArray>{"452-[]", "bYWJj", "bZGVm"}));
        // All of it is dropped, or nothing, and the reader is told, as one that takes binary.
        QCOMPARE(socket->frames.last()->messages().size(), 3U);
        QVERIFY(socket->frames.last()->isDroppable());
        QCOMPARE(socket->frames.last()->stream, frame->stream);
        QCOMPARE(socket->frames.last()->offset, quint64(7));
    }

    void tellsWhenItsWebSocketIsDrained()
    {
        SessionFixture f;
        const auto socket = f.openWebSocket();
        f.session->tellWhenDrained(1000);
        QCOMPARE(socket->drainMark, std::optional<qint64>(1000));
        QCOMPARE(f.drained, 0);
        socket->listener->drained();
        QCOMPARE(f.drained, 1);
    }

    void doesNotCountAPauseAsSilence()
    {
        SessionFixture f;
        f.settings.engine.pingInterval = std::chrono::milliseconds(1);
        f.settings.engine.pingTimeout = std::chrono::milliseconds(1);
        const auto socket = f.openWebSocket();
        f.session->setReadPaused(true);
        QTRY_VERIFY(socket->sent.contains("2"));
        for (int i = 0; i < 10; ++i) { // It outlives ten that are read from, one after the other.
            SessionFixture other;
            other.settings.engine = f.settings.engine;
            other.settings.deadlines = &f.deadlines;
            other.openWebSocket();
            QTRY_COMPARE(other.closed, CloseReason::PingTimeout);
        }
        QVERIFY(!f.closed);
        f.session->setReadPaused(false);
        QTRY_COMPARE(f.closed, CloseReason::PingTimeout);
    }
};

DIALOGUE_TEST(TestWebSocketSession, QCoreApplication)
#include "tst_websocketsession.moc"
