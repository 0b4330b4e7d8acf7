#include "server/rooms/sortedlist.h"
#include "testclasses.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <functional>
#include <set>

using namespace dialogue;

class TestSortedList : public QObject
{
    Q_OBJECT

    using List = SortedList<int, std::less<int>>;

    static QList<int> after(const List &list, int key, qsizetype most = 1'000'000)
    {
        QList<int> found;
        list.forEachAfter(key, [&](int item) {
            found.append(item);
            return found.size() < most;
        });
        return found;
    }
    static QList<int> after(const std::set<int> &set, int key) { return {set.upper_bound(key), set.end()}; }

private Q_SLOTS:
    void hasNothingAtFirst() { QCOMPARE(after(List(), 0), QList<int>()); }

    void isInOrderWhateverComesAndGoes()
    {
        List list;
        std::set<int> set;
        QRandomGenerator random(1);
        for (int i = 0; i < 30'000; ++i) {
            const int item = random.bounded(i < 15'000 ? 5000 : 100);
            if (set.erase(item)) {
                list.remove(item);
            } else {
                set.insert(item);
                list.insert(item);
            }
            QCOMPARE(list.size(), set.size());
            if (i % 500 == 0) {
                const int key = random.bounded(-1, 5000);
                QCOMPARE(after(list, key), after(set, key));
            }
        }
    }

    void beginsBehindTheKeyAndEndsWhereItIsTold()
    {
        List list;
        for (int i = 0; i < 2000; i += 2)
            list.insert(i);
        for (const int key : {-1, 0, 1, 510, 511, 512, 513, 1996, 1997, 1998, 1999}) {
            QList<int> expected;
            for (int i = std::max(0, key + 1 + (key + 1) % 2); i < 2000 && expected.size() < 300; i += 2)
                expected.append(i);
            QCOMPARE(after(list, key, 300), expected);
        }
    }

    void isEmptyWhenAllWasRemoved()
    {
        List list;
        for (int i = 0; i < 2000; ++i)
            list.insert(i);
        for (int i = 1999; i >= 0; --i)
            list.remove(i);
        QCOMPARE(list.size(), 0U);
        QCOMPARE(after(list, -1), QList<int>());
        list.insert(3);
        QCOMPARE(after(list, -1), QList<int>{3});
    }
};

DIALOGUE_TEST(TestSortedList, QCoreApplication)
#include "tst_sortedlist.moc"
