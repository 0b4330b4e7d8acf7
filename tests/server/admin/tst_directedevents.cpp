#include "server/timeline/directedevents.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;

/** Events that were not for all. */
class TestDirectedEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhomAnEventWasFor()
    {
        DirectedEvents events(100'000);
        events.add(3, {.spared = {7, 9}});
        events.add(5, {.only = std::vector<SocketId>{8}});
        events.add(6, {.isVolatile = true}); // For all who keep up.
        events.add(9, {.spared = {8}, .only = std::vector<SocketId>{7, 8}});
        QCOMPARE(events.wasFor(3, 7), false);
        QCOMPARE(events.wasFor(3, 8), true);
        QCOMPARE(events.wasFor(4, 7), true);
        QCOMPARE(events.wasFor(5, 7), false);
        QCOMPARE(events.wasFor(5, 8), true);
        QCOMPARE(events.wasFor(6, 7), true);
        QCOMPARE(events.wasFor(9, 8), false);
        QCOMPARE(events.wasFor(9, 7), true);
    }

    void saysThatItDoesNotKnowWhatItHasForgotten()
    {
        DirectedEvents events(4096);
        for (quint64 seq = 10; seq <= 1000; seq += 10)
            events.add(seq, {.spared = {7}});
        QVERIFY(events.bytes() <= 4096);
        QVERIFY(!events.wasFor(10, 7));
        QVERIFY(!events.wasFor(11, 7));
        QCOMPARE(events.wasFor(1000, 7), false);
        QCOMPARE(events.wasFor(995, 7), true);
    }
};

DIALOGUE_TEST(TestDirectedEvents, NoApplication)
#include "tst_directedevents.moc"
