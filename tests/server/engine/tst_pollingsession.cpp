#include "sessionfixture.h"
#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::engineio;
using dialogue::engineio::test::SessionFixture;

class TestPollingSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensWithItsNumbers()
    {
        SessionFixture f;
        f.settings.engine.pingInterval = std::chrono::milliseconds(25000);
        f.settings.engine.pingTimeout = std::chrono::milliseconds(20000);
        const auto answer = f.openPolling();
        QCOMPARE(answer->status(), 200);
        QCOMPARE(answer->body(),
                 QByteArray(R"(0{"sid":"0123456789abcdefghij","upgrades":["websocket"],"pingInterval":25000,)"
                            R"("pingTimeout":20000,"maxPayload":1000000})"));
        QCOMPARE(answer->response->headers.value("Content-Type"), QByteArray("text/plain; charset=UTF-8"));
        QCOMPARE(answer->response->headers.value("Cache-Control"), QByteArray("no-store"));
        QCOMPARE(f.session->transport(), TransportName::Polling);
    }

    void answersAWaitingGetWithAllThatCameInTheTurn()
    {
        SessionFixture f;
        f.openPolling();
        const auto answer = f.get();
        QCOMPARE(answer->status(), 0);
        QCOMPARE(f.session->send(Frame::create("4a")), SendResult::Sent);
        QCOMPARE(f.send("451-[\"b\",{\"_placeholder\":true,\"num\":0}]", {QByteArray("\1\2\3\4", 4)}),
                 SendResult::Sent);
        QCOMPARE(answer->body(),
                 QByteArray("4a\x1e"
                            "451-[\"b\",{\"_placeholder\":true,\"num\":0}]\x1e"
                            "bAQIDBA=="));
    }

    void answersAWaitingGetEarlyWhereARequestWaitsBehindIt()
    {
        SessionFixture f;
        f.openPolling();
        const auto answer = f.get();
        f.session->hurryPoll(f.lastExchange);
        QCOMPARE(answer->body(), QByteArray("6"));
        QVERIFY(f.session->isOpen());
        // With what the turn has brought so far, where there is something.
        const auto next = f.get();
        QCOMPARE(f.session->send(Frame::create("4a")), SendResult::Sent);
        f.session->hurryPoll(f.lastExchange);
        QCOMPARE(next->body(), QByteArray("4a"));
        f.turnEnd.flushAll();
    }

    void doesNotHurryAGetForWhatWaitsBehindAPost()
    {
        SessionFixture f;
        f.openPolling();
        const auto waiting = f.get();
        f.session->setReadPaused(true);
        const auto post = f.post("4a");
        f.session->hurryPoll(f.lastExchange);
        QCOMPARE(waiting->status(), 0);
        QCOMPARE(post->status(), 0);
        f.session->setReadPaused(false);
        QCOMPARE(post->body(), QByteArray("ok"));
    }

    void keepsFramesForTheNextGet()
    {
        SessionFixture f;
        f.openPolling();
        QCOMPARE(f.send("4a"), SendResult::Queued);
        QCOMPARE(f.send("4b"), SendResult::Queued);
        QCOMPARE(f.get()->body(),
                 QByteArray("4a\x1e"
                            "4b"));
    }

    void tellsASlowReaderWhatItMissed()
    {
        SessionFixture f;
        SendQueueCounters counted;
        f.settings.sendQueue = 350;
        f.settings.sendQueueCounters = &counted;
        f.openPolling();
        const auto room = std::make_shared<FakeStream>('a');
        for (quint64 offset = 1; offset <= 9; ++offset)
            QCOMPARE(f.session->send(test::roomFrame(room, offset)), SendResult::Queued);
        const QByteArrayList packets = f.get()->body().split('\x1e');
        QCOMPARE(packets.size(), 4);
        QCOMPARE(packets[0], QByteArray("a!1-6d"));
        QVERIFY(packets[1].startsWith("4-7 "));
        QCOMPARE(counted.dropped, quint64(6));
        QCOMPARE(counted.gaps, quint64(1));
        QVERIFY(f.session->isOpen());
    }

    void tellsWhenAGetHasTakenWhatWaited()
    {
        SessionFixture f;
        f.openPolling();
        f.session->tellWhenDrained(100);
        QCOMPARE(f.drained, 0); // Not from inside the call.
        f.turnEnd.flushAll();
        QCOMPARE(f.drained, 1);
        f.send("4" + QByteArray(200, 'x'));
        f.session->tellWhenDrained(100);
        f.turnEnd.flushAll();
        QCOMPARE(f.drained, 1);
        QVERIFY(f.get()->body().startsWith("4xxx"));
        f.turnEnd.flushAll();
        QCOMPARE(f.drained, 2);
        f.send("4a");
        f.get();
        f.turnEnd.flushAll();
        QCOMPARE(f.drained, 2);
    }

    void tellsNothingOnceItIsClosed()
    {
        SessionFixture f;
        f.openPolling();
        f.send("4" + QByteArray(200, 'x'));
        f.session->tellWhenDrained(100);
        f.session->close(CloseReason::ServerClosed);
        f.get();
        f.get();
        f.turnEnd.flushAll();
        QVERIFY(f.ended);
        QCOMPARE(f.drained, 0);
    }

    void closesASlowReader()
    {
        SessionFixture f;
        f.settings.sendQueue = 1000;
        f.openPolling();
        QCOMPARE(f.send("4" + QByteArray(900, 'x')), SendResult::Queued);
        QCOMPARE(f.send("4" + QByteArray(900, 'x')), SendResult::Dropped);
        QCOMPARE(f.closed, CloseReason::SlowReader);
        QVERIFY(f.ended);
    }

    void takesTheMessagesOfAPost()
    {
        SessionFixture f;
        f.openPolling();
        const auto answer = f.post("4one\x1e"
                                   "bAQIDBA==\x1e"
                                   "4two");
        QCOMPARE(f.received, (QList<QByteArray>{"one", QByteArray("binary:\1\2\3\4"), "two"}));
        QCOMPARE(answer->status(), 200);
        QCOMPARE(answer->body(), QByteArray("ok"));
        QCOMPARE(answer->response->headers.value("Content-Type"), QByteArray("text/html"));
    }

    void ignoresStrayPackets_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("open") << QByteArray("0");
        QTest::newRow("pong") << QByteArray("3");
        QTest::newRow("upgrade") << QByteArray("5");
        QTest::newRow("noop") << QByteArray("6");
    }
    void ignoresStrayPackets()
    {
        QFETCH(QByteArray, body);
        SessionFixture f;
        f.openPolling();
        QCOMPARE(f.post(body)->body(), QByteArray("ok"));
        QVERIFY(f.session->isOpen());
        QVERIFY(f.received.isEmpty());
    }

    void closesOnABrokenBody_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<CloseReason>("reason");
        QTest::addColumn<QList<QByteArray>>("before");
        QTest::newRow("unknown type") << QByteArray("abc") << CloseReason::ParseError << QList<QByteArray>{};
        QTest::newRow("empty") << QByteArray("") << CloseReason::ParseError << QList<QByteArray>{};
        QTest::newRow("empty packet at the end")
            << QByteArray("4a\x1e") << CloseReason::ParseError << QList<QByteArray>{"a"};
        QTest::newRow("what came before it counts") << QByteArray("4a\x1ex\x1e"
                                                                  "4b")
                                                    << CloseReason::ParseError << QList<QByteArray>{"a"};
        QTest::newRow("ping") << QByteArray("2") << CloseReason::TransportError << QList<QByteArray>{};
    }
    void closesOnABrokenBody()
    {
        QFETCH(QByteArray, body);
        QFETCH(CloseReason, reason);
        QFETCH(QList<QByteArray>, before);
        SessionFixture f;
        f.openPolling();
        const auto get = f.get();
        QCOMPARE(f.post(body)->body(), QByteArray("ok"));
        QCOMPARE(get->body(), QByteArray("1"));
        QCOMPARE(f.closed, reason);
        QCOMPARE(f.received, before);
        QVERIFY(f.ended);
    }

    void refusesAnOctetStream()
    {
        SessionFixture f;
        f.openPolling();
        QCOMPARE(f.post("4a", "Application/Octet-Stream; x=y")->status(), 400);
        QCOMPARE(f.closed, CloseReason::TransportError);
    }

    void diesOfASecondGet()
    {
        SessionFixture f;
        f.openPolling();
        const auto first = f.get();
        const auto second = f.get();
        QCOMPARE(first->status(), 200);
        QCOMPARE(first->body(), QByteArray("1"));
        QCOMPARE(second->status(), 400);
        QCOMPARE(f.closed, CloseReason::TransportError);
    }

    void diesOfASecondPost()
    {
        SessionFixture f;
        f.openPolling();
        const auto begun = std::make_shared<test::FakeExchange::Answer>();
        f.session->beginPost(std::make_unique<test::FakeExchange>(begun));
        QCOMPARE(f.post("4a")->status(), 400);
        QCOMPARE(f.closed, CloseReason::TransportError);
        QVERIFY(begun->destroyed); // Its connection is reset, as its body is not even there.
        QCOMPARE(begun->status(), 0);
    }

    void completesAPostThatBegan()
    {
        SessionFixture f;
        f.openPolling();
        const auto begun = std::make_shared<test::FakeExchange::Answer>();
        f.session->beginPost(std::make_unique<test::FakeExchange>(begun));
        HttpRequest request;
        request.body = "4a";
        f.session->completePost(request);
        QCOMPARE(begun->body(), QByteArray("ok"));
        QVERIFY(!f.session->hasPost());
    }

    void diesOfAnAbortedGet()
    {
        SessionFixture f;
        f.openPolling();
        const auto get = f.get();
        f.session->aborted(f.lastExchange);
        QVERIFY(get->destroyed);
        QCOMPARE(f.closed, CloseReason::ConnectionLost);
    }

    void endsWithTheClientsClose()
    {
        SessionFixture f;
        f.openPolling();
        const auto get = f.get();
        QCOMPARE(f.post("1")->body(), QByteArray("ok"));
        QCOMPARE(get->body(), QByteArray("6"));
        QCOMPARE(f.closed, CloseReason::ClientClosed);
        QVERIFY(f.ended);
    }

    void closesThroughTheWaitingGet()
    {
        SessionFixture f;
        f.openPolling();
        const auto get = f.get();
        f.session->close(CloseReason::ServerClosed);
        QCOMPARE(get->body(), QByteArray("1"));
        QVERIFY(f.ended);
    }

    void closesThroughTheNextGet()
    {
        SessionFixture f;
        f.openPolling();
        f.session->close(CloseReason::ServerClosed);
        QCOMPARE(f.closed, CloseReason::ServerClosed);
        QVERIFY(!f.ended);
        QCOMPARE(f.send("4late"), SendResult::Dropped);
        QCOMPARE(f.get()->body(),
                 QByteArray("6\x1e"
                            "1"));
        QVERIFY(f.ended);
    }

    void deliversWhatWaitsBeforeTheClose()
    {
        SessionFixture f;
        f.openPolling();
        f.send("4a");
        f.session->close(CloseReason::ServerClosed);
        QCOMPARE(f.get()->body(), QByteArray("4a"));
        QVERIFY(!f.ended);
        QCOMPARE(f.get()->body(),
                 QByteArray("6\x1e"
                            "1"));
        QVERIFY(f.ended);
    }

    void doesNotWaitForeverForTheNextGet()
    {
        SessionFixture f;
        f.settings.closeTimeout = std::chrono::milliseconds(1);
        f.openPolling();
        f.session->close(CloseReason::ServerClosed);
        QTRY_VERIFY(f.ended);
    }

    void answersThePostOnlyWhenItIsReadOn()
    {
        SessionFixture f;
        f.openPolling();
        f.whenReceived = [&f] { f.session->setReadPaused(true); };
        const auto answer = f.post("4a\x1e"
                                   "4b");
        QCOMPARE(f.received, QList<QByteArray>{"a"});
        QCOMPARE(answer->status(), 0);
        f.whenReceived = nullptr;
        f.session->setReadPaused(false);
        QCOMPARE(f.received, (QList<QByteArray>{"a", "b"}));
        QCOMPARE(answer->body(), QByteArray("ok"));
    }

    void takesABodyOfManyPacketsInManyTurns()
    {
        SessionFixture f;
        f.openPolling();
        constexpr int packets = 100'000;
        QByteArray body = "4a";
        body += QByteArray("\x1e"
                           "4a")
                    .repeated(packets - 1);
        const auto answer = f.post(body);
        QCOMPARE(f.received.size(), 256);
        int turns = 0; // Of somebody else's
        QTimer other;
        connect(&other, &QTimer::timeout, &other, [&turns] { ++turns; });
        other.start(0);
        QTRY_COMPARE_WITH_TIMEOUT(answer->body(), QByteArray("ok"), 30000);
        QCOMPARE(f.received.size(), packets);
        QVERIFY2(turns >= packets / 256 / 2, qPrintable(QString::number(turns)));
    }

    void countsPacketsThatNobodyHearsOfToo()
    {
        SessionFixture f;
        f.openPolling();
        const auto answer = f.post(QByteArray("3\x1e").repeated(300) + "4a");
        QVERIFY(f.received.isEmpty());
        QCOMPARE(answer->status(), 0);
        f.session->setReadPaused(true);
        f.session->setReadPaused(false); // Its turn has not come by that.
        QVERIFY(f.received.isEmpty());
        QTRY_COMPARE(f.received, QList<QByteArray>{"a"});
        QCOMPARE(answer->body(), QByteArray("ok"));
    }

    void answersAGetWithAPieceOfMuch()
    {
        SessionFixture f;
        f.openPolling();
        const QByteArray packet = "4" + QByteArray(99'999, 'x');
        for (int i = 0; i < 5; ++i)
            QCOMPARE(f.send(packet), SendResult::Queued);
        QCOMPARE(f.get()->body().size(), 2 * packet.size() + 1);
        f.session->close(CloseReason::ServerClosed);
        QCOMPARE(f.get()->body().size(), 2 * packet.size() + 1);
        QCOMPARE(f.get()->body(), packet);
        QCOMPARE(f.get()->body(),
                 QByteArray("6\x1e"
                            "1"));
        QVERIFY(f.ended);
    }

    void answersAGetWithOnePacketWhateverItsSize()
    {
        SessionFixture f;
        f.openPolling();
        const QByteArray packet = "4" + QByteArray(500'000, 'x');
        QCOMPARE(f.send(packet), SendResult::Queued);
        QCOMPARE(f.send("4a"), SendResult::Queued);
        QCOMPARE(f.get()->body(), packet);
        QCOMPARE(f.get()->body(), QByteArray("4a"));
    }

    void survivesBeingClosedFromAbove()
    {
        SessionFixture f;
        f.openPolling();
        f.whenReceived = [&f] { f.session->close(CloseReason::ServerClosed); };
        const auto get = f.get();
        QCOMPARE(f.post("4a\x1e"
                        "4b")
                     ->body(),
                 QByteArray("ok"));
        QCOMPARE(f.received, QList<QByteArray>{"a"});
        QCOMPARE(get->body(), QByteArray("1"));
    }
};

DIALOGUE_TEST(TestPollingSession, QCoreApplication)
#include "tst_pollingsession.moc"
