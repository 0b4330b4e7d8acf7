#include "hubturnsfixture.h"
#include "testclasses.h"

#include <QEventLoop>
#include <QTimer>

using namespace dialogue;
using namespace dialogue::bridge;
using namespace dialogue::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Session = HubTurnsFixture::Session;

/** As long as one message may take before the hub sees to other things. */
void beExpensive() { HubTurnsFixture::clock += Slice::Expensive; }

} // namespace

/** Whose message the hub handles next, where workers post to its mailbox. */
class TestHubTurns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFloodDelaysTheOthersByOneMessage()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        Session b(hub, u"b"_s, 2);
        hub.post(a, 256);
        hub.post(b, 2);
        hub.run();
        QCOMPARE(hub.handled.size(), 258);
        QCOMPARE(hub.handled.mid(0, 5).join(u' '), u"b1 a1 b2 a2 a3"_s);
        QCOMPARE(hub.turns.counters().longestLane, 256);
        QCOMPARE(hub.turns.counters().messages, 258);
        QCOMPARE(a.waiting(), 0);
    }

    void whatHasWaitedIsGivenBack_data()
    {
        QTest::addColumn<bool>("isDropped");
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<bool>("isGivenBack");
        QTest::newRow("handled") << false << qint64(50'000) << true;
        QTest::newRow("dropped") << true << qint64(50'000) << true;
        QTest::newRow("not worth it") << false << qint64(500) << false;
    }
    void whatHasWaitedIsGivenBack()
    {
        QFETCH(bool, isDropped);
        QFETCH(qint64, bytes);
        QFETCH(bool, isGivenBack);
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        for (int times = 1; times <= 2; ++times) {
            hub.post(a, 100, bytes);
            if (isDropped)
                hub.post({a.left(DisconnectReason::ConnectionLost)});
            hub.run();
            QCOMPARE(hub.turns.counters().waiting, 0);
            QCOMPARE(hub.turns.memoryReturn().owed(), isGivenBack ? times * 100 * bytes : 0);
        }
        QCOMPARE(hub.turns.counters().dropped, isDropped ? 200 : 0);
    }

    void whatComesMeanwhileWaitsForOneMessage()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        Session b(hub, u"b"_s, 2);
        Session late(hub, u"late"_s, 3);
        hub.post(a, 100);
        hub.post(b, 100);
        hub.whenHandled = [&](const QString &what) {
            if (what == u"a5")
                hub.post({late.event()});
        };
        hub.run();
        QCOMPARE(hub.handled.size(), 201);
        QCOMPARE(hub.handled.mid(hub.handled.indexOf(u"a5"_s), 4).join(u' '), u"a5 late1 a6 a7"_s);
    }

    void tellsForHowManyOthersAMessageWaited()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        Session b(hub, u"b"_s, 2);
        Session late(hub, u"late"_s, 3);
        hub.post(a, 100);
        hub.post(b, 100);
        QStringList waited;
        hub.whenHandled = [&](const QString &what) {
            if (what == u"a5")
                hub.post({late.event()});
            if (what == u"a1" || what == u"b1" || what == u"a6" || what == u"late1" || what == u"b100")
                waited.append(what + u':' + QString::number(hub.turns.counters().waited));
        };
        hub.run();
        QCOMPARE(waited.join(u' '), u"a1:0 b1:4 late1:0 a6:1 b100:0"_s);
        QCOMPARE(hub.turns.counters().mostWaited, 5);
        hub.post(a, 1);
        hub.run();
        QCOMPARE(hub.turns.counters().waited, 0);
        QCOMPARE(hub.turns.counters().mostWaited, 5);
    }

    void goesBackToTheLoopAfterAnExpensiveMessage()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        hub.post(a, 5);
        int betweenTwo = 0;
        hub.whenHandled = [&](const QString &what) {
            beExpensive();
            if (what != u"a5")
                QTimer::singleShot(0, [&, handled = hub.handled.size()] {
                    betweenTwo += hub.handled.size() == handled ? 1 : 0;
                });
        };
        hub.run();
        QCOMPARE(hub.take(), u"a1 a2 a3 a4 a5"_s);
        QCOMPARE(betweenTwo, 4);
        QCOMPARE(hub.turns.counters().turns, 5);
    }

    void goesBackToTheLoopWhenTheSliceIsOver()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1, 100'000);
        hub.post(a, 4 * HubTurns::QueuedSlice.few);
        hub.whenHandled = [](const QString &) {
            // So many of these are more than a slice, and none is expensive.
            HubTurnsFixture::clock += HubTurns::QueuedSlice.time / HubTurns::QueuedSlice.few + 1us;
        };
        hub.run();
        QCOMPARE(hub.handled.size(), 4 * HubTurns::QueuedSlice.few);
        QCOMPARE(hub.turns.counters().turns, 4);
    }

    void aNestedLoopHandlesNothing()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        Session b(hub, u"b"_s, 2);
        hub.post(a, 3);
        hub.post(b, 1);
        int nested = 0;
        hub.whenHandled = [&](const QString &what) {
            if (what == u"a2") {
                hub.post(b, 1);
                hub.post(a, 1);
                const qsizetype before = hub.handled.size();
                for (int i = 0; i < 5; ++i)
                    QCoreApplication::processEvents();
                nested += static_cast<int>(hub.handled.size() - before);
            }
        };
        hub.run();
        QCOMPARE(nested, 0);
        QCOMPARE(hub.take(), u"a1 b1 a2 a3 b2 a4"_s);
    }

    void whatComesInANestedLoopIsHandledAfterIt()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        hub.post(a, 1); // Alone in its batch.
        hub.whenHandled = [&](const QString &what) {
            if (what != u"a1")
                return;
            hub.post(a, 1);
            for (int i = 0; i < 5; ++i)
                QCoreApplication::processEvents(); // The mailbox's event comes here, and is of no use.
        };
        QTRY_COMPARE(hub.handled.size(), 2);
    }

    void whatABrokenConnectionLeftIsDropped_data()
    {
        QTest::addColumn<int>("reason");
        QTest::addColumn<bool>("broken");
        const auto row = [](const char *name, DisconnectReason reason, bool broken) {
            QTest::newRow(name) << int(reason) << broken;
        };
        row("DISCONNECT", DisconnectReason::ClientDisconnect, false);
        row("a close", DisconnectReason::TransportClosed, false);
        row("a connection that is lost", DisconnectReason::ConnectionLost, true);
        row("the server stops", DisconnectReason::ServerShutdown, false);
        row("ping time-out", DisconnectReason::PingTimeout, true);
        row("protocol error", DisconnectReason::ProtocolError, true);
        row("too large", DisconnectReason::PayloadTooLarge, true);
        row("slow reader", DisconnectReason::SlowReader, true);
        row("thrown out", DisconnectReason::ServerDisconnect, true);
    }
    void whatABrokenConnectionLeftIsDropped()
    {
        QFETCH(int, reason);
        QFETCH(bool, broken);
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        Session b(hub, u"b"_s, 2);
        hub.post(a, 20);
        hub.post({b.event(), b.event(), a.left(DisconnectReason(reason))});
        hub.run();
        if (broken)
            QCOMPARE(hub.take(), u"b1 a-left b2"_s);
        else
            QCOMPARE(
                hub.take(),
                u"b1 a1 b2 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20 a-left"_s);
        QCOMPARE(hub.turns.counters().dropped, broken ? 20 : 0);
        QCOMPARE(a.waiting(), 0);
        QCOMPARE(hub.turns.counters().waiting, 0);
    }

    void whoWasNeverSeenDoesNotLeave()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        hub.post({a.connecting(), a.event(), a.left(DisconnectReason::PingTimeout)});
        hub.run();
        QCOMPARE(hub.take(), QString());
        QCOMPARE(hub.turns.counters().dropped, 2);
        QCOMPARE(a.waiting(), 0);
        hub.post({a.connecting()});
        hub.run();
        hub.post({a.left(DisconnectReason::PingTimeout)});
        hub.run();
        QCOMPARE(hub.take(), u"a-connecting a-left"_s);
    }

    void anotherSocketOfTheSessionKeepsWhatItSent()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        Session admin(a, u"admin"_s, 2);
        hub.post(
            {a.event(), admin.event(), a.event(), admin.event(), a.left(DisconnectReason::ServerDisconnect)});
        hub.run();
        QCOMPARE(hub.take(), u"admin1 admin2 a-left"_s);
        QCOMPARE(hub.turns.counters().dropped, 2);
    }

    void aSessionIsReadOnOnceHalfIsDone()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 7, 10);
        hub.post(a, 10);
        hub.whenHandled = [&](const QString &what) {
            if (what == u"a6")
                QCOMPARE(hub.readOn.size(), 1); // After the fifth.
        };
        hub.run();
        QCOMPARE(hub.readOn, QList<SocketId>{7});
    }

    void aSessionWhoseSocketLeftIsReadOn()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 7, 10);
        hub.post(a, 10);
        hub.post({a.left(DisconnectReason::ServerDisconnect)}); // Of the namespace alone.
        hub.run();
        QCOMPARE(hub.take(), u"a-left"_s);
        QCOMPARE(hub.readOn, QList<SocketId>{7});
    }

    void aLaneGoesWithItsSession()
    {
        HubTurnsFixture hub;
        std::weak_ptr<socketio::InboundGauge> watched;
        {
            Session a(hub, u"a"_s, 1);
            watched = a.gauge();
            hub.post(a, 3);
            hub.post({a.left(DisconnectReason::ClientDisconnect)});
        }
        QVERIFY(!watched.expired());
        hub.run();
        QCOMPARE(hub.take(), u"a1 a2 a3 a-left"_s);
        QVERIFY(watched.expired());
    }

    void whatTheWorkerItselfSaysDoesNotWait()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        hub.post(a, 2);
        hub.post({TopicIdle{0, 1, 1}, Stopped{0}});
        hub.run();
        QCOMPARE(hub.take(), u"idle a1 a2 stopped"_s);
    }

    void takesNothingWhileAWorkerIsCongested()
    {
        HubTurnsFixture hub;
        bool congested = false;
        hub.turns.setCongestion([&congested] { return congested; });
        Session a(hub, u"a"_s, 1);
        hub.post(a, 4);
        hub.whenHandled = [&](const QString &what) { congested = congested || what == u"a2"; };
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(hub.take(), u"a1 a2"_s);
        hub.post({a.event()}); // Alone in its batch.
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(hub.take(), QString());
        hub.whenHandled = {};
        congested = false;
        hub.turns.resume();
        hub.run();
        QCOMPARE(hub.take(), u"a3 a4 a5"_s);
    }
};

DIALOGUE_TEST(TestHubTurns, QCoreApplication)
#include "tst_hubturns.moc"
