#include "server/health/pulse.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace std::chrono_literals;

namespace {

Vitals::Clock::time_point theTime; ///< Of the clock of these tests.

} // namespace

class TestVitals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { theTime = Vitals::Clock::time_point(1h); }

    void theHubIsStuckWhenItHasNotTurnedForFiveSeconds()
    {
        Vitals vitals([] { return theTime; });
        QVERIFY(vitals.isTurning());
        theTime += 5s;
        QVERIFY(vitals.isTurning());
        theTime += 1ms;
        QVERIFY(!vitals.isTurning());
        vitals.turned();
        QVERIFY(vitals.isTurning());
    }

    void allThatIsInTheWayIsAReason()
    {
        Vitals vitals([] { return theTime; });
        QCOMPARE(vitals.reasons(), QList{Unready::NotListening});
        vitals.setListening(true);
        QCOMPARE(vitals.reasons(), QList<Unready>());
        vitals.setStoring(false);
        vitals.setDraining();
        theTime += 6s;
        QCOMPARE(vitals.reasons(), (QList{Unready::Stuck, Unready::NotStoring, Unready::Draining}));
        vitals.setStoring(true);
        vitals.turned();
        QCOMPARE(vitals.reasons(), QList{Unready::Draining});
    }

    void aPulseSaysThatTheHubTurnsAndWhetherItStores()
    {
        const auto vitals = std::make_shared<Vitals>([] { return theTime; });
        vitals->setListening(true);
        bool stores = true;
        Pulse pulse(vitals, [&] { return stores; });
        theTime += 1h;
        QVERIFY(!vitals->isTurning());
        pulse.start();
        QCOMPARE(vitals->reasons(), QList<Unready>());
        theTime += 1h;
        stores = false;
        QTRY_COMPARE(vitals->reasons(), QList{Unready::NotStoring});
    }
};

DIALOGUE_TEST(TestVitals, QCoreApplication)
#include "tst_vitals.moc"
