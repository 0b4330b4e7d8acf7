#include "server/history/ring.h"

#include "testclasses.h"

#include <QTest>

#include <memory>

using namespace dialogue;

class TestRing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesNothingWhileItIsEmpty()
    {
        Ring<int> ring;
        QVERIFY(ring.empty());
        QCOMPARE(ring.allocatedBytes(), 0U);
        ring.push_back(1);
        QVERIFY(ring.allocatedBytes() > 0);
        QCOMPARE(ring.pop_front(), 1);
        QCOMPARE(ring.allocatedBytes(), 0U);
    }

    void givesBackInOrderHoweverItWraps()
    {
        Ring<int> ring;
        int in = 0;
        int out = 0;
        for (int round = 0; round < 200; ++round) {
            for (int i = 0; i < round % 13; ++i)
                ring.push_back(in++);
            for (int i = 0; i < round % 11 && !ring.empty(); ++i)
                QCOMPARE(ring.pop_front(), out++);
            QCOMPARE(ring.size(), static_cast<std::size_t>(in - out));
            for (std::size_t i = 0; i < ring.size(); ++i)
                QCOMPARE(ring[i], out + static_cast<int>(i));
            if (!ring.empty()) {
                QCOMPARE(ring.front(), out);
                QCOMPARE(ring.back(), in - 1);
            }
        }
    }

    void takesOutFromTheMiddle()
    {
        for (std::size_t place = 0; place < 6; ++place) {
            Ring<std::shared_ptr<int>> ring;
            for (int i = 0; i < 8; ++i)
                ring.push_back(std::make_shared<int>(i));
            ring.pop_front();
            ring.pop_front();
            const std::weak_ptr<int> taken = ring.take(place);
            QVERIFY(taken.expired());
            QCOMPARE(ring.size(), 5U);
            for (std::size_t i = 0; i < ring.size(); ++i)
                QCOMPARE(*ring[i], static_cast<int>(i < place ? i : i + 1) + 2);
        }
        Ring<int> ring;
        ring.push_back(1);
        QCOMPARE(ring.take(0), 1);
        QCOMPARE(ring.allocatedBytes(), 0U);
    }

    void givesMemoryBackAsItGetsShorter()
    {
        Ring<int> ring;
        for (int i = 0; i < 1000; ++i)
            ring.push_back(i);
        const std::size_t longest = ring.allocatedBytes();
        for (int i = 0; i < 990; ++i)
            QCOMPARE(ring.pop_front(), i);
        QVERIFY(ring.allocatedBytes() * 16 < longest);
        QCOMPARE(ring.front(), 990);
    }

    void letsGoOfWhatWasTakenOut()
    {
        const auto item = std::make_shared<int>(1);
        Ring<std::shared_ptr<int>> ring;
        for (int i = 0; i < 8; ++i)
            ring.push_back(item);
        for (int i = 0; i < 6; ++i)
            ring.pop_front();
        QCOMPARE(item.use_count(), 3);
    }

    void countsThoseBefore()
    {
        Ring<int> ring;
        const auto below
            = [&ring](int limit) { return ring.countBefore([limit](int item) { return item < limit; }); };
        QCOMPARE(below(5), 0U);
        for (int i = 0; i < 10; ++i)
            ring.push_back(i * 2);
        for (int i = 0; i < 3; ++i)
            ring.pop_front();
        QCOMPARE(below(0), 0U);
        QCOMPARE(below(6), 0U);
        QCOMPARE(below(7), 1U);
        QCOMPARE(below(18), 6U);
        QCOMPARE(below(99), 7U);
    }
};

DIALOGUE_TEST(TestRing, NoApplication)
#include "tst_ring.moc"
