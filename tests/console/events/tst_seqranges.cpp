#include "console/events/seqranges.h"

#include "testclasses.h"

#include <QRandomGenerator>
#include <QTest>

#include <set>

using namespace dialogue::console;

class TestSeqRanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTouchesIsOne();
    void isASetWhateverHappens();
};

void TestSeqRanges::whatTouchesIsOne()
{
    using Range = SeqRanges::Range;
    SeqRanges ranges;
    ranges.add({10, 20});
    ranges.add({30, 40});
    QCOMPARE(ranges.ranges(), (QList<Range>{{10, 20}, {30, 40}}));
    ranges.add({20, 30});
    QCOMPARE(ranges.ranges(), (QList<Range>{{10, 40}}));
    ranges.remove({15, 20});
    QCOMPARE(ranges.ranges(), (QList<Range>{{10, 15}, {20, 40}}));
    ranges.forgetBefore(25);
    QCOMPARE(ranges.ranges(), (QList<Range>{{25, 40}}));
    ranges.add({50, 50});
    QCOMPARE(ranges.count(), 15U);
}

void TestSeqRanges::isASetWhateverHappens()
{
    QRandomGenerator random(7);
    SeqRanges ranges;
    std::set<quint64> naive;
    for (int i = 0; i < 2000; ++i) {
        const quint64 first = random.bounded(60);
        const quint64 end = first + random.bounded(12);
        SeqRanges some;
        some.add({first, end});
        some.add({end + 3, end + 5});
        std::set<quint64> naiveSome;
        for (quint64 seq = first; seq < end; ++seq)
            naiveSome.insert(seq);
        naiveSome.insert({end + 3, end + 4});
        switch (random.bounded(4)) {
        case 0:
            ranges.unite(some);
            naive.insert(naiveSome.begin(), naiveSome.end());
            break;
        case 1:
            ranges.subtract(some);
            for (const quint64 seq : naiveSome)
                naive.erase(seq);
            break;
        case 2:
            ranges.toggle(some);
            for (const quint64 seq : naiveSome) {
                if (naive.erase(seq) == 0)
                    naive.insert(seq);
            }
            break;
        default:
            ranges.forgetBefore(random.bounded(6));
            while (!naive.empty() && *naive.begin() < 6 && !ranges.contains(*naive.begin()))
                naive.erase(naive.begin());
            break;
        }
        QCOMPARE(ranges.count(), naive.size());
        for (quint64 seq = 0; seq < 90; ++seq)
            QCOMPARE(ranges.contains(seq), naive.contains(seq));
        for (qsizetype j = 1; j < ranges.ranges().size(); ++j)
            QVERIFY(ranges.ranges()[j - 1].end < ranges.ranges()[j].first);
    }
}

DIALOGUE_TEST(TestSeqRanges, NoApplication)
#include "tst_seqranges.moc"
