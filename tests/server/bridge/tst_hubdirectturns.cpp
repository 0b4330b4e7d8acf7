#include "hubturnsfixture.h"
#include "testclasses.h"

using namespace dialogue;
using namespace dialogue::bridge;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

using Session = HubTurnsFixture::Session;

/** Whose message the hub handles next where it reads the sockets itself, with workers: 0. */
class TestHubDirectTurns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstFewOfATurnAreHandledAtOnce()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        Session b(hub, u"b"_s, 2);
        for (int turn = 0; turn < 3; ++turn) {
            hub.call(a.event());
            hub.call(b.event());
            QCOMPARE(hub.handled.size(), 2 * (turn + 1));
            QCoreApplication::processEvents();
        }
        QCOMPARE(hub.take(), u"a1 b1 a2 b2 a3 b3"_s);
        QCOMPARE(hub.turns.counters().longestLane, 0);
    }

    void whatElseThereIsWaitsForTheOthers()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        Session b(hub, u"b"_s, 2);
        Session c(hub, u"c"_s, 3);
        for (int i = 0; i < 256; ++i)
            hub.call(a.event());
        for (int i = 0; i < 6; ++i)
            hub.call(b.event());
        hub.call(c.event());
        QCOMPARE(hub.take(), u"a1 a2 a3 a4 b1 b2 b3 b4 c1"_s);
        hub.run();
        QCOMPARE(hub.handled.mid(0, 4).join(u' '), u"b5 a5 b6 a6"_s);
        QCOMPARE(hub.handled.size(), 254);
        QCOMPARE(a.waiting(), 0);
    }

    void whatIsExpensiveIsHandledOneAtATime()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        Session b(hub, u"b"_s, 2);
        hub.whenHandled = [](const QString &what) {
            if (what.startsWith(u'a'))
                HubTurnsFixture::clock += HubTurns::MostOfARun;
        };
        for (int i = 0; i < 6; ++i)
            hub.call(a.event());
        for (int i = 0; i < 9; ++i)
            hub.call(b.event());
        QCOMPARE(hub.take(), u"a1 b1 b2 b3 b4"_s);
        hub.run();
        QCOMPARE(hub.take(), u"a2 b5 b6 b7 b8 a3 b9 a4 a5 a6"_s);
    }

    void whoHasSomeWaitingIsNotPassed()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        for (int i = 0; i < 5; ++i)
            hub.call(a.event());
        hub.whenHandled = [&](const QString &what) {
            if (what == u"a5")
                hub.call(a.event()); // As it is read on, from within.
        };
        hub.run();
        hub.whenHandled = {};
        hub.call(a.event());
        QCOMPARE(hub.take(), u"a1 a2 a3 a4 a5 a6 a7"_s);
    }

    void oneOfEachIsHandledHoweverLongItTakes()
    {
        HubTurnsFixture hub;
        std::vector<std::unique_ptr<Session>> sessions;
        for (int i = 0; i < 5; ++i) {
            sessions.push_back(
                std::make_unique<Session>(hub, QChar(static_cast<char16_t>(u'a' + i)), SocketId(i + 1)));
            for (int event = 0; event < 6; ++event)
                hub.call(sessions.back()->event());
        }
        hub.take();
        hub.whenHandled = [](const QString &) { HubTurnsFixture::clock += Slice::Expensive; };
        const qint64 before = hub.turns.counters().turns;
        hub.run();
        QCOMPARE(hub.take(), u"a5 b5 c5 d5 e5 a6 b6 c6 d6 e6"_s);
        QCOMPARE(hub.turns.counters().turns - before, 2);
    }

    void aNestedLoopHandlesNothing()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        Session b(hub, u"b"_s, 2);
        hub.whenHandled = [&](const QString &what) {
            if (what != u"a1")
                return;
            hub.call(b.event()); // Its socket is read in the nested loop.
            hub.call(a.event());
            for (int i = 0; i < 5; ++i)
                QCoreApplication::processEvents();
            QCOMPARE(hub.handled.size(), 1);
        };
        hub.call(a.event());
        QCOMPARE(hub.take(), u"a1"_s);
        hub.run();
        QCOMPARE(hub.take(), u"b1 a2"_s);
    }

    void requestsTakeTurnsByAddress()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 100);
        for (ExchangeId i = 1; i <= 3; ++i)
            hub.call(hub.request(i, u"192.0.2.1"_s));
        hub.call(hub.request(4, u"192.0.2.2"_s));
        hub.call(hub.request(5, u"2001:db8::1"_s));
        hub.call(hub.request(6, u"2001:db8::2"_s)); // Of the same network.
        hub.call(a.event());
        hub.call(a.event());
        hub.run();
        QCOMPARE(hub.take(), u"a1 a2 http1 http4 http5 http2 http6 http3"_s);
    }

    void requestsNobodyWaitsForAreDropped()
    {
        HubTurnsFixture hub;
        for (ExchangeId i = 1; i <= 3; ++i)
            hub.post({hub.request(i, u"192.0.2.1"_s)});
        hub.post({hub.request(4, u"192.0.2.2"_s), HttpAborted{2}, HttpAborted{4}, HttpAborted{77}});
        QVERIFY(hub.total.bytes() > 0);
        hub.run();
        QCOMPARE(hub.take(), u"http1 http3"_s);
        QCOMPARE(hub.turns.counters().dropped, 2);
        QCOMPARE(hub.total.bytes(), 0);
        hub.post({HttpAborted{1}}); // Too late.
        hub.run();
        hub.post({hub.request(5, u"192.0.2.2"_s)});
        hub.run();
        QCOMPARE(hub.take(), u"http5"_s);
    }

    void aRequestMayBeAbortedWhileItIsHandled()
    {
        HubTurnsFixture hub;
        hub.whenHandled = [&](const QString &what) {
            if (what == u"http1")
                hub.post({HttpAborted{1}, HttpAborted{2}});
        };
        hub.post(
            {hub.request(1, u"192.0.2.1"_s), hub.request(2, u"192.0.2.1"_s), hub.request(3, u"192.0.2.1"_s)});
        hub.run();
        QCOMPARE(hub.take(), u"http1 http3"_s);
    }
};

DIALOGUE_TEST(TestHubDirectTurns, QCoreApplication)
#include "tst_hubdirectturns.moc"
