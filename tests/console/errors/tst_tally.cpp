#include "console/errors/tally.h"
#include "console/errors/tallymodel.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

/** How often what was refused. */
class TestTally : public QObject
{
    Q_OBJECT

    static constexpr qint64 Now = 1'796'000'000'000;
    static constexpr qint64 Minute = 60'000;

private Q_SLOTS:
    void countsByPiecesAndForgetsWhatIsOld()
    {
        Tally tally;
        tally.moveTo(Now);
        tally.add(u"A"_s, Now, 3);
        tally.add(u"A"_s, Now - 2 * Minute);
        tally.add(u"A"_s, Now - 16 * Minute); // Too old.
        tally.add(u"B"_s, Now - 14 * Minute);
        QCOMPARE(tally.of(u"A"_s).all, 4);
        QCOMPARE(tally.of(u"A"_s).lastMinute, 3);
        QCOMPARE(tally.of(u"A"_s).counts.back(), 3);
        tally.moveTo(Now + 2 * Minute);
        QCOMPARE(tally.of(u"A"_s).lastMinute, 0);
        QCOMPARE(tally.of(u"A"_s).all, 4);
        QCOMPARE(tally.kinds(), QStringList{u"A"_s});
        tally.moveTo(Now + 20 * Minute);
        QVERIFY(tally.kinds().isEmpty());
    }

    void aClockThatGoesBackwardsChangesNothing()
    {
        Tally tally;
        tally.add(u"A"_s, Now);
        tally.moveTo(Now - 60 * Minute);
        tally.add(u"A"_s, -5);
        QCOMPARE(tally.of(u"A"_s).all, 1);
    }

    void strangersMakeAsManyKindsAsTheyLikeAndTheGreatestStay()
    {
        Tally tally;
        tally.add(u"often"_s, Now, 1000);
        for (int i = 0; i < 10 * Tally::MostKinds; ++i)
            tally.add(QString::number(i), Now);
        QVERIFY(tally.kinds().size() <= Tally::MostKinds);
        QCOMPARE(tally.of(u"often"_s).all, 1000);
    }

    void theTableFollows()
    {
        Tally tally;
        TallyModel model(u"Code"_s);
        model.sort(TallyModel::LastMinute, Qt::DescendingOrder);
        tally.add(u"A"_s, Now - 10 * Minute, 5);
        tally.add(u"B"_s, Now, 2);
        model.show(tally);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowAt(0).id, u"B"_s);
        QCOMPARE(model.rowAt(1).all, 5);
        tally.moveTo(Now + 10 * Minute);
        model.show(tally);
        QCOMPARE(model.rowCount(), 1);
    }
};

DIALOGUE_TEST(TestTally, QCoreApplication)
#include "tst_tally.moc"
