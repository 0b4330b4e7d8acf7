#include "server/memory/sizeclasses.h"

#include "testclasses.h"

#include <QTest>

#include <array>
#include <optional>

using namespace dialogue;

namespace {

struct Listed : SizeClassNode
{ };

} // namespace

class TestSizeClasses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhoHoldsMost()
    {
        SizeClasses<Listed> sizes;
        Listed small;
        Listed large;
        QVERIFY(!sizes.largest());
        sizes.set(small, 10);
        QCOMPARE(sizes.largest(), &small);
        sizes.set(large, 1000);
        QCOMPARE(sizes.largest(), &large);
        sizes.set(small, 5000);
        QCOMPARE(sizes.largest(), &small);
        sizes.set(small, 1);
        QCOMPARE(sizes.largest(), &large);
        sizes.set(large, 0);
        QCOMPARE(sizes.largest(), &small);
        sizes.set(small, 0);
        QVERIFY(!sizes.largest());
    }

    void takesOfThoseWhoHoldAboutAsMuchWhoWasSilentForLongest()
    {
        SizeClasses<Listed> sizes;
        std::array<Listed, 3> holders;
        for (Listed &holder : holders)
            sizes.set(holder, 100);
        QCOMPARE(sizes.largest(), &holders[0]);
        sizes.touch(holders[0]);
        QCOMPARE(sizes.largest(), &holders[1]);
        sizes.set(holders[1], 90); // Who gives way goes on to.
        QCOMPARE(sizes.largest(), &holders[1]);
        sizes.set(holders[1], 50);
        QCOMPARE(sizes.largest(), &holders[2]);
        sizes.set(holders[2], 0);
        sizes.set(holders[0], 60); // Down among those who hold less, it is first.
        QCOMPARE(sizes.largest(), &holders[0]);
        sizes.set(holders[1], 51);
        QCOMPARE(sizes.largest(), &holders[0]);
    }

    void forgetsWhoEnds()
    {
        SizeClasses<Listed> sizes;
        Listed stays;
        std::optional<Listed> goes;
        goes.emplace();
        sizes.set(stays, 100);
        sizes.set(*goes, 1'000'000);
        QCOMPARE(sizes.largest(), &*goes);
        goes.reset();
        QCOMPARE(sizes.largest(), &stays);
    }

    void mayEndBeforeThose()
    {
        Listed outlives;
        {
            SizeClasses<Listed> sizes;
            sizes.set(outlives, 100);
        }
        SizeClasses<Listed> others;
        others.set(outlives, 1000);
        QCOMPARE(others.largest(), &outlives);
    }
};

DIALOGUE_TEST(TestSizeClasses, NoApplication)
#include "tst_sizeclasses.moc"
