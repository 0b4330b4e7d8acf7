#include "core/base/shrink.h"

#include "testclasses.h"

#include <QHash>
#include <QSet>
#include <QTest>

#include <unordered_map>

using namespace dialogue;

/** Hash tables that were full once. */
class TestShrink : public QObject
{
    Q_OBJECT

    static constexpr int Crowd = 100'000;

    template <class Hash, class Capacity>
    static void comesAndGoes(Hash hash, Capacity &&capacity)
    {
        shrink(hash);
        for (int i = 0; i < Crowd; ++i)
            hash.insert({i, i});
        const auto full = capacity(hash);
        for (int i = Crowd; --i >= 3;) {
            hash.erase(hash.find(i));
            shrink(hash);
            QVERIFY(capacity(hash) <= full);
        }
        QVERIFY2(capacity(hash) < 1000, qPrintable(QString::number(capacity(hash))));
        for (int i = 0; i < 3; ++i)
            QVERIFY(hash.find(i) != hash.end());
    }

private Q_SLOTS:
    void giveBackWhatACrowdTook()
    {
        comesAndGoes(std::unordered_map<int, int>(), [](const auto &hash) { return hash.bucket_count(); });
        struct Pairs : QHash<int, int>
        {
            void insert(std::pair<int, int> pair) { QHash::insert(pair.first, pair.second); }
        };
        comesAndGoes(Pairs(), [](const auto &hash) { return hash.capacity(); });
    }

    void doSoSeldom()
    {
        QSet<int> set;
        for (int i = 0; i < Crowd; ++i)
            set.insert(i);
        int times = 0;
        for (int i = 0; i < Crowd; ++i) {
            set.remove(i);
            const qsizetype before = set.capacity();
            shrink(set);
            times += set.capacity() < before ? 1 : 0;
        }
        QVERIFY(times > 1);
        QVERIFY2(times < 10, qPrintable(QString::number(times)));
    }
};

DIALOGUE_TEST(TestShrink, QCoreApplication)
#include "tst_shrink.moc"
