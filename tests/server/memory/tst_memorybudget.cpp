#include "server/memory/memoryshare.h"

#include "testclasses.h"

#include <QTest>

#include <deque>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

/** Holds pieces and gives up the oldest. */
class Holder : public MemoryHolder
{
public:
    explicit Holder(MemoryBudget &budget)
        : m_budget(budget)
    { }
    ~Holder() override { m_budget.set(*this, 0); }

    void keep(qint64 bytes)
    {
        pieces.push_back(bytes);
        tell();
    }
    void giveWay() override
    {
        pieces.pop_front();
        tell();
    }
    void tell()
    {
        qint64 sum = 0;
        for (const qint64 piece : pieces)
            sum += piece;
        m_budget.set(*this, sum);
    }

    std::deque<qint64> pieces;

private:
    MemoryBudget &m_budget;
};

constexpr MemoryLimits Limits{.total = 1000, .perRoom = 500, .perUser = 100};

} // namespace

class TestMemoryBudget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatAUserHasComesBackWithTheUser()
    {
        MemoryBudget budget(Limits);
        {
            const MemorySharePtr share = budget.shareOf({QString(), u"ann"_s});
            share->add(50);
            QCOMPARE(budget.counters().used, 50);
        }
        QCOMPARE(budget.counters().used, 0);
        QVERIFY(budget.shareOf({QString(), u"ann"_s})->take(100));
    }

    void theLargestGivesWayUntilItIsEnough()
    {
        MemoryBudget budget(Limits);
        Holder large(budget);
        Holder small(budget);
        for (int i = 0; i < 9; ++i)
            large.keep(100);
        small.keep(50);
        QVERIFY(!budget.isOverdrawn());
        small.keep(51);
        QVERIFY(budget.isOverdrawn());
        budget.settle();
        QVERIFY(!budget.isOverdrawn());
        QCOMPARE(large.pieces.size(), 8U);
        QCOMPARE(small.pieces.size(), 2U);
        QCOMPARE(budget.counters().used, 901);
        QCOMPARE(budget.counters().rooms, 901);
    }

    void manyAreAskedOverSeveralTurns()
    {
        MemoryBudget budget({.total = 100'000, .perRoom = 100'000, .perUser = 100'000});
        int overdrawn = 0;
        budget.setOverdrawn([&overdrawn] { ++overdrawn; });
        Holder holder(budget);
        for (int i = 0; i < 1000; ++i)
            holder.pieces.push_back(10);
        holder.tell();
        budget.add(95'000);
        budget.settle();
        QCOMPARE(holder.pieces.size(), std::size_t(1000 - MemoryBudget::MostAsked));
        QCOMPARE(overdrawn, 1);
        budget.settle();
        QCOMPARE(holder.pieces.size(), 500U);
        QCOMPARE(overdrawn, 1);
        // But not while it is far too much, nor where nobody would go on with it.
        budget.add(17'000);
        budget.settle();
        QCOMPARE(budget.counters().used, 112'500);
        QCOMPARE(holder.pieces.size(), 50U);
        QCOMPARE(overdrawn, 2);
        budget.setOverdrawn({});
        budget.settle();
        QVERIFY(holder.pieces.empty());
    }

    void nobodyIsAskedWhoHasNothing()
    {
        MemoryBudget budget(Limits);
        budget.add(2000);
        Holder holder(budget);
        holder.keep(10);
        budget.settle();
        QVERIFY(holder.pieces.empty());
        QVERIFY(budget.isOverdrawn());
        budget.add(-2000);
    }

    void whoEndsGivesAllBack()
    {
        MemoryBudget budget(Limits);
        {
            Holder holder(budget);
            holder.keep(300);
            MemoryCharge charge(budget.shareOf({QString(), u"ann"_s}));
            QVERIFY(charge.take(70));
            QCOMPARE(budget.counters().used, 370);
        }
        QCOMPARE(budget.counters().used, 0);
        QCOMPARE(budget.counters().rooms, 0);
    }

    void refusesWhatIsMoreThanAUsersShare()
    {
        MemoryBudget budget(Limits);
        MemoryCharge first(budget.shareOf({QString(), u"ann"_s}));
        MemoryCharge second(budget.shareOf({QString(), u"ann"_s}));
        MemoryCharge other(budget.shareOf({QString(), u"bob"_s}));
        QVERIFY(first.take(60));
        QVERIFY(second.take(40));
        const Result<void> refused = second.take(1);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::LimitReached);
        QVERIFY2(refused.error().message.contains(u"memory.perUser"), qPrintable(refused.error().message));
        QVERIFY(other.take(100));
        QCOMPARE(budget.counters().used, 200);
        QCOMPARE(budget.counters().refused, 1U);
        first.giveBack(1);
        QVERIFY(second.take(1));
        first = MemoryCharge();
        QVERIFY(second.take(59));
    }

    void refusesAUserWhatRoomsCannotGiveUp()
    {
        MemoryBudget budget(Limits);
        int overdrawn = 0;
        budget.setOverdrawn([&overdrawn] { ++overdrawn; });
        Holder room(budget);
        for (int i = 0; i < 5; ++i)
            room.keep(100);
        budget.add(480);
        MemoryCharge charge(budget.shareOf({QString(), u"ann"_s}));
        QVERIFY(charge.take(20));
        QCOMPARE(overdrawn, 0);
        QVERIFY(charge.take(80)); // The room can.
        QCOMPARE(overdrawn, 1);
        budget.settle();
        QCOMPARE(room.pieces.size(), 4U);
        budget.add(400);
        const Result<void> refused = MemoryCharge(budget.shareOf({QString(), u"bob"_s})).take(21);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::LimitReached);
        QVERIFY2(refused.error().message.contains(u"memory.total"), qPrintable(refused.error().message));
        QVERIFY(MemoryCharge(budget.shareOf({QString(), u"bob"_s})).take(20));
        budget.add(-880);
    }
};

DIALOGUE_TEST(TestMemoryBudget, NoApplication)
#include "tst_memorybudget.moc"
