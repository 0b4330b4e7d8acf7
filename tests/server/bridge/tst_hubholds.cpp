#include "hubturnsfixture.h"
#include "testclasses.h"

#include <vector>

using namespace dialogue;
using namespace dialogue::bridge;
using namespace dialogue::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Session = HubTurnsFixture::Session;

/** Sessions that are not served for a while. */
class TestHubHolds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoIsHeldWaitsAndTheOthersDoNot()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        Session b(hub, u"b"_s, 2);
        hub.post(a, 3);
        hub.post(b, 3);
        hub.whenHandled = [&](const QString &what) {
            if (what == u"a1")
                hub.turns.hold(50ms);
        };
        QTRY_COMPARE(hub.handled.size(), 6);
        QCOMPARE(hub.take(), u"a1 b1 b2 b3 a2 a3"_s);
        QCOMPARE(hub.turns.counters().held, 1);
    }

    void whileHeldItWaitsForNobody()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        Session b(hub, u"b"_s, 2);
        hub.post(a, 2);
        hub.post(b, 20);
        hub.whenHandled = [&](const QString &what) {
            if (what == u"a1")
                hub.turns.hold(20ms);
        };
        QTRY_COMPARE(hub.handled.size(), 22);
        QCOMPARE(hub.handled.constLast(), u"a2"_s);
        QCOMPARE(hub.turns.counters().mostWaited, 1);
    }

    void whoIsReleasedIsServedAgain()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        hub.post(a, 3);
        hub.whenHandled = [&](const QString &what) {
            if (what == u"a1")
                hub.turns.hold(1h);
        };
        hub.run();
        QCOMPARE(hub.take(), u"a1"_s);
        hub.turns.release(SocketId(2)); // Another's.
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QVERIFY(hub.handled.isEmpty());
        hub.turns.release(SocketId(1));
        QTRY_COMPARE(hub.handled.size(), 2);
        QCOMPARE(hub.take(), u"a2 a3"_s);
        hub.turns.release(SocketId(1)); // It is not held any more.
    }

    void whatIsKeptCountsAsWaiting()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1, 4);
        Session b(hub, u"b"_s, 2, 4);
        std::vector<KeptMessage> kept;
        hub.whenHandled = [&](const QString &what) {
            if (what.startsWith(u'a'))
                kept.push_back(hub.turns.keep());
            QVERIFY(!what.startsWith(u'a') || !hub.turns.keep()); // Once.
        };
        hub.post(a, 4, 10);
        hub.post(b, 4, 10);
        hub.run();
        QCOMPARE(hub.handled.size(), 8); // It holds up nobody, itself neither.
        QCOMPARE(a.waiting(), 4);
        QCOMPARE(b.waiting(), 0);
        QCOMPARE(a.gauge()->bytes(), 40);
        QCOMPARE(hub.total.bytes(), 40);
        QCOMPARE(hub.readOn, QList<SocketId>{2}); // The other is read no further
        kept.pop_back();
        QCOMPARE(hub.readOn.size(), 1);
        kept.pop_back(); // until half of it is done.
        QCOMPARE(hub.readOn, (QList<SocketId>{2, 1}));
        const KeptMessage copy = kept.back();
        kept.clear();
        QCOMPARE(a.waiting(), 1);
        QVERIFY(!hub.turns.keep()); // Nothing is being handled.
    }

    void aHeldSessionIsReadNoFurther()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1, 10);
        hub.post(a, 1);
        hub.whenHandled = [&](const QString &) { hub.turns.hold(1h); };
        hub.run();
        hub.post(a, 10);
        hub.post(a, 1);
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(hub.take(), u"a1"_s);
        QCOMPARE(a.waiting(), 11); // Of which the tenth said that it is to be read no further.
        QCOMPARE(hub.readOn.size(), 0);
        QCOMPARE(hub.turns.counters().waiting, 11);
    }

    void itsEndIsNotHeld_data()
    {
        QTest::addColumn<int>("reason");
        QTest::addColumn<QString>("handled");
        QTest::newRow("orderly") << int(DisconnectReason::ClientDisconnect) << u"a2 a3 a-left"_s;
        QTest::newRow("broken") << int(DisconnectReason::PingTimeout) << u"a-left"_s;
    }
    void itsEndIsNotHeld()
    {
        QFETCH(int, reason);
        QFETCH(QString, handled);
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        hub.whenHandled = [&](const QString &what) {
            if (what != u"a-left")
                hub.turns.hold(1h); // Which is too late for those that come before the end.
        };
        hub.post(a, 3);
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(hub.take(), u"a1"_s);
        hub.post({a.left(DisconnectReason(reason))});
        hub.run();
        QCOMPARE(hub.take(), handled);
    }

    void theEndOfAnotherSocketOfItsSessionEndsNoHold()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        Session other(a, u"o"_s, 2);
        hub.whenHandled = [&](const QString &what) {
            if (what == u"a1")
                hub.turns.hold(1h);
        };
        hub.post(a, 2);
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(hub.take(), u"a1"_s);
        hub.post({other.left(DisconnectReason::ClientDisconnect)});
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(hub.take(), QString());
        hub.post({a.left(DisconnectReason::ClientDisconnect)});
        hub.run();
        QCOMPARE(hub.take(), u"a2 o-left a-left"_s);
    }

    void aHoldMayOutliveItsSession()
    {
        HubTurnsFixture hub;
        {
            Session a(hub, u"a"_s, 1);
            hub.post(a, 1);
            hub.whenHandled = [&](const QString &) { hub.turns.hold(20ms); };
            hub.run();
        }
        hub.whenHandled = {};
        Session b(hub, u"b"_s, 2);
        QTest::qWait(40); // The hold ends.
        hub.post(b, 1);
        hub.run();
        QCOMPARE(hub.take(), u"a1 b1"_s);
    }

    void nobodyIsHeldWhileNoneIsServed()
    {
        HubTurnsFixture hub;
        hub.turns.hold(1h);
        QCOMPARE(hub.turns.counters().held, 0);
    }

    void whoIsHeldWaitsWhereMessagesAreCalls()
    {
        HubTurnsFixture hub;
        Session a(hub, u"a"_s, 1);
        hub.whenHandled = [&](const QString &what) {
            if (what == u"a1")
                hub.turns.hold(50ms);
        };
        hub.call(a.event());
        hub.call(a.event());
        for (int i = 0; i < 3; ++i)
            QCoreApplication::processEvents();
        hub.call(a.event()); // In another turn.
        QCOMPARE(hub.handled, QStringList{u"a1"_s});
        QTRY_COMPARE(hub.handled.size(), 3);
        QCOMPARE(hub.take(), u"a1 a2 a3"_s);
    }
};

DIALOGUE_TEST(TestHubHolds, QCoreApplication)
#include "tst_hubholds.moc"
