#include "server/admin/sortedpage.h"
#include "testclasses.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace dialogue;
using namespace dialogue::admin;
using namespace Qt::StringLiterals;

/** Pages of long lists. */
class TestSortedPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pageByPageEachRowComesOnceInItsOrder_data()
    {
        QTest::addColumn<bool>("descending");
        QTest::newRow("ascending") << false;
        QTest::newRow("descending") << true;
    }
    void pageByPageEachRowComesOnceInItsOrder()
    {
        QFETCH(bool, descending);
        QRandomGenerator random(4711);
        std::vector<SortKey> rows;
        for (int i = 0; i < 1000; ++i) {
            rows.push_back({.number = double(random.bounded(10)),
                            .text = QString::number(random.bounded(5)),
                            .id = QString::number(i)});
        }
        std::vector<SortKey> sorted = rows;
        std::sort(sorted.begin(), sorted.end(), [&](const SortKey &a, const SortKey &b) {
            return descending ? b.isBefore(a) : a.isBefore(b);
        });
        std::vector<QString> ids;
        std::optional<SortKey> after;
        for (bool more = true; more;) {
            SortedPage page(after, 1 + random.bounded(90), descending);
            for (SortKey row : rows)
                page.offer(std::move(row));
            QCOMPARE(page.offered(), 1000);
            more = page.hasMore();
            for (const SortKey &key : page.take()) {
                ids.push_back(key.id);
                // As it travels.
                after = *keyAt(cursorAt(key));
            }
            std::shuffle(rows.begin(), rows.end(), random);
        }
        QCOMPARE(ids.size(), sorted.size());
        for (std::size_t i = 0; i < ids.size(); ++i)
            QCOMPARE(ids[i], sorted[i].id);
    }

    void aPlaceNeedNotBeThereAnyMore()
    {
        SortedPage page(SortKey{.id = u"b"_s}, 10, false);
        page.offer({.id = u"a"_s});
        page.offer({.id = u"c"_s});
        const auto keys = page.take();
        QCOMPARE(keys.size(), std::size_t(1));
        QCOMPARE(keys.front().id, u"c"_s);
        QVERIFY(!page.hasMore());
    }

    void whatIsNoPlaceIsRefused_data()
    {
        QTest::addColumn<QString>("cursor");
        QTest::newRow("text") << u"abc"_s;
        QTest::newRow("another array") << QString::fromLatin1(QByteArray("[1,2]").toBase64());
        QTest::newRow("other types") << QString::fromLatin1(QByteArray(R"(["a",1,"b"])").toBase64());
        QTest::newRow("an object") << QString::fromLatin1(QByteArray("{}").toBase64());
    }
    void whatIsNoPlaceIsRefused()
    {
        QFETCH(QString, cursor);
        QCOMPARE(keyAt(cursor).error().path, u"after"_s);
    }
};

DIALOGUE_TEST(TestSortedPage, QCoreApplication)
#include "tst_sortedpage.moc"
